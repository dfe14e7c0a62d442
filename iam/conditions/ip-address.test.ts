import { expect, it } from 'vitest';
import { parseCidr, parseIpAddress } from './ip-address.ts';
import { findOperator } from './operators.ts';

it.each([
  ['203.0.113.0/24', '203.0.113.255', true],
  ['203.0.113.0/24', '203.0.114.0', false],
  ['203.0.113.128/25', '203.0.113.127', false],
  ['203.0.113.9', '203.0.113.9', true],
  ['0.0.0.0/0', '198.51.100.1', true],
  ['::/0', '198.51.100.1', false],
  ['0.0.0.0/0', '::1', false],
  ['2001:db8::/33', '2001:db8:7fff::1', true],
  ['2001:db8::/33', '2001:db8:8000::1', false],
  ['2001:db8::1', '2001:0DB8:0:0:0:0:0:1', true],
  ['203.0.113.0/33', '203.0.113.0', undefined],
  ['here', '203.0.113.0', undefined],
  ['203.0.113.0/24', 'there', undefined],
])('IpAddress %s matches %s: %s', (wanted, value, expected) => {
  expect(findOperator('IpAddress')?.test([{ pattern: wanted }])(value)).toBe(expected);
  expect(findOperator('NotIpAddress')?.negated).toBe(true);
});

it.each([
  '1.2.3',
  '1.2.3.256',
  '1.2.3.4.5',
  '1:2',
  '1::2::3',
  '1:2:3:4:5:6:7:8:9',
  'g::',
  '::1.2.3',
  '12345::',
  '1:2:3:4:5:6:7::8:',
])('%s is no address', (text) => {
  expect(parseIpAddress(text)).toBeUndefined();
});

it('reads the IPv4 tail of an IPv6 address', () => {
  expect(parseIpAddress('::ffff:192.0.2.1')?.slice(-6)).toEqual([255, 255, 192, 0, 2, 1]);
  expect(parseCidr('10.0.0.0/')).toBeUndefined();
});
