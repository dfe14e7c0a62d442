import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type AttachedStatement, decisiveStatement } from './attached-statements.ts';
import { bea, OWN } from './cases/people.ts';
import { compilePolicy } from './compile.ts';
import { parsePolicy } from './parse.ts';
import { requestContext } from './request-context.ts';
import { ResourceIndex } from './resource-index.ts';
import { askResource } from './statement.ts';

const names = fc.constantFrom('a', 'ab', 'abc', 'b', 'a/b', 'a/bc', 'ab/c', 'a:b', 'b:a');
const regions = fc.constantFrom('', '*', 'e?', 'eu', 'eu*', '*:x');
const endings = fc.constantFrom('', '*', '/*', '?', '*/c', ['$', '{aws:username}'].join(''));
const arns = fc
  .tuple(regions, names, endings)
  .map(([region, name, ending]) => `arn:aws:sqs:${region}:111122223333:${name}${ending}`);
const resources = fc.array(
  fc.oneof({ weight: 9, arbitrary: arns }, fc.constantFrom('*', 'arn:aws:sqs:*', 'arn:aws:sqs:*:*:a')),
  {
    minLength: 1,
    maxLength: 3,
  },
);
const statements = fc.array(
  fc.oneof(
    resources.map((Resource) => ({ Effect: 'Allow', Action: '*', Resource })),
    resources.map((NotResource) => ({ Effect: 'Deny', Action: '*', NotResource })),
  ),
  { minLength: 1, maxLength: 40 },
);

function attached(drawn: readonly object[]): readonly AttachedStatement[] {
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: drawn }), 'identity');
  if (parsed.kind === 'malformed') throw new Error(parsed.awsMessage);
  const { policy } = parsed;
  const of = { layer: 'identity', name: 'Drawn', kind: 'inline', attachedTo: 'user/Bea', policy } as const;
  return compilePolicy(policy).statements.map((statement) => ({
    statement,
    decisive: decisiveStatement(of, statement),
  }));
}

it('finds every statement that is about a resource, in order', () => {
  fc.assert(
    fc.property(
      statements,
      fc.constantFrom('', 'eu', 'us'),
      fc.oneof(names, fc.constant('Bea')),
      (drawn, region, name) => {
        const all = attached(drawn);
        const request = {
          caller: bea,
          action: 's3:x',
          resource: `arn:aws:sqs:${region}:111122223333:${name}`,
          resourceAccountId: OWN,
          context: {},
        };
        const subject = { request, action: 's3:x', context: requestContext(request), hasBoundary: false };
        const found = new ResourceIndex(all).about(request.resource);
        const speaking = all.filter(({ statement }) => askResource(statement, subject) !== 'does-not-apply');
        expect(found.filter((one) => speaking.includes(one))).toEqual(speaking);
        expect([...found].sort((a, b) => a.statement.index - b.statement.index)).toEqual(found);
      },
    ),
    { numRuns: 2000 },
  );
});

it.each([
  ['of buckets', (n: number) => `arn:aws:s3:::bucket-${n}/*`, 'arn:aws:s3:::bucket-77/list.csv'],
  ['of queues in any region', (n: number) => `arn:aws:sqs:*:1:queue-${n}-*`, 'arn:aws:sqs:eu-west-1:1:queue-77-jobs'],
])('leaves out most of many statements %s', (_, arn, resource) => {
  const arns = Array.from({ length: 100 }, (_, n) => arn(n));
  const all = attached(arns.map((Resource) => ({ Effect: 'Allow', Action: '*', Resource })));
  const found = new ResourceIndex(all).about(resource);
  expect(found).toContain(all[77]);
  expect(found.length).toBeLessThan(20);
});
