/** The policy documents of a line, read. */
import { type ParsedPolicy, type Policy, type PolicyKind, parsePolicy } from '../../iam/index.ts';
import { LineFault } from '../line-fault.ts';

/** A document to decide by. */
export interface ReadDocument {
  readonly policy: Policy;
  /** Whether IAM would save it. Of others AWS does not say what they mean. */
  readonly isSaved: boolean;
}

/**
 * Reads a document to decide by, given as an object or as text. One that AWS would not save is taken where it has a meaning all the
 * same: what is wrong in it matches nothing. Throws `malformed_policy` with AWS's own words for others.
 */
export function readDocument(document: object | string, kind: PolicyKind, pointer: string): ReadDocument {
  const parsed = parse(document, kind);
  return parsed.kind === 'malformed' && parsed.unsaved !== undefined
    ? { policy: parsed.unsaved, isSaved: false }
    : { policy: savedPolicy(parsed, document, pointer), isSaved: true };
}

/** Reads a list of documents to decide by; `pointer` is the list's. */
export function readDocuments(
  documents: readonly (object | string)[],
  kind: PolicyKind,
  pointer: string,
): readonly ReadDocument[] {
  return documents.map((document, at) => readDocument(document, kind, `${pointer}/${at}`));
}

/** Reads a document that stands in an account, so that AWS has saved it. Throws `malformed_policy` with AWS's own words for others. */
export function readSavedDocument(document: object | string, kind: PolicyKind, pointer: string): Policy {
  return savedPolicy(parse(document, kind), document, pointer);
}

/** Reads a list of documents that AWS would save; `pointer` is the list's. */
export function readSavedDocuments(
  documents: readonly (object | string)[],
  kind: PolicyKind,
  pointer: string,
): readonly Policy[] {
  return documents.map((document, at) => readSavedDocument(document, kind, `${pointer}/${at}`));
}

function parse(document: object | string, kind: PolicyKind): ParsedPolicy {
  return parsePolicy(typeof document === 'string' ? document : JSON.stringify(document), kind);
}

function savedPolicy(parsed: ParsedPolicy, document: object | string, pointer: string): Policy {
  if (parsed.kind === 'parsed') return parsed.policy;
  const fault = parsed.findings.find(({ severity }) => severity === 'error');
  const words = fault === undefined ? '' : ` ${fault.message}`;
  // Inside a text there is no place that a pointer could name.
  const inside = typeof document === 'string' ? '' : (fault?.pointer ?? '');
  throw new LineFault('malformed_policy', `${parsed.awsMessage}${words}`, `${pointer}${inside}`);
}
