import { nameOfKey } from '../../../../../cloud/state-key.ts';
import { type CarriedService, plainly } from '../carried-service.ts';

/** Events that one call takes (CloudWatch Logs API Reference, PutLogEvents). */
const EVENTS_A_CALL = 10_000;

/** CloudWatch Logs: groups, streams, events, retention, tags. */
export const logs: CarriedService = {
  operations: plainly(
    'CreateLogGroup',
    'DeleteLogGroup',
    'DescribeLogGroups',
    'CreateLogStream',
    'DeleteLogStream',
    'DescribeLogStreams',
    'PutRetentionPolicy',
    'DeleteRetentionPolicy',
    'PutLogEvents',
    'GetLogEvents',
    'TagLogGroup',
    'UntagLogGroup',
    'ListTagsLogGroup',
    'TagResource',
    'UntagResource',
    'ListTagsForResource',
  ),
  kept: {
    FilterLogEvents: 'LocalStack reads filter patterns as plain text.',
    '*': 'Resource policies are asked by the policy engine.',
  },
  async bringUp(account, there) {
    for (const { name: logGroupName, region, retentionInDays, tags, streams } of Object.values(account.logs.groups)) {
      const given = Object.fromEntries(tags.map(({ key, value }) => [key, value]));
      await there.call('CreateLogGroup', { logGroupName, ...(tags.length === 0 ? {} : { tags: given }) }, region);
      if (retentionInDays !== undefined) {
        await there.call('PutRetentionPolicy', { logGroupName, retentionInDays }, region);
      }
      for (const [key, { events }] of Object.entries(streams)) {
        const logStreamName = nameOfKey(key);
        await there.call('CreateLogStream', { logGroupName, logStreamName }, region);
        for (let from = 0; from < events.length; from += EVENTS_A_CALL) {
          const logEvents = events
            .slice(from, from + EVENTS_A_CALL)
            .map(({ timestamp, message }) => ({ timestamp, message }));
          await there.call('PutLogEvents', { logGroupName, logStreamName, logEvents }, region);
        }
      }
    }
  },
  async empty(account, there) {
    for (const { name, region } of Object.values(account.logs.groups)) {
      await there.tried('DeleteLogGroup', { logGroupName: name }, region);
    }
  },
};
