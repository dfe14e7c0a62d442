import { describe, expect, it } from 'vitest';
import { reconnectDelay } from './live.ts';

describe('reconnectDelay', () => {
  it('doubles with each failure and stops at fifteen seconds', () => {
    expect(reconnectDelay(0, 1)).toBe(500);
    expect(reconnectDelay(3, 1)).toBe(4_000);
    expect(reconnectDelay(30, 1)).toBe(15_000);
  });

  it('draws half of the delay, so that a room does not come back at once', () => {
    expect(reconnectDelay(2, 0)).toBe(1_000);
    expect(reconnectDelay(2, 0.5)).toBe(1_500);
  });
});
