/** Writing events. CloudWatch Logs API, PutLogEvents. */
import type {
  InputLogEvent,
  PutLogEventsRequest,
  PutLogEventsResponse,
  RejectedLogEventsInfo,
} from '@aws-sdk/client-cloudwatch-logs';
import type { AccountDraft, Call, Draft } from '../../call.ts';
import type { ChangeOperation } from '../../service.ts';
import { invalidParameter, limitExceeded } from './errors.ts';
import { logsLimits } from './limits.ts';
import { groupOf, streamOf } from './names.ts';
import { bytesOf, bytesOfAll } from './retention.ts';
import type { LogEventState, LogGroupState, LogStreamState } from './state.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BATCH_BYTES = 1_048_576;

export const putLogEvents: ChangeOperation<PutLogEventsRequest, PutLogEventsResponse> = {
  kind: 'change',
  handle(account, input, call) {
    const group = groupOf(account.logs, { logGroupName: input.logGroupName }, call.request.region);
    const stream = streamOf(group, input.logStreamName);
    const events = (input.logEvents ?? []).map(given);
    checkBatch(events);
    const rejected = rejection(events, group, call.now);
    const { tooOldLogEventEndIndex: old = 0, expiredLogEventEndIndex: expired = 0 } = rejected;
    const accepted = events.slice(Math.max(old, expired), rejected.tooNewLogEventStartIndex);
    if (accepted.length > 0) add(stream, accepted, call.now);
    if (bytesInAccount(account) > logsLimits.bytesPerAccount) throw limitExceeded();
    return {
      nextSequenceToken: sequenceToken(call),
      ...(Object.keys(rejected).length > 0 && { rejectedLogEventsInfo: rejected }),
    };
  },
};

interface GivenEvent {
  readonly timestamp: number;
  readonly message: string;
}

function given({ timestamp = 0, message = '' }: InputLogEvent): GivenEvent {
  return { timestamp, message };
}

function checkBatch(events: readonly GivenEvent[]): void {
  const first = events[0]?.timestamp ?? 0;
  const last = events.at(-1)?.timestamp ?? 0;
  if (events.some(({ timestamp }, n) => timestamp < (events[n - 1]?.timestamp ?? 0))) {
    throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
  }
  if (last - first > DAY) {
    throw invalidParameter('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
  }
  const bytes = bytesOfAll(events);
  if (bytes > BATCH_BYTES) {
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${BATCH_BYTES}`);
  }
}

/** Which events of a batch are not taken: older than 14 days or than the retention, or more than 2 hours ahead. */
function rejection(
  events: readonly GivenEvent[],
  { retentionInDays }: Pick<LogGroupState, 'retentionInDays'>,
  now: number,
): RejectedLogEventsInfo {
  const before = (time: number) => events.filter(({ timestamp }) => timestamp < time).length;
  const tooOld = before(now - 14 * DAY);
  const expired = retentionInDays === undefined ? 0 : before(now - retentionInDays * DAY);
  const tooNew = events.findIndex(({ timestamp }) => timestamp > now + 2 * HOUR);
  return {
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(expired > 0 && { expiredLogEventEndIndex: expired }),
    ...(tooNew !== -1 && { tooNewLogEventStartIndex: tooNew }),
  };
}

function add(stream: Draft<LogStreamState>, events: readonly GivenEvent[], now: number): void {
  const added = events.map(
    ({ timestamp, message }, n): LogEventState => ({
      timestamp,
      ingestedAt: now,
      number: stream.nextNumber + n,
      message,
    }),
  );
  stream.nextNumber += added.length;
  stream.lastIngestedAt = now;
  const all = [...stream.events, ...added].sort((a, b) => a.timestamp - b.timestamp || a.number - b.number);
  stream.events = newest(all);
}

/** As many of the newest as a stream may hold. */
function newest(events: readonly LogEventState[]): LogEventState[] {
  let left: number = logsLimits.bytesPerStream;
  let from = events.length;
  for (const event of events.toReversed()) {
    left -= bytesOf(event);
    if (left < 0) break;
    from -= 1;
  }
  return events.slice(from);
}

function bytesInAccount({ logs }: AccountDraft): number {
  return Object.values(logs.groups)
    .flatMap(({ streams }) => Object.values(streams))
    .reduce((sum, { events }) => sum + bytesOfAll(events), 0);
}

/** Nothing is asked by it any more: writers get one because they always did. */
function sequenceToken({ random }: Call): string {
  return `4959${Array.from(random.bytes(52), (byte) => byte % 10).join('')}`;
}
