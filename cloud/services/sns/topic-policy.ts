/** Topic policies: the one that every topic begins with, as they are checked when they are saved, and as they are read in decisions. */
import { compileGlob, matchGlob } from '../../../iam/glob.ts';
import type { AttachedPolicy } from '../../../iam/model.ts';
import { parsePolicy } from '../../../iam/parse.ts';
import { AwsError } from '../../errors.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import type { World } from '../../world.ts';
import { storePrincipals } from '../iam/trust.ts';
import { invalidParameter } from './errors.ts';
import { snsLimits } from './limits.ts';

/** What topic policies can speak of (Amazon SNS Developer Guide, "Amazon SNS API permissions: Actions and resources reference"). */
const topicActions: readonly string[] = [
  'AddPermission',
  'DeleteTopic',
  'GetDataProtectionPolicy',
  'GetTopicAttributes',
  'ListSubscriptionsByTopic',
  'ListTagsForResource',
  'Publish',
  'PutDataProtectionPolicy',
  'Receive',
  'RemovePermission',
  'SetTopicAttributes',
  'Subscribe',
];

const initialActions = [
  'GetTopicAttributes',
  'SetTopicAttributes',
  'AddPermission',
  'RemovePermission',
  'DeleteTopic',
  'Subscribe',
  'ListSubscriptionsByTopic',
  'Publish',
].map((action) => `SNS:${action}`);

/** The policy of a topic that was given none. Direct calls have no `AWS:SourceOwner`: it lets nobody in by itself. */
export function initialTopicPolicy(arn: string, accountId: string): string {
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: initialActions,
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
      },
    ],
  });
}

/**
 * Checks a topic policy and gives the text to store. Each statement is about the topic (Amazon SNS Developer Guide, "Policy quotas").
 * @throws InvalidParameter, also for principals of the sandbox that do not exist
 */
export function checkedTopicPolicy(text: string, arn: string, world: World): string {
  if (new TextEncoder().encode(text).length > snsLimits.policyBytes) throw invalidParameter('Policy is too large');
  const parsed = parsePolicy(text, 'resource');
  if (parsed.kind === 'malformed' || parsed.policy.statements.length > snsLimits.policyStatements) {
    throw invalidParameter('Policy Error: null');
  }
  const resources = parsed.policy.statements.map(({ resource }) => resource?.values ?? []);
  if (!resources.every((values) => values.length === 1 && values.every((value) => isMatch(value, arn)))) {
    throw invalidParameter('Policy Error: null');
  }
  const actions = parsed.policy.statements.flatMap(({ action }) => action.values);
  if (!actions.every(isInScope)) throw invalidParameter('Policy statement action out of service scope!');
  try {
    return storePrincipals(text, world);
  } catch (error) {
    if (error instanceof AwsError) throw invalidParameter('Policy Error: PrincipalNotFound');
    throw error;
  }
}

function isInScope(action: string): boolean {
  const name = /^sns:(.+)$/i.exec(action)?.[1]?.toLowerCase();
  if (name === undefined) return false;
  return topicActions.some((known) => isMatch(name, known.toLowerCase()));
}

function isMatch(pattern: string, text: string): boolean {
  return matchGlob(compileGlob([{ pattern }], 'text'), text);
}

/** A topic policy where it applies. */
export function attachedTopicPolicy(text: string, arn: string): AttachedPolicy {
  const policy = readStoredPolicy(text, 'resource');
  return { layer: 'resource', name: 'Policy', kind: 'resource', attachedTo: arn, policy };
}
