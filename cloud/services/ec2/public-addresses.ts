import type { Random } from '../../call.ts';

/**
 * A public address for an instance. Out of TEST-NET-3 and TEST-NET-2 (RFC 5737), which lead nowhere: nobody's machine is ever taken for
 * one of a sandbox.
 */
export function publicAddress(random: Random): string {
  const [net = 0, host = 0] = random.bytes(2);
  return `${net % 2 === 0 ? '203.0.113' : '198.51.100'}.${1 + (host % 254)}`;
}
