/** Reading the events of one stream. CloudWatch Logs API, GetLogEvents. */
import type { GetLogEventsRequest, GetLogEventsResponse, OutputLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { ReadOperation } from '../../service.ts';
import { invalidParameter } from './errors.ts';
import { groupOf, streamOf } from './names.ts';
import { bytesOf, keptEvents } from './retention.ts';
import type { LogEventState } from './state.ts';

/** What one answer holds at most: events, and bytes of them. */
export const PAGE_EVENTS = 10_000;
const PAGE_BYTES = 1_048_576;

/** `f/…/s` reads on forwards from a place, `b/…/s` backwards. */
const TOKEN = /^([fb])\/(\d{16}\d{12})\/s$/;
const BEGINNING = '0'.repeat(28);

export const getLogEvents: ReadOperation<GetLogEventsRequest, GetLogEventsResponse> = {
  kind: 'read',
  handle({ logs }, input, call) {
    const group = groupOf(logs, input, call.request.region);
    const stream = streamOf(group, input.logStreamName);
    const token = input.nextToken === undefined ? undefined : tokenOf(input.nextToken);
    const { startTime = 0, endTime = Number.MAX_SAFE_INTEGER, limit = PAGE_EVENTS } = input;
    const events = keptEvents(group, stream, call.now).filter(
      ({ timestamp }) => timestamp >= startTime && timestamp < endTime,
    );
    const isForward = token === undefined ? (input.startFromHead ?? false) : token.direction === 'f';
    const left = events.filter((event) => {
      if (token === undefined) return true;
      return isForward ? placeOf(event) > token.place : placeOf(event) < token.place;
    });
    const page = isForward ? fitting(left, limit) : fitting(left.toReversed(), limit).toReversed();
    // Where there is nothing more, a token leads to where it led before.
    const [first] = page;
    const last = page.at(-1);
    const at = token?.place ?? BEGINNING;
    return {
      events: page.map(shownEvent),
      nextForwardToken: `f/${last === undefined ? at : placeOf(last)}/s`,
      nextBackwardToken: `b/${first === undefined ? at : placeOf(first)}/s`,
    };
  },
};

function tokenOf(text: string): { readonly direction: string; readonly place: string } {
  const [, direction, place] = TOKEN.exec(text) ?? [];
  if (direction === undefined || place === undefined) {
    throw invalidParameter('The specified nextToken is invalid.');
  }
  return { direction, place };
}

/** The place of an event in its stream: digits that are in the order of the events. */
function placeOf({ timestamp, number }: LogEventState): string {
  return String(timestamp).padStart(16, '0') + String(number).padStart(12, '0');
}

/** As many of the first as one answer holds, at least one. */
function fitting(events: readonly LogEventState[], limit: number): LogEventState[] {
  const page: LogEventState[] = [];
  let left = PAGE_BYTES;
  for (const event of events.slice(0, limit)) {
    left -= bytesOf(event);
    if (left < 0 && page.length > 0) break;
    page.push(event);
  }
  return page;
}

function shownEvent({ timestamp, message, ingestedAt }: LogEventState): OutputLogEvent {
  return { timestamp, message, ingestionTime: ingestedAt };
}
