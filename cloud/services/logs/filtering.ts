/** Searching the events of a group. CloudWatch Logs API, FilterLogEvents. */
import type {
  FilteredLogEvent,
  FilterLogEventsRequest,
  FilterLogEventsResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import type { ReadOperation } from '../../service.ts';
import { invalidParameter } from './errors.ts';
import { readFilterPattern } from './filter-pattern.ts';
import { groupOf } from './names.ts';
import { pageOf } from './pages.ts';
import { PAGE_EVENTS } from './reading.ts';
import { keptEvents } from './retention.ts';

interface Found extends Required<Pick<FilteredLogEvent, 'logStreamName' | 'timestamp' | 'message' | 'ingestionTime'>> {
  readonly number: number;
}

export const filterLogEvents: ReadOperation<FilterLogEventsRequest, FilterLogEventsResponse> = {
  kind: 'read',
  handle({ logs }, input, call) {
    const { logStreamNames: names, logStreamNamePrefix: prefix } = input;
    if (names !== undefined && prefix !== undefined) {
      throw invalidParameter('logStreamNames and logStreamNamePrefix cannot be specified together.');
    }
    const { startTime = 0, endTime = Number.MAX_SAFE_INTEGER, limit = PAGE_EVENTS } = input;
    const group = groupOf(logs, input, call.request.region);
    const matches = readFilterPattern(input.filterPattern ?? '');
    const events = Object.values(group.streams)
      .filter(({ name }) => (names?.includes(name) ?? true) && name.startsWith(prefix ?? ''))
      .flatMap((stream) =>
        keptEvents(group, stream, call.now)
          .filter(({ timestamp, message }) => timestamp >= startTime && timestamp <= endTime && matches(message))
          .map(
            ({ timestamp, message, ingestedAt, number }): Found => ({
              logStreamName: stream.name,
              timestamp,
              message,
              ingestionTime: ingestedAt,
              number,
            }),
          ),
      )
      .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
    const { items, nextToken } = pageOf(events, { limit, nextToken: input.nextToken }, placeOf);
    return {
      events: items.map(({ number, ...event }) => ({ ...event, eventId: eventId(event.timestamp, number) })),
      // Always empty since 2019 (API reference).
      searchedLogStreams: [],
      ...(nextToken !== undefined && { nextToken }),
    };
  },
};

function placeOf({ timestamp, logStreamName, number }: Found): string {
  return `${String(timestamp).padStart(16, '0')}${logStreamName}:${String(number).padStart(12, '0')}`;
}

/** 56 digits, as AWS's. */
function eventId(timestamp: number, number: number): string {
  return String(timestamp).padStart(20, '3') + String(number).padStart(36, '0');
}
