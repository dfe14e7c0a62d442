/** Events for tests. */
import type { CallEvent } from '../event.ts';

/** The event of an unsigned read, with what is `given` in its place. */
export function callEvent(given: Partial<CallEvent> = {}): CallEvent {
  return {
    id: '1',
    at: '2026-11-20T08:00:00.000Z',
    service: 's3',
    operation: 'ListObjectsV2',
    principal: 'anonymous',
    resources: [],
    readOnly: true,
    outcome: 'ok',
    errorCode: null,
    errorMessage: null,
    sourceIp: '127.0.0.1',
    userAgent: '',
    decisions: null,
    ...given,
  };
}
