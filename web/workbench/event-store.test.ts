import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../contract/index.ts';
import { mergeEvents } from './event-store.ts';

const event = (id: string, at: string): CallEvent => ({
  id,
  at,
  service: 's3',
  operation: 'ListBuckets',
  principal: 'anonymous',
  resources: [],
  readOnly: true,
  outcome: 'ok',
  errorCode: null,
  errorMessage: null,
  sourceIp: '127.0.0.1',
  userAgent: '',
  decisions: null,
});

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
