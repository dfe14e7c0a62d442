import { parsePolicy } from '../iam/parse.ts';
import type { Policy, PolicyKind } from '../iam/policy.ts';

/** Documents kept as read, over all sandboxes: those of one challenge share their texts. */
const capacity = 5_000;
const read = new Map<string, Policy>();

/**
 * A document out of an account's state, as the engine takes it; each text is parsed once.
 * Documents are checked when they are saved, so a malformed one is a fault of the platform: it throws rather than allow or
 * deny anything.
 */
export function readStoredPolicy(document: string, kind: PolicyKind): Policy {
  const key = `${kind} ${document}`;
  const known = read.get(key);
  if (known !== undefined) return known;
  const parsed = parsePolicy(document, kind);
  if (parsed.kind === 'malformed') {
    throw new Error(`A stored ${kind} policy cannot be read: ${parsed.awsMessage}`);
  }
  if (read.size >= capacity) {
    const oldest = read.keys().next().value;
    if (oldest !== undefined) read.delete(oldest);
  }
  read.set(key, parsed.policy);
  return parsed.policy;
}
