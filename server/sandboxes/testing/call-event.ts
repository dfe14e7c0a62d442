/** Events for tests. */
import type { CallEvent } from '../../../contract/index.ts';

/** The event of an unsigned read. */
export function callEvent(id: string): CallEvent {
  return {
    id,
    at: new Date().toISOString(),
    service: 's3',
    operation: 'GetObject',
    principal: 'anonymous',
    resources: [],
    readOnly: true,
    outcome: 'ok',
    errorCode: null,
    errorMessage: null,
    sourceIp: '127.0.0.1',
    userAgent: '',
    decisions: [],
  };
}
