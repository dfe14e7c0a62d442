/** Rules about the values of conditions: their types, and what they can never be. IAM User Guide, "IAM JSON policy elements: Condition operators". */
import { isAccountId, splitArn } from '../../arn.ts';
import { decodeBase64 } from '../../conditions/binary.ts';
import { isDigits, parseDate } from '../../conditions/date.ts';
import { parseNumber } from '../../conditions/numeric.ts';
import type { CheckContext } from '../context.ts';
import type { ConditionView, StatementView, TextValue } from '../document.ts';
import { removeValue, repairOf, rewrite, writeText } from '../edits.ts';
import { familyOf } from '../keys.ts';
import { REGIONS } from '../known-services.ts';
import { hasWildcard, isEverything, nearest } from '../pattern.ts';
import type { CheckCode } from '../severities.ts';

export function checkValues(context: CheckContext): void {
  for (const statement of context.document.statements) {
    for (const condition of statement.conditions) {
      checkRepetitions(context, condition);
      checkTypes(context, condition);
      checkMeaning(context, condition);
    }
    checkMfa(context, statement);
  }
}

function checkRepetitions({ report }: CheckContext, { name, key, keyMember, values }: ConditionView): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value.text)) {
      report(
        'duplicate-condition-value',
        value,
        `"${value.text}" stands here twice.`,
        repairOf('Remove it', removeValue(keyMember.node, value)),
      );
    }
    seen.add(value.text);
  }
  const isBound = /^Numeric(Less|Greater)/.test(name.operator);
  if (!isBound || seen.size < 2) return;
  const numbers = values.map(({ text }) => parseNumber(text));
  if (numbers.some((number) => number === undefined)) return;
  const all = numbers.filter((number) => number !== undefined);
  const best = name.operator.includes('Less') ? Math.max(...all) : Math.min(...all);
  const message = `Only ${best} decides for ${key}: values are joined by "or".`;
  const repair = repairOf(`Write ${best}`, writeText(keyMember.span, String(best)));
  report('redundant-numeric-values', keyMember.span, message, repair);
}

function checkTypes({ report }: CheckContext, { name, keyMember, values }: ConditionView): void {
  const family = familyOf(name.operator);
  const words = new Set(values.map(({ text }) => text.toLowerCase()));
  if ((family === 'Bool' || family === 'Null') && words.has('true') && words.has('false')) {
    report('multiple-booleans', keyMember.span, 'Both true and false always match. Write the one that is meant.');
  }
  for (const value of values) {
    const { text } = value;
    if (text.includes('${')) continue;
    if ((family === 'Bool' || family === 'Null') && !['true', 'false'].includes(text.toLowerCase())) {
      const meant = ['true', 'false'].find((word) => nearest(text.trim(), [word]) !== undefined);
      report(
        'invalid-boolean',
        value,
        `${name.operator} compares with "true" or "false", not with "${text}".`,
        meant === undefined ? undefined : rewrite(value, meant),
      );
    } else if (family === 'Numeric' && parseNumber(text) === undefined) {
      report('invalid-number', value, `"${text}" is no number: it matches nothing.`);
    } else if (family === 'Binary' && decodeBase64(text) === undefined) {
      report('invalid-binary', value, `"${text}" is not base64: it matches nothing.`);
    } else if (family === 'Date') {
      checkDate(report, value);
    } else if (family === 'Arn' && !isEverything(text) && !isArnPattern(text)) {
      report(
        'invalid-arn-value',
        value,
        `"${text}" is no ARN: ${name.operator} compares six parts, arn:aws:service:region:account:resource.`,
      );
    }
  }
}

function isArnPattern(text: string): boolean {
  const parts = splitArn(text);
  return parts !== undefined && (parts[0] === 'arn' || hasWildcard(parts[0]));
}

function checkDate(report: CheckContext['report'], value: TextValue): void {
  const time = parseDate(value.text);
  if (time === undefined) {
    report(
      'date-matches-nothing',
      value,
      `"${value.text}" is saved, but no time matches it. Write 2026-01-31T08:00:00Z.`,
    );
    return;
  }
  if (!isDigits(value.text) || value.text.length < 9) return;
  const date = new Date(Number(value.text) * 1000);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999) return;
  const iso = date.toISOString().replace('.000Z', 'Z');
  report(
    'epoch-date',
    value,
    `${value.text} is ${iso}: nobody reads seconds since 1970. Write the date.`,
    rewrite(value, iso),
  );
}

interface Form {
  readonly keys: readonly string[];
  readonly code: CheckCode;
  readonly isRight: (text: string) => boolean;
  readonly expected: string;
}

const isId = (kind: string) => (text: string) => new RegExp(`^${kind}-([0-9a-z]{8}|[0-9a-z]{17})$`).test(text);
const startsWith = (start: string) => (text: string) => text.startsWith(start) && text.length > start.length;

/** What the values of some global keys look like. AWS global condition context keys. */
const FORMS: readonly Form[] = [
  {
    keys: ['aws:sourcevpc', 'aws:ec2instancesourcevpc'],
    code: 'invalid-vpc-id',
    isRight: isId('vpc'),
    expected: 'the id of a VPC is vpc- and 8 or 17 letters or digits',
  },
  {
    keys: ['aws:sourcevpce'],
    code: 'invalid-vpc-endpoint-id',
    isRight: isId('vpce'),
    expected: 'the id of a VPC endpoint is vpce- and 8 or 17 letters or digits',
  },
  {
    keys: ['aws:principalaccount', 'aws:sourceaccount', 'aws:resourceaccount', 'aws:vpceaccount'],
    code: 'invalid-account-value',
    isRight: isAccountId,
    expected: 'an account id has twelve digits',
  },
  {
    keys: ['aws:principalorgid', 'aws:resourceorgid', 'aws:sourceorgid', 'aws:vpceorgid'],
    code: 'invalid-organization-id',
    isRight: startsWith('o-'),
    expected: 'the id of an organization is o-…',
  },
];

function checkMeaning({ report }: CheckContext, { name, key, values }: ConditionView): void {
  if (familyOf(name.operator) !== 'String') return;
  const lower = key.toLowerCase();
  const form = FORMS.find(({ keys }) => keys.includes(lower));
  for (const value of values) {
    const { text } = value;
    if (hasWildcard(text) || text.includes('${')) continue;
    if (form !== undefined && !form.isRight(text))
      report(form.code, value, `"${text}" can be no value of ${key}: ${form.expected}.`);
    if (lower === 'aws:requestedregion' && !REGIONS.has(text) && text !== 'aws-global') {
      const meant = nearest(text, REGIONS);
      const message = `There is no Region "${text}".${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
      report('unknown-region', value, message, meant === undefined ? undefined : rewrite(value, meant));
    }
  }
}

/** Requests with long-term access keys have no aws:MultiFactorAuthPresent at all. */
function checkMfa({ report }: CheckContext, { effect, conditions }: StatementView): void {
  for (const { name, key, operatorMember, values } of conditions) {
    if (key.toLowerCase() !== 'aws:multifactorauthpresent' || name.operator !== 'Bool') continue;
    const wanted = values[0]?.text.toLowerCase();
    if (effect === 'Deny' && wanted === 'false' && !name.ifExists && conditions.length === 1) {
      const message =
        'Requests with access keys have no aws:MultiFactorAuthPresent, and this Deny lets them through. Use BoolIfExists.';
      report(
        'deny-bool-mfa-without-if-exists',
        operatorMember.keySpan,
        message,
        rewrite(operatorMember.keySpan, 'BoolIfExists'),
      );
    } else if (effect === 'Allow' && wanted === 'true' && name.ifExists) {
      const message =
        'Requests with access keys have no aws:MultiFactorAuthPresent, and IfExists lets them in without MFA. Use Bool.';
      report('allow-mfa-if-exists', operatorMember.keySpan, message, rewrite(operatorMember.keySpan, 'Bool'));
    }
  }
}
