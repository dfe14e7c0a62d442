/** The policy documents of a line, read. */
import { type Policy, type PolicyKind, parsePolicy } from '../../iam/index.ts';
import { LineFault } from '../line-fault.ts';

/** Reads a document given as an object or as text. Throws `malformed_policy` with AWS's own words for what it would not save. */
export function readDocument(document: object | string, kind: PolicyKind, pointer: string): Policy {
  const parsed = parsePolicy(typeof document === 'string' ? document : JSON.stringify(document), kind);
  if (parsed.kind === 'parsed') return parsed.policy;
  const fault = parsed.findings.find(({ severity }) => severity === 'error');
  const words = fault === undefined ? '' : ` ${fault.message}`;
  // Inside a text there is no place that a pointer could name.
  const inside = typeof document === 'string' ? '' : (fault?.pointer ?? '');
  throw new LineFault('malformed_policy', `${parsed.awsMessage}${words}`, `${pointer}${inside}`);
}

/** Reads a list of documents; `pointer` is the list's. */
export function readDocuments(
  documents: readonly (object | string)[],
  kind: PolicyKind,
  pointer: string,
): readonly Policy[] {
  return documents.map((document, at) => readDocument(document, kind, `${pointer}/${at}`));
}
