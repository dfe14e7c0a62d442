/** The policy documents of a line, read. */
import { type Policy, type PolicyKind, parsePolicy, refusal } from '../../iam/index.ts';
import { LineFault } from '../line-fault.ts';

/** Reads a document given as an object or as text. Throws `malformed_policy` with AWS's own words for what it would not save. */
export function readDocument(document: object | string, kind: PolicyKind, pointer: string): Policy {
  const parsed = parsePolicy(typeof document === 'string' ? document : JSON.stringify(document), kind);
  if (parsed.kind === 'parsed') return parsed.policy;
  const { message, pointer: inside } = refusal(parsed, document);
  throw new LineFault('malformed_policy', message, `${pointer}${inside}`);
}

/** Reads a list of documents; `pointer` is the list's. */
export function readDocuments(
  documents: readonly (object | string)[],
  kind: PolicyKind,
  pointer: string,
): readonly Policy[] {
  return documents.map((document, at) => readDocument(document, kind, `${pointer}/${at}`));
}
