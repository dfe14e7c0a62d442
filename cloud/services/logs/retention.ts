/** How long the events of a group are there, and how many bytes they are. */
import type { LogEventState, LogGroupState, LogStreamState } from './state.ts';

const DAY = 86_400_000;
/** Bytes that each event counts besides its message (PutLogEvents). */
const EVENT_BYTES = 26;

/** The events of a stream that are there at a time on the sandbox's clock. */
export function keptEvents(
  group: Pick<LogGroupState, 'retentionInDays'>,
  stream: LogStreamState,
  now: number,
): readonly LogEventState[] {
  if (group.retentionInDays === undefined) return stream.events;
  const oldest = now - group.retentionInDays * DAY;
  return stream.events.filter(({ timestamp }) => timestamp >= oldest);
}

/** As PutLogEvents counts them. */
export function bytesOf({ message }: { readonly message: string }): number {
  return new TextEncoder().encode(message).length + EVENT_BYTES;
}

export function bytesOfAll(events: readonly { readonly message: string }[]): number {
  return events.reduce((sum, event) => sum + bytesOf(event), 0);
}
