import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../parse.ts';
import type { Policy } from '../policy.ts';
import { compare } from './compare.ts';
import { someActions } from './testing/actions.ts';

type Given = object | readonly object[];

function read(given: Given): Policy {
  const Statement = Array.isArray(given) ? given : [given];
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), 'identity');
  if (parsed.kind === 'malformed') throw new Error(parsed.awsMessage);
  return parsed.policy;
}

const allow = (Action: unknown, Resource: unknown = '*', Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const deny = (Action: unknown, Resource: unknown = '*', Condition?: object) => ({
  ...allow(Action, Resource, Condition),
  Effect: 'Deny',
});

function compared(a: Given, b: Given, more: Parameters<typeof compare>[2] = {}) {
  return compare([read(a)], [read(b)], {
    actions: someActions,
    onUnreplayed: (request) => {
      throw new Error(`not replayed: ${JSON.stringify(request)}`);
    },
    ...more,
  });
}

/** `=`, `<`, `>`, `≠` with `|` behind where nothing is shared. */
function relation(a: Given, b: Given): string {
  const { aInB, bInA, disjoint } = compared(a, b);
  if ([aInB, bInA, disjoint].includes('unknown')) return 'unknown';
  const sign = aInB === 'yes' ? (bInA === 'yes' ? '=' : '<') : bInA === 'yes' ? '>' : '≠';
  return disjoint === 'yes' ? `${sign}|` : sign;
}

const B = 'arn:aws:s3:::archive';
const ip = (range: unknown) => ({ IpAddress: { 'aws:SourceIp': range } });
const when = (operator: string, key: string, value: unknown) => ({ [operator]: { [key]: value } });

describe('compare', () => {
  it.each<[string, Given, string, Given]>([
    ['the same', allow('s3:GetObject'), '=', allow('s3:GetObject')],
    ['fewer actions', allow('s3:GetObject'), '<', allow('s3:*')],
    ['actions in another case', allow('S3:getobject'), '=', allow('s3:GetObject')],
    ['other actions', allow('s3:GetObject'), '≠|', allow('s3:PutObject')],
    ['a smaller resource', allow('s3:GetObject', `${B}/a/*`), '<', allow('s3:GetObject', `${B}/*`)],
    ['patterns that cross', allow('s3:GetObject', `${B}/a*`), '≠', allow('s3:GetObject', `${B}/*b`)],
    [
      'two halves that make up the whole',
      allow('s3:GetObject', [`${B}/a*`, `${B}/*`]),
      '=',
      allow('s3:GetObject', `${B}/*`),
    ],
    [
      'a star within its segment',
      allow('sqs:SendMessage', 'arn:aws:sqs:us-*-1:*:q'),
      '<',
      allow('sqs:*', 'arn:aws:sqs:*:*:q'),
    ],
    ['an incomplete ARN', allow('sqs:SendMessage', 'arn:aws:sqs'), '=', allow('sqs:SendMessage', 'arn:aws:sqs:*:*:*')],
    ['an action that no such resource has', allow('s3:ListBucket', `${B}/*`), '<|', allow('s3:GetObject', `${B}/*`)],
    ['a deny that takes away', [allow('s3:*'), deny('s3:DeleteObject')], '<', allow('s3:*')],
    ['a deny that takes nothing', [allow('s3:GetObject'), deny('s3:PutObject')], '=', allow('s3:GetObject')],
    ['NotAction', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, '>', allow('s3:*')],
    [
      'NotResource',
      [allow('s3:GetObject'), { Effect: 'Deny', Action: '*', NotResource: `${B}/*` }],
      '=',
      allow('s3:GetObject', `${B}/*`),
    ],
    ['a condition', allow('s3:GetObject', '*', ip('203.0.113.0/24')), '<', allow('s3:GetObject')],
    [
      'a smaller range',
      allow('s3:GetObject', '*', ip('203.0.113.0/25')),
      '<',
      allow('s3:GetObject', '*', ip('203.0.113.0/24')),
    ],
    [
      'halves of a range',
      allow('s3:GetObject', '*', ip(['10.0.0.0/9', '10.128.0.0/9'])),
      '=',
      allow('s3:GetObject', '*', ip('10.0.0.0/8')),
    ],
    [
      'a Deny on what is outside a range',
      [allow('s3:GetObject'), deny('s3:*', '*', { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
      '=',
      allow('s3:GetObject', '*', ip('10.0.0.0/8')),
    ],
    [
      'IfExists',
      allow('s3:GetObject', '*', { IpAddressIfExists: { 'aws:SourceIp': '10.0.0.0/8' } }),
      '>',
      allow('s3:GetObject', '*', ip('10.0.0.0/8')),
    ],
    [
      'a key that is always there',
      allow('s3:GetObject', '*', when('BoolIfExists', 'aws:SecureTransport', 'true')),
      '=',
      allow('s3:GetObject', '*', when('Bool', 'aws:SecureTransport', 'true')),
    ],
    [
      'MFA that may be absent',
      [allow('s3:GetObject'), deny('s3:*', '*', when('Bool', 'aws:MultiFactorAuthPresent', 'false'))],
      '>',
      [allow('s3:GetObject'), deny('s3:*', '*', when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false'))],
    ],
    [
      'Null',
      allow('s3:GetObject', '*', when('Null', 'aws:SourceIp', 'true')),
      '≠|',
      allow('s3:GetObject', '*', ip('0.0.0.0/0')),
    ],
    [
      'letter case',
      allow('s3:ListBucket', '*', when('StringEquals', 's3:prefix', 'home')),
      '<',
      allow('s3:ListBucket', '*', when('StringEqualsIgnoreCase', 's3:prefix', 'HOME')),
    ],
    [
      'a star that StringEquals does not know',
      allow('s3:ListBucket', '*', when('StringEquals', 's3:prefix', 'h*')),
      '<',
      allow('s3:ListBucket', '*', when('StringLike', 's3:prefix', 'h*')),
    ],
    [
      'a negated operator also without the key',
      allow('s3:ListBucket', '*', when('StringNotEquals', 's3:prefix', 'a')),
      '≠',
      allow('s3:ListBucket', '*', when('StringLike', 's3:prefix', '*')),
    ],
    [
      'a key that the action never has',
      allow('s3:GetObject', '*', when('StringEquals', 's3:prefix', 'a')),
      '<|',
      allow('s3:GetObject'),
    ],
    [
      'numbers',
      allow('s3:ListBucket', '*', when('NumericLessThan', 's3:max-keys', '10')),
      '=',
      allow('s3:ListBucket', '*', when('NumericLessThanEquals', 's3:max-keys', '9')),
    ],
    [
      'dates',
      allow('s3:GetObject', '*', when('DateLessThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z')),
      '<',
      allow('s3:GetObject', '*', when('DateLessThanEquals', 'aws:CurrentTime', '2026-01-01T00:00:00Z')),
    ],
    [
      'lists',
      allow('s3:GetObject', '*', when('ForAllValues:StringEquals', 'aws:CalledVia', ['a.amazonaws.com'])),
      '<',
      allow(
        's3:GetObject',
        '*',
        when('ForAllValues:StringEquals', 'aws:CalledVia', ['a.amazonaws.com', 'b.amazonaws.com']),
      ),
    ],
    [
      'a list that may be absent',
      allow('s3:GetObject', '*', when('ForAnyValue:StringEquals', 'aws:CalledVia', ['a'])),
      '≠',
      allow('s3:GetObject', '*', when('ForAllValues:StringEquals', 'aws:CalledVia', ['a'])),
    ],
    [
      'six parts of an ARN',
      allow('iam:PassRole', '*', when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/a*')),
      '=',
      allow('iam:PassRole', '*', when('StringLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/a*')),
    ],
    [
      'users and roles',
      allow('s3:GetObject', '*', when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:user/*')),
      '≠|',
      allow('s3:GetObject', '*', when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/*')),
    ],
    ['a variable in its place', allow('s3:GetObject', `${B}/\${aws:username}/*`), '<', allow('s3:GetObject', `${B}/*`)],
    [
      'a variable against a name',
      allow('s3:GetObject', `${B}/\${aws:username}/*`),
      '≠',
      allow('s3:GetObject', `${B}/max/*`),
    ],
    [
      'a name that a Deny spares',
      allow('s3:GetObject', `${B}/\${aws:username}`),
      '>',
      [allow('s3:GetObject', `${B}/\${aws:username}`), deny('s3:GetObject', `${B}/admin`)],
    ],
    [
      'tags compared with tags',
      allow('s3:GetObject', '*', when('StringEquals', 's3:ExistingObjectTag/team', '${aws:PrincipalTag/team}')),
      '<',
      allow('s3:GetObject', '*', when('StringLike', 's3:ExistingObjectTag/team', '*')),
    ],
    ['assuming a role', allow('sts:AssumeRole', 'arn:aws:iam::111122223333:role/a*'), '<', allow('sts:*')],
    ['nothing', deny('*'), '<|', allow('s3:GetObject')],
    ['what needs no permission', allow('sts:GetCallerIdentity'), '=|', deny('*')],
  ])('knows %s', (_, a, expected, b) => {
    expect(relation(a, b)).toBe(expected);
  });

  it('shows a shortest request', () => {
    const { witnessA } = compared(allow('s3:GetObject', `${B}/*`), allow('s3:GetObject', `${B}/reports/*`));
    expect(witnessA).toMatchObject({ action: 's3:GetObject', resource: `${B}/x`, context: {} });
  });

  it('shows an action that exists where no statement tells it from those to come', () => {
    expect(compared(allow('*'), allow('s3:*')).witnessA?.action).toMatch(/^sqs:/);
    const named = compared(allow('*'), allow(['s3:*', 'sqs:*'])).witnessA;
    expect(named?.action).toBe('service-to-come:ActionToCome');
  });

  it('knows that a pattern takes in actions to come, and a list of those that there are does not', () => {
    const objects = allow(['s3:GetObject', 's3:GetObjectVersion']);
    const { aInB, bInA, witnessA } = compared(allow('s3:Get*'), objects);
    expect([aInB, bInA, witnessA?.action]).toEqual(['no', 'yes', 's3:GetActionToCome']);
    const between = compared(allow('s3:Get*'), allow(['s3:Get*Object', 's3:GetObjectVersion']));
    expect([between.aInB, between.bInA, between.witnessA?.action]).toEqual(['no', 'yes', 's3:GetActionToCome']);
  });

  it('shows an action that hangs on no trust policy where there is one', () => {
    expect(compared(allow('*'), [allow('*'), deny(['sts:AssumeRole', 'sqs:*'])]).witnessA?.action).toMatch(/^sqs:/);
    expect(compared(allow('sts:AssumeRole'), allow('s3:*')).witnessA?.action).toBe('sts:AssumeRole');
  });

  it('asks an action only about resources that it takes', () => {
    const { witnessA } = compared(allow('s3:*', [B, `${B}/*`]), allow('s3:*', `${B}/*`));
    expect(witnessA).toMatchObject({ action: 's3:ListBucket', resource: B });
  });

  it('answers unknown past the budget', () => {
    const many = Array.from({ length: 12 }, (_, i) => `${B}/*${'abcdefghijkl'.charAt(i)}*/x`);
    expect(compared(allow('s3:GetObject', many), allow('s3:GetObject', `${B}/z*`), { budget: 50 }).aInB).toBe(
      'unknown',
    );
  });
});

describe('compare, asked one question', () => {
  it('answers that one, and the others not', () => {
    const one = { questions: ['aInB'] as const };
    const { witnessA, ...answers } = compared(allow('s3:Get*'), allow('s3:GetObject'), one);
    expect(answers).toEqual({ aInB: 'no', bInA: 'unknown', disjoint: 'unknown' });
    expect(witnessA?.action).toBe('s3:GetObjectVersion');
    expect(compared(allow('s3:GetObject'), allow('s3:Get*'), one).aInB).toBe('yes');
  });
});
