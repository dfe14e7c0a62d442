import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../contract/index.ts';
import { callEvent } from '../../contract/testing/call-event.ts';
import { caughtUp, mergeEvents, withCall } from './event-store.ts';

const event = (id: string, at: string) => callEvent({ id, at });

describe('mergeEvents', () => {
  it('keeps each call once, the newest first, whichever list it came by', () => {
    const live = [event('d', '2026-11-20T08:00:03.000Z'), event('b', '2026-11-20T08:00:01.000Z')];
    const page = [
      event('c', '2026-11-20T08:00:02.000Z'),
      event('b', '2026-11-20T08:00:01.000Z'),
      event('a', '2026-11-20T08:00:00.000Z'),
    ];
    expect(mergeEvents(live, page).map((one) => one.id)).toEqual(['d', 'c', 'b', 'a']);
  });

  it('keeps the order of calls of the same millisecond', () => {
    const at = '2026-11-20T08:00:00.000Z';
    expect(mergeEvents([event('second', at)], [event('first', at)]).map((one) => one.id)).toEqual(['second', 'first']);
  });
});

const second = (n: number): string => `2026-11-20T08:00:${String(n).padStart(2, '0')}.000Z`;
const ids = (events: readonly CallEvent[]): string => events.map((one) => one.id).join('');

describe('caughtUp', () => {
  it('joins the newest page to what is shown where they meet', () => {
    const past = { events: [event('b', second(1)), event('a', second(0))], next: 'a' };
    const page = { events: [event('d', second(3)), event('c', second(2)), event('b', second(1))], next: 'b' };
    const joined = caughtUp(past, page);
    expect(ids(joined.events)).toBe('dcba');
    expect(joined.next).toBe('a');
  });

  it('begins anew where calls were missed in between, and keeps what came live meanwhile', () => {
    const past = { events: [event('z', second(9)), event('a', second(0))], next: null };
    const page = { events: [event('d', second(3)), event('c', second(2))], next: 'c' };
    const joined = caughtUp(past, page);
    expect(ids(joined.events)).toBe('zdc');
    expect(joined.next).toBe('c');
  });

  it('takes the server’s word over what was shown: reasons may have been kept back before', () => {
    const told = { ...event('a', second(0)), decisions: [] };
    const joined = caughtUp({ events: [event('a', second(0))], next: null }, { events: [told], next: null });
    expect(joined.events[0]?.decisions).toEqual([]);
  });
});

describe('withCall', () => {
  it('lets the oldest go, and can ask for it again', () => {
    let past = { events: [] as readonly CallEvent[], next: null as string | null };
    for (let n = 0; n < 401; n += 1) past = withCall(past, event(`${n}`, new Date(n * 1_000).toISOString()));
    expect(past.events).toHaveLength(400);
    expect(past.next).toBe('1');
  });
});
