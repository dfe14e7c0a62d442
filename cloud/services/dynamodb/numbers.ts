/**
 * Numbers of DynamoDB: decimals of up to 38 digits, between 1E-130 and 9.99…E+125 and their negatives (Amazon DynamoDB Developer
 * Guide, "Supported data types and naming rules").
 */
import { validation } from './errors.ts';

/** `coefficient × 10^exponent`; the coefficient does not end in a zero, and zero is 0 × 10^0. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/;
/** A number may be written longer than it may be: with zeros. */
const LONGEST = 400;
const DIGITS = 38;

function normal(coefficient: bigint, exponent: number): Decimal {
  if (coefficient === 0n) return { coefficient, exponent: 0 };
  const [digits, zeros] = /^(-?\d+?)(0*)$/.exec(String(coefficient))?.slice(1) ?? ['0', ''];
  return { coefficient: BigInt(digits ?? '0'), exponent: exponent + (zeros?.length ?? 0) };
}

/** How many digits a number has: those of its coefficient. */
export function digitsOf({ coefficient }: Decimal): number {
  return String(coefficient < 0n ? -coefficient : coefficient).length;
}

/** @throws ValidationException where it is larger, smaller or finer than a number may be */
function checked(number: Decimal): Decimal {
  const magnitude = number.exponent + digitsOf(number) - 1;
  if (number.coefficient === 0n) return number;
  if (magnitude > 125) {
    throw validation('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (magnitude < -130) {
    throw validation('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  if (digitsOf(number) > DIGITS) {
    throw validation('Attempting to store more than 38 significant digits in a Number');
  }
  return number;
}

/** @throws ValidationException */
export function readNumber(text: string): Decimal {
  const parts = text.length > LONGEST ? null : NUMBER.exec(text);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts ?? [];
  if (parts === null || whole + fraction === '') {
    throw validation(
      text === ''
        ? 'The parameter cannot be converted to a numeric value'
        : `The parameter cannot be converted to a numeric value: ${text}`,
    );
  }
  const digits = BigInt(whole + fraction);
  return checked(normal(sign === '-' ? -digits : digits, Number(exponent) - fraction.length));
}

/** As DynamoDB answers it: without an exponent. */
export function writeNumber({ coefficient, exponent }: Decimal): string {
  const sign = coefficient < 0n ? '-' : '';
  const digits = String(coefficient < 0n ? -coefficient : coefficient);
  if (exponent >= 0) return sign + digits + '0'.repeat(exponent);
  const padded = digits.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}

function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint, exponent: number] {
  const exponent = Math.min(a.exponent, b.exponent);
  const scaled = (number: Decimal) => number.coefficient * 10n ** BigInt(number.exponent - exponent);
  return [scaled(a), scaled(b), exponent];
}

/** Below zero where `a` is smaller. */
export function compareNumbers(a: Decimal, b: Decimal): number {
  const [left, right] = aligned(a, b);
  return left === right ? 0 : left < right ? -1 : 1;
}

/** @throws ValidationException */
export function add(a: Decimal, b: Decimal): Decimal {
  const [left, right, exponent] = aligned(a, b);
  return checked(normal(left + right, exponent));
}

export function negated({ coefficient, exponent }: Decimal): Decimal {
  return { coefficient: -coefficient, exponent };
}
