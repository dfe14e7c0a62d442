/** Log groups and how long they keep their events. */
import type {
  CreateLogGroupRequest,
  DeleteLogGroupRequest,
  DeleteRetentionPolicyRequest,
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  LogGroup,
  PutRetentionPolicyRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { own } from '../../own.ts';
import { permission } from '../../permissions/defaults.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { alreadyExists, deletionProtected, invalidParameter, limitExceeded } from './errors.ts';
import { logsLimits } from './limits.ts';
import { groupArn, groupKey, groupOf, groupPlace, groupsIn } from './names.ts';
import { pageOf } from './pages.ts';
import { allGroupsArn } from './permissions.ts';
import { bytesOfAll, keptEvents } from './retention.ts';
import type { LogGroupState } from './state.ts';
import { tooManyTags, withTags } from './tags.ts';

/** Days (CloudWatch Logs API, PutRetentionPolicy). */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const createLogGroup: ChangeOperation<CreateLogGroupRequest, object> = {
  kind: 'change',
  handle({ logs }, input, call) {
    const { logGroupName: name = '', tags = {}, kmsKeyId, logGroupClass = 'STANDARD' } = input;
    const { region } = call.request;
    // No name begins with it but those of AWS's services (CreateLogGroup).
    if (name.startsWith('aws/')) throw invalidParameter('Log groups starting with AWS/ are reserved for AWS.');
    const key = groupKey(region, name);
    if (own(logs.groups, key) !== undefined) throw alreadyExists('log group');
    if (Object.keys(logs.groups).length >= logsLimits.groupsPerAccount) throw limitExceeded();
    logs.groups[key] = {
      name,
      region,
      createdAt: call.now,
      ...(kmsKeyId !== undefined && { kmsKeyId }),
      logGroupClass,
      deletionProtected: input.deletionProtectionEnabled ?? false,
      tags: withTags([], tags, tooManyTags()),
      streams: {},
    };
    return {};
  },
};

export const deleteLogGroup: ChangeOperation<DeleteLogGroupRequest, object> = {
  kind: 'change',
  handle({ logs }, input, call) {
    const group = groupOf(logs, input, call.request.region);
    if (group.deletionProtected) throw deletionProtected();
    delete logs.groups[groupKey(group.region, group.name)];
    return {};
  },
};

export const putRetentionPolicy: ChangeOperation<PutRetentionPolicyRequest, object> = {
  kind: 'change',
  handle({ logs }, { retentionInDays: days = 0, ...input }, call) {
    if (!RETENTIONS.includes(days)) {
      throw invalidParameter(
        `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${RETENTIONS.join(', ')}]`,
      );
    }
    groupOf(logs, input, call.request.region).retentionInDays = days;
    return {};
  },
};

export const deleteRetentionPolicy: ChangeOperation<DeleteRetentionPolicyRequest, object> = {
  kind: 'change',
  handle({ logs }, input, call) {
    delete groupOf(logs, input, call.request.region).retentionInDays;
    return {};
  },
};

export const describeLogGroups: ReadOperation<DescribeLogGroupsRequest, DescribeLogGroupsResponse> = {
  kind: 'read',
  // The reference names no resource; denials do (permissions.ts).
  permissions: (_input, facts) => [permission('logs:DescribeLogGroups', allGroupsArn(facts), facts)],
  handle(account, input, call) {
    const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern, logGroupIdentifiers: identifiers } = input;
    if (prefix !== undefined && pattern !== undefined) {
      throw invalidParameter('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
    }
    const { region } = call.request;
    const named = identifiers?.map((logGroupIdentifier) => groupPlace({ logGroupIdentifier }, region)?.name);
    const groups = groupsIn(account, region).filter(
      ({ name, logGroupClass }) =>
        name.startsWith(prefix ?? '') &&
        // Case does not count in a pattern, which is a part of the name (DescribeLogGroups).
        name.toLowerCase().includes((pattern ?? '').toLowerCase()) &&
        (input.logGroupClass ?? logGroupClass) === logGroupClass &&
        (named?.includes(name) ?? true),
    );
    const { items, nextToken } = pageOf(groups, input, ({ name }) => name);
    return {
      logGroups: items.map((group) => shownGroup(account.id, group, call.now)),
      ...(nextToken !== undefined && { nextToken }),
    };
  },
};

function shownGroup(accountId: string, group: LogGroupState, now: number): LogGroup {
  const { name, createdAt, retentionInDays, kmsKeyId, logGroupClass } = group;
  const arn = groupArn(accountId, group);
  return {
    logGroupName: name,
    creationTime: createdAt,
    ...(retentionInDays !== undefined && { retentionInDays }),
    metricFilterCount: 0,
    arn: `${arn}:*`,
    storedBytes: Object.values(group.streams).reduce(
      (sum, stream) => sum + bytesOfAll(keptEvents(group, stream, now)),
      0,
    ),
    ...(kmsKeyId !== undefined && { kmsKeyId }),
    logGroupClass,
    logGroupArn: arn,
    deletionProtectionEnabled: group.deletionProtected,
  };
}
