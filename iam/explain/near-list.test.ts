import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bea, OWN } from '../cases/people.ts';
import { type CompiledStatement, compilePolicy } from '../compile.ts';
import { evaluateClause } from '../conditions/clause.ts';
import { subjectOf } from '../decide.ts';
import type { AttachedPolicy } from '../model.ts';
import { parsePolicy } from '../parse.ts';
import { actionApplies, askPrincipal, askResource, type Subject } from '../statement.ts';
import { nearStatements } from './near-misses.ts';

const actions = fc.constantFrom('s3:GetObject', 's3:PutObject', 's3:*', 's3:Get*', '*', 'sqs:SendMessage');
const resources = fc.constantFrom('archive/a', 'archive/b', 'archive/*', '*', ['archive/$', '{aws:username}'].join(''));
const conditions = fc.constantFrom(
  {},
  { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } },
  { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
  { Condition: { BinaryEquals: { 'aws:SourceIp': 'QQ==' } } },
);
const principals = fc.constantFrom(bea.arn, `arn:aws:iam::${OWN}:user/Cleo`, '*');
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Principal: principals.map((AWS) => ({ AWS })),
  Action: actions,
  Resource: resources.map((name) => `arn:aws:s3:::${name}`),
});
const documents = fc.array(
  fc.array(
    fc.tuple(statement, conditions).map(([one, condition]) => ({ ...one, ...condition })),
    { minLength: 1, maxLength: 30 },
  ),
  { minLength: 1, maxLength: 3 },
);
const requests = fc.record({
  action: fc.constantFrom('s3:GetObject', 's3:PutObject', 'sqs:SendMessage', 'ec2:RunInstances'),
  resource: fc.constantFrom('arn:aws:s3:::archive/a', 'arn:aws:s3:::archive/Bea', 'arn:aws:s3:::archive'),
  region: fc.constantFrom('eu-west-1', 'us-east-1'),
  address: fc.constantFrom('10.1.2.3', '192.0.2.1', 'nowhere'),
});

function attached(drawn: readonly object[], at: number): AttachedPolicy {
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: drawn }), 'resource');
  if (parsed.kind === 'malformed') throw new Error(parsed.awsMessage);
  return { layer: 'resource', name: `Drawn${at}`, kind: 'resource', attachedTo: 'archive', policy: parsed.policy };
}

/** How many elements of a statement do not speak of the request, each asked by itself; of the last one the rank. */
function missedOf(statement: CompiledStatement, subject: Subject): readonly number[] {
  const fails = (outcome: string) => outcome !== 'applies' && !(statement.isDeny && outcome === 'doubtful');
  const isMet = statement.clauses.every((clause) => {
    const outcome = evaluateClause(clause, subject.context);
    return outcome === 'met' || (statement.isDeny && outcome === 'doubtful');
  });
  const missed = [
    !isMet,
    fails(askResource(statement, subject)),
    fails(askPrincipal(statement, subject, 'by-principal')),
    !actionApplies(statement, subject),
  ];
  return missed.flatMap((does, rank) => (does ? [rank] : []));
}

function isAbout(statement: CompiledStatement, { action }: Subject): boolean {
  const [service] = action.split(':');
  return (
    actionApplies(statement, { action }) || statement.statement.action.values.some((of) => of.split(':')[0] === service)
  );
}

it('finds the statements that missed one element, the nearest first, as asking each of them does', () => {
  const counts = new Map<number, number>();
  fc.assert(
    fc.property(documents, fc.array(requests, { minLength: 2, maxLength: 6 }), (drawn, several) => {
      const policies = drawn.map(attached);
      for (const { action, resource, region, address } of several) {
        const context = { 'aws:RequestedRegion': region, 'aws:SourceIp': address };
        const subject = subjectOf({ caller: bea, action, resource, resourceAccountId: OWN, context }, { identity: [] });
        for (const effect of ['Allow', 'Deny'] as const) {
          const asked = policies
            .flatMap((policy) => compilePolicy(policy.policy).statements.map((one) => ({ policy, one })))
            .filter(({ one }) => one.statement.effect === effect && isAbout(one, subject))
            .flatMap(({ policy, one }) => {
              const [rank, ...more] = missedOf(one, subject);
              return rank === undefined || more.length > 0 ? [] : [{ rank, name: policy.name, index: one.index }];
            });
          const expected = [0, 1, 2, 3].flatMap((rank) => asked.filter((one) => one.rank === rank)).slice(0, 5);
          const { first, count } = nearStatements(policies, 'by-principal', effect, subject);
          expect(count).toBe(asked.length);
          expect(
            first.map(({ missed, decisive }) => ({ rank: missed, name: decisive.policy.name, index: decisive.index })),
          ).toEqual(expected);
          for (const { rank } of asked) counts.set(rank, (counts.get(rank) ?? 0) + 1);
        }
      }
    }),
    { seed: 11, numRuns: 300 },
  );
  expect([0, 1, 2, 3].map((rank) => (counts.get(rank) ?? 0) > 100)).toEqual([true, true, true, true]);
});
