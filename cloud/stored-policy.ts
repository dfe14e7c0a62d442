import { parsePolicy } from '../iam/parse.ts';
import type { Policy, PolicyKind } from '../iam/policy.ts';

/** Documents kept as read, by kind and over all sandboxes: those of one challenge share their texts. */
const capacity = 2_000;
const documents: Readonly<Record<PolicyKind, Map<string, Policy>>> = {
  identity: new Map(),
  resource: new Map(),
  trust: new Map(),
  session: new Map(),
};

const texts = new WeakMap<Policy, string>();

/** The text that a policy of `readStoredPolicy` was read from; undefined for any other. */
export function textOfPolicy(policy: Policy): string | undefined {
  return texts.get(policy);
}

/**
 * A document out of an account's state, as the engine takes it; each text is parsed once.
 * Documents are checked when they are saved, so a malformed one is a fault of the platform: it throws rather than allow or
 * deny anything.
 */
export function readStoredPolicy(document: string, kind: PolicyKind): Policy {
  const read = documents[kind];
  const known = read.get(document);
  if (known !== undefined) return known;
  const parsed = parsePolicy(document, kind);
  if (parsed.kind === 'malformed') {
    throw new Error(`A stored ${kind} policy cannot be read: ${parsed.awsMessage}`);
  }
  if (read.size >= capacity) {
    const oldest = read.keys().next().value;
    if (oldest !== undefined) read.delete(oldest);
  }
  read.set(document, parsed.policy);
  texts.set(parsed.policy, document);
  return parsed.policy;
}
