/** Log streams. */
import type {
  CreateLogStreamRequest,
  DeleteLogStreamRequest,
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
  LogStream,
} from '@aws-sdk/client-cloudwatch-logs';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { stateKey } from '../../state-key.ts';
import { alreadyExists, invalidParameter, limitExceeded } from './errors.ts';
import { logsLimits } from './limits.ts';
import { groupArn, groupOf, streamOf } from './names.ts';
import { pageOf } from './pages.ts';
import { keptEvents } from './retention.ts';
import type { LogGroupState, LogStreamState } from './state.ts';

export const createLogStream: ChangeOperation<CreateLogStreamRequest, object> = {
  kind: 'change',
  handle({ logs }, { logStreamName: name = '', ...input }, call) {
    const group = groupOf(logs, input, call.request.region);
    if (own(group.streams, stateKey(name)) !== undefined) throw alreadyExists('log stream');
    const streams = Object.values(logs.groups).reduce((sum, each) => sum + Object.keys(each.streams).length, 0);
    if (streams >= logsLimits.streamsPerAccount) throw limitExceeded();
    group.streams[stateKey(name)] = { name, createdAt: call.now, nextNumber: 1, events: [] };
    return {};
  },
};

export const deleteLogStream: ChangeOperation<DeleteLogStreamRequest, object> = {
  kind: 'change',
  handle({ logs }, { logStreamName, ...input }, call) {
    const group = groupOf(logs, input, call.request.region);
    delete group.streams[stateKey(streamOf(group, logStreamName).name)];
    return {};
  },
};

export const describeLogStreams: ReadOperation<DescribeLogStreamsRequest, DescribeLogStreamsResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { logStreamNamePrefix: prefix, orderBy = 'LogStreamName', descending = false } = input;
    if (prefix !== undefined && orderBy === 'LastEventTime') {
      throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
    }
    const group = groupOf(account.logs, input, call.request.region);
    const lastEvent = (stream: LogStreamState) => keptEvents(group, stream, call.now).at(-1)?.timestamp ?? 0;
    const keyOf = (stream: LogStreamState) =>
      orderBy === 'LastEventTime' ? `${String(lastEvent(stream)).padStart(16, '0')}${stream.name}` : stream.name;
    const compare = (a: string, b: string) => (a === b ? 0 : a < b !== descending ? -1 : 1);
    const streams = Object.values(group.streams)
      .filter(({ name }) => name.startsWith(prefix ?? ''))
      .sort((a, b) => compare(keyOf(a), keyOf(b)));
    const { items, nextToken } = pageOf(streams, input, keyOf, compare);
    return {
      logStreams: items.map((stream) => shownStream(account.id, group, stream, call.now)),
      ...(nextToken !== undefined && { nextToken }),
    };
  },
};

function shownStream(accountId: string, group: LogGroupState, stream: LogStreamState, now: number): LogStream {
  const { name, createdAt, lastIngestedAt } = stream;
  const events = keptEvents(group, stream, now);
  const [first] = events;
  const last = events.at(-1);
  return {
    logStreamName: name,
    creationTime: createdAt,
    ...(first && last && { firstEventTimestamp: first.timestamp, lastEventTimestamp: last.timestamp }),
    ...(lastIngestedAt !== undefined && { lastIngestionTime: lastIngestedAt }),
    arn: `${groupArn(accountId, group)}:log-stream:${name}`,
    // Deprecated, and 0 for every stream since 2019 (API reference, LogStream).
    storedBytes: 0,
  };
}
