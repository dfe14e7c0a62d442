import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type AttachedStatement, decisiveStatement } from './attached-statements.ts';
import { bea, OWN } from './cases/people.ts';
import { compilePolicy } from './compile.ts';
import { parsePolicy } from './parse.ts';
import { requestContext } from './request-context.ts';
import { ResourceIndex } from './resource-index.ts';
import { askResource } from './statement.ts';

const names = fc.constantFrom('a', 'ab', 'abc', 'b', 'a/b', 'a/bc', 'ab/c');
const endings = fc.constantFrom('', '*', '/*', '?', '*/c', ['$', '{aws:username}'].join(''));
const arns = fc.tuple(names, endings).map(([name, ending]) => `arn:aws:s3:::${name}${ending}`);
const resources = fc.array(fc.oneof({ weight: 9, arbitrary: arns }, fc.constantFrom('*', 'arn:aws:s3:*:*:a')), {
  minLength: 1,
  maxLength: 3,
});
const statements = fc.array(
  fc.oneof(
    resources.map((Resource) => ({ Effect: 'Allow', Action: '*', Resource })),
    resources.map((NotResource) => ({ Effect: 'Deny', Action: '*', NotResource })),
  ),
  { minLength: 1, maxLength: 20 },
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
    fc.property(statements, fc.oneof(names, fc.constant('Bea')), (drawn, name) => {
      const all = attached(drawn);
      const request = {
        caller: bea,
        action: 's3:x',
        resource: `arn:aws:s3:::${name}`,
        resourceAccountId: OWN,
        context: {},
      };
      const subject = { request, action: 's3:x', context: requestContext(request), hasBoundary: false };
      const found = new ResourceIndex(all).about(request.resource);
      const speaking = all.filter(({ statement }) => askResource(statement, subject) !== 'does-not-apply');
      expect(found.filter((one) => speaking.includes(one))).toEqual(speaking);
      expect([...found].sort((a, b) => a.statement.index - b.statement.index)).toEqual(found);
    }),
    { numRuns: 2000 },
  );
});

it('leaves out most of many statements', () => {
  const buckets = Array.from({ length: 100 }, (_, n) => `arn:aws:s3:::bucket-${n}/*`);
  const all = attached(buckets.map((Resource) => ({ Effect: 'Allow', Action: '*', Resource })));
  expect(new ResourceIndex(all).about('arn:aws:s3:::bucket-77/list.csv').length).toBeLessThan(20);
});
