import { expect, it } from 'vitest';
import { anonymous, bea, beaWithMfa, OWN } from './cases/people.ts';
import type { AnyCaller, AnyRequest } from './model.ts';
import { requestContext } from './request-context.ts';

const AUTHENTICATED = Date.UTC(2026, 0, 1);

function contextOf(caller: AnyCaller, context: AnyRequest['context'] = {}) {
  return requestContext({ caller, action: 's3:GetObject', resource: '*', resourceAccountId: OWN, context });
}

it.each<[string, AnyRequest['context'], string | undefined]>([
  ['the epoch time', { 'aws:EpochTime': String(AUTHENTICATED / 1000 + 60) }, '60'],
  ['the current time', { 'aws:CurrentTime': '2026-01-01T00:01:00Z' }, '60'],
  [
    'the current time where the epoch time is none',
    { 'aws:EpochTime': 'x', 'aws:CurrentTime': '2026-01-01T00:01Z' },
    '60',
  ],
  ['a time before the authentication', { 'aws:CurrentTime': '2025-12-31' }, '0'],
  ['a text that is no time', { 'aws:CurrentTime': 'tomorrow' }, undefined],
  ['a list of times', { 'aws:CurrentTime': ['2026-01-01T00:01:00Z'] }, undefined],
  ['no time', {}, undefined],
])('counts the age of MFA from %s', (_, context, age) => {
  expect(contextOf(beaWithMfa, context).get('aws:multifactorauthage')).toBe(age);
});

it('knows no account of who comes without credentials', () => {
  expect(contextOf(anonymous).get('aws:principalaccount')).toBeUndefined();
});

it('takes keys in any case, and the last of several', () => {
  const context = contextOf(bea, { 'AWS:USERNAME': 'Max', 'aws:username': 'Tom', 'aws:PrincipalTag/İ': 'x' });
  expect(context.get('aws:username')).toBe('Tom');
  expect(context.get('aws:PrincipalTag/İ'.toLowerCase())).toBe('x');
});

it('knows no inherited keys', () => {
  const inherited = Object.create({ 'aws:SourceIp': '10.0.0.1' }) as Record<string, string>;
  expect(contextOf(bea, inherited).get('aws:sourceip')).toBeUndefined();
});

it('has no time of issue where the session has none that is one', () => {
  const caller = { ...bea, session: { issuedAt: Number.NaN } };
  expect(contextOf(caller).get('aws:tokenissuetime')).toBeUndefined();
});
