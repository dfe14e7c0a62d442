import { describe, expect, it } from 'vitest';
import { add, compareNumbers, negated, readNumber, writeNumber } from './numbers.ts';

const written = (text: string) => writeNumber(readNumber(text));

describe('numbers', () => {
  it.each([
    ['7', '7'],
    ['+7.0', '7'],
    ['-0', '0'],
    ['0.10', '0.1'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['1.5E-3', '0.0015'],
    ['-12.340', '-12.34'],
    ['0e99999', '0'],
    ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
  ])('%s is written %s', (text, expected) => {
    expect(written(text)).toBe(expected);
  });

  it.each([
    ['', 'The parameter cannot be converted to a numeric value'],
    ['ten', 'The parameter cannot be converted to a numeric value: ten'],
    ['.', 'The parameter cannot be converted to a numeric value: .'],
    ['1e126', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
    ['-1e126', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
    ['1e-131', 'Number underflow. Attempting to store a number with magnitude smaller than supported range'],
    ['123456789012345678901234567890123456789', 'Attempting to store more than 38 significant digits in a Number'],
  ])('%s is refused', (text, message) => {
    expect(() => readNumber(text)).toThrow(message);
  });

  it('reaches to the ends of its range', () => {
    expect(written(`9.${'9'.repeat(37)}E125`)).toBe(`${'9'.repeat(38)}${'0'.repeat(88)}`);
    expect(written('1E-130')).toBe(`0.${'0'.repeat(129)}1`);
  });

  it('adds exactly', () => {
    const sum = (a: string, b: string) => writeNumber(add(readNumber(a), readNumber(b)));
    expect(sum('0.1', '0.2')).toBe('0.3');
    expect(sum('99999999999999999999', '1')).toBe('100000000000000000000');
    expect(writeNumber(add(readNumber('5'), negated(readNumber('7.5'))))).toBe('-2.5');
    expect(() => sum('1e40', '1')).toThrow('more than 38 significant digits');
  });

  it('compares by value', () => {
    const order = (a: string, b: string) => Math.sign(compareNumbers(readNumber(a), readNumber(b)));
    expect(order('10', '9')).toBe(1);
    expect(order('-10', '9')).toBe(-1);
    expect(order('1.0', '1')).toBe(0);
    expect(order('1e-5', '1e-6')).toBe(1);
  });
});
