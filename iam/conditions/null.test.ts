import { expect, it } from 'vitest';
import { nullIsMet } from './null.ts';

it.each([
  ['true', undefined, true],
  ['true', 'x', false],
  ['false', 'x', true],
  ['False', undefined, false],
  ['true', [], true],
  ['false', ['x'], true],
  ['true', '', undefined],
  ['false', [''], undefined],
  ['false', ['', 'x'], true],
  ['yes', '', false],
])('Null %s on %j: %s', (wanted, value, expected) => {
  expect(nullIsMet([wanted], value)).toBe(expected);
});

it('is met either way where both are asked for', () => {
  expect(nullIsMet(['true', 'false'], '')).toBe(true);
});
