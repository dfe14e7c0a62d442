import { expect, it } from 'vitest';
import { bea, OBJECT, OWN } from '../cases/people.ts';
import { decide } from '../decide.ts';
import type { AttachedPolicy } from '../model.ts';
import { parsePolicy } from '../parse.ts';

function clerks(effect: 'Allow' | 'Deny', action: string): AttachedPolicy {
  const statement = { Effect: effect, Action: action, Resource: '*' };
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statement }), 'identity');
  if (parsed.kind === 'malformed') throw new Error(parsed.awsMessage);
  return { layer: 'identity', name: 'Clerks', kind: 'managed', attachedTo: 'group/Clerks', policy: parsed.policy };
}

const request = { caller: bea, action: 's3:GetObject', resource: OBJECT, resourceAccountId: OWN, context: {} };

it.each([
  ['an allow', clerks('Allow', 's3:*')],
  ['an explicit denial', clerks('Deny', 's3:*')],
  ['an implicit denial', clerks('Allow', 's3:PutObject')],
])('the JSON of %s holds all of it', (_, policy) => {
  const decision = decide(request, { identity: [policy] });
  const { verdict, layer, statements, near, basis, reason } = decision;
  expect(JSON.parse(JSON.stringify(decision))).toEqual({ verdict, layer, statements, near, basis, reason });
});

it('what was read once stays the same', () => {
  const decision = decide(request, { identity: [clerks('Allow', 's3:PutObject')] });
  expect(decision.near).toHaveLength(1);
  expect(decision.near).toBe(decision.near);
  expect(decision.statements).toBe(decision.statements);
});
