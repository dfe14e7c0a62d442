/** Queue policies: as they are checked when they are saved, and as they are read in decisions. */
import type { AttachedPolicy } from '../../../iam/model.ts';
import { parsePolicy } from '../../../iam/parse.ts';
import { AwsError } from '../../errors.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import type { World } from '../../world.ts';
import { storePrincipals } from '../iam/trust.ts';
import { invalidAttributeValue } from './errors.ts';
import { sqsLimits } from './limits.ts';

const anyQueueAction = /^(?:\*|sqs:.*)$/i;

/**
 * Checks a queue policy and gives the text to store.
 * @throws InvalidAttributeValue, which is all that SQS says of a policy that it does not take: of one that follows no grammar, speaks of
 * another service's actions, names principals that do not exist, or is too long
 */
export function checkedQueuePolicy(text: string, world: World): string {
  const refused = () => invalidAttributeValue('Policy');
  if (new TextEncoder().encode(text).length > sqsLimits.policyBytes) throw refused();
  const parsed = parsePolicy(text, 'resource');
  if (parsed.kind === 'malformed' || parsed.policy.statements.length > sqsLimits.policyStatements) throw refused();
  if (parsed.policy.statements.some(({ action }) => action.values.some((value) => !anyQueueAction.test(value)))) {
    throw refused();
  }
  try {
    return storePrincipals(text, world);
  } catch (error) {
    if (error instanceof AwsError) throw refused();
    throw error;
  }
}

/** A queue policy where it applies. */
export function attachedQueuePolicy(text: string, arn: string): AttachedPolicy {
  const policy = readStoredPolicy(text, 'resource');
  return { layer: 'resource', name: 'Policy', kind: 'resource', attachedTo: arn, policy };
}
