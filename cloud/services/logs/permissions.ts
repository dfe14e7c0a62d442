/**
 * What is asked for: a log stream, or of a group all that is in it. Observed at AWS in denials: `logs:CreateLogGroup on resource:
 * arn:aws:logs:us-east-1:111122223333:log-group:name:log-stream:`, and `log-group::log-stream:` where no group is named. The ARN without
 * an end stands for a group in the operations on tags alone (CloudWatch Logs User Guide, "CloudWatch Logs resources and operations").
 */
import type { Tags } from '../../../iam/model.ts';
import { own } from '../../own.ts';
import type { PermissionFacts, ResourceRules } from '../../service.ts';
import type { World } from '../../world.ts';
import { groupArn, groupKey, groupPlace, placeOfArn } from './names.ts';
import { shownTags } from './tags.ts';

type Input = Readonly<Record<string, unknown>>;

const ON_TAGS = new Set(['TagLogGroup', 'UntagLogGroup', 'ListTagsLogGroup']);
/** The operations on one stream, of which the reference lists some under the group: denials name the stream. */
const ON_STREAM = new Set(['CreateLogStream', 'DeleteLogStream', 'PutLogEvents', 'GetLogEvents']);

function textOf(input: Input, member: string): string | undefined {
  const value = input[member];
  return typeof value === 'string' ? value : undefined;
}

/** What is asked for where no group is named. */
export function allGroupsArn({ region, callerAccountId }: PermissionFacts): string {
  return `arn:aws:logs:${region}:${callerAccountId}:log-group::log-stream:`;
}

export const logsResources: ResourceRules = {
  named(input, facts, { operation, type }) {
    if (type !== 'log-group' && type !== 'log-stream') return undefined;
    const tagged = textOf(input, 'resourceArn');
    if (tagged !== undefined) return type === 'log-group' ? tagged.replace(/:\*$/, '') : [];
    return namedHere(input, facts, operation);
  },
  tagsOf,
};

function namedHere(input: Input, facts: PermissionFacts, operation: string): string | readonly string[] {
  const identified = textOf(input, 'logGroupIdentifier');
  const logGroupName = textOf(input, 'logGroupName');
  const place = groupPlace({ logGroupName, logGroupIdentifier: identified }, facts.region);
  if (place === undefined) return [];
  const group = groupArn(place.accountId ?? facts.callerAccountId, place);
  if (ON_TAGS.has(operation)) return group;
  return `${group}:log-stream:${ON_STREAM.has(operation) ? (textOf(input, 'logStreamName') ?? '') : ''}`;
}

function tagsOf(world: World, arn: string): Tags | undefined {
  const place = placeOfArn(arn);
  const account = place?.accountId === undefined ? undefined : own(world.accounts, place.accountId);
  const group = place && account && own(account.logs.groups, groupKey(place.region, place.name));
  return group && shownTags(group.tags);
}
