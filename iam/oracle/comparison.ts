/** One value of a request against one value of a policy, by operator (IAM User Guide, Condition operators). */
import { type Answer, all, answer } from './answer.ts';
import { fill, type Lookup, matches, partsOf, tokensOf } from './pattern.ts';

/** What an operator compares. A negated one is met where its positive one is met by none of the values. */
export interface Comparison {
  readonly negated: boolean;
  /** `doubtful` where the two cannot be compared. */
  readonly compare: (asked: string, written: string, variables: Variables) => Answer;
}

/** The value of a variable; undefined in a policy of the version that has none. */
export type Variables = Lookup | undefined;

const compared =
  (compare: Comparison['compare']) =>
  (negated: boolean): Comparison => ({ negated, compare });

const text = compared((asked, written, variables) => {
  const filled = fillText(written, variables, { wildcards: false });
  return answer(filled !== undefined && matches(filled, asked));
});

const textOfAnyCase = compared((asked, written, variables) => {
  const filled = fillText(written, variables, { wildcards: false });
  const plain = filled?.map((token) => (token.kind === 'character' ? token.character : '')).join('');
  return answer(plain?.toLowerCase() === asked.toLowerCase());
});

const pattern = compared((asked, written, variables) => {
  const filled = fillText(written, variables, { wildcards: true });
  return answer(filled !== undefined && matches(filled, asked));
});

/** Six parts, each compared with its own. */
const arn = compared((asked, written, variables) => {
  const filled = fillText(written, variables, { wildcards: true });
  if (filled === undefined) return 'no';
  const parts = partsOf(tokensOf(written, { wildcards: true, variables: variables !== undefined }), 6);
  const [a, b, c, d, e, ...rest] = asked.split(':');
  if (parts.length < 6 || rest.length === 0 || a !== 'arn') return 'doubtful';
  const given = [a, b, c, d, e, rest.join(':')];
  return all(
    parts.map((part, at) => {
      const expected = fill(part, variables ?? (() => undefined));
      return answer(expected !== undefined && matches(expected, given[at] ?? ''));
    }),
  );
});

const number = (holds: (asked: number, written: number) => boolean) =>
  compared((asked, written) => {
    const [left, right] = [readNumber(asked), readNumber(written)];
    return left === undefined || right === undefined ? 'doubtful' : answer(holds(left, right));
  });

const date = (holds: (asked: number, written: number) => boolean) =>
  compared((asked, written) => {
    const [left, right] = [readDate(asked), readDate(written)];
    return left === undefined || right === undefined ? 'doubtful' : answer(holds(left, right));
  });

const address = compared((asked, written) => {
  const ip = readAddress(asked);
  const [base = '', length] = written.split('/');
  const range = readAddress(base);
  if (ip === undefined || range === undefined) return 'doubtful';
  if (ip.length !== range.length) return 'no';
  const bits = length === undefined ? range.length : Number(length);
  return answer(ip.slice(0, bits) === range.slice(0, bits));
});

/** What is neither true nor false in a policy cannot be compared. */
const bool = compared((asked, written, variables) => {
  const filled = fillText(written, variables, { wildcards: false });
  const plain = filled?.map((token) => (token.kind === 'character' ? token.character : '')).join('');
  if (filled !== undefined && !/^(true|false)$/i.test(plain ?? '')) return 'doubtful';
  return answer(plain?.toLowerCase() === asked.toLowerCase());
});

const binary = compared((asked, written) => answer(asked === written));

const equal = (left: number, right: number) => left === right;
const less = (left: number, right: number) => left < right;
const atMost = (left: number, right: number) => left <= right;
const greater = (left: number, right: number) => left > right;
const atLeast = (left: number, right: number) => left >= right;

/** All operators but Null, by name. */
export const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: text(false),
  StringNotEquals: text(true),
  StringEqualsIgnoreCase: textOfAnyCase(false),
  StringNotEqualsIgnoreCase: textOfAnyCase(true),
  StringLike: pattern(false),
  StringNotLike: pattern(true),
  NumericEquals: number(equal)(false),
  NumericNotEquals: number(equal)(true),
  NumericLessThan: number(less)(false),
  NumericLessThanEquals: number(atMost)(false),
  NumericGreaterThan: number(greater)(false),
  NumericGreaterThanEquals: number(atLeast)(false),
  DateEquals: date(equal)(false),
  DateNotEquals: date(equal)(true),
  DateLessThan: date(less)(false),
  DateLessThanEquals: date(atMost)(false),
  DateGreaterThan: date(greater)(false),
  DateGreaterThanEquals: date(atLeast)(false),
  Bool: bool(false),
  BinaryEquals: binary(false),
  IpAddress: address(false),
  NotIpAddress: address(true),
  ArnEquals: arn(false),
  ArnLike: arn(false),
  ArnNotEquals: arn(true),
  ArnNotLike: arn(true),
};

function fillText(written: string, variables: Variables, { wildcards }: { wildcards: boolean }) {
  const tokens = tokensOf(written, { wildcards, variables: variables !== undefined });
  return fill(tokens, variables ?? (() => undefined));
}

function readNumber(value: string): number | undefined {
  return /^[+-]?[0-9]+(\.[0-9]+)?$/.test(value) ? Number(value) : undefined;
}

/** ISO 8601, a year alone included, of UTC where no zone is given, or seconds since 1970; as milliseconds. */
function readDate(value: string): number | undefined {
  if (/^[0-9]+$/.test(value) && value.length !== 4) return Number(value) * 1000;
  const [day = '', clock] = value.split('T');
  const isDay = /^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$/.test(day);
  const isClock =
    clock === undefined || /^[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$/.test(clock);
  if (!isDay || !isClock) return undefined;
  const isZoned = clock === undefined || /Z|[+-]/.test(clock);
  const time = Date.parse(isZoned ? value : `${value}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/** An address as text of its 32 or 128 bits. */
function readAddress(value: string): string | undefined {
  if (/^[0-9]+(\.[0-9]+){3}$/.test(value)) {
    const bytes = value.split('.').map(Number);
    return bytes.every((byte) => byte < 256) ? bytes.map((byte) => bitsOf(byte, 8)).join('') : undefined;
  }
  if (!/^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/.test(value)) return undefined;
  const [before = '', after] = value.split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => '0');
  const groups = [...head, ...zeros, ...tail];
  return groups.length === 8 ? groups.map((group) => bitsOf(Number.parseInt(group, 16), 16)).join('') : undefined;
}

function bitsOf(value: number, length: number): string {
  return value.toString(2).padStart(length, '0');
}
