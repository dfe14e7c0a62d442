import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '../analyse/compare.ts';
import { replayIdentity } from '../analyse/replays.ts';
import { someActions } from '../analyse/testing/actions.ts';
import { request as anyRequest, identityPolicy, statements } from '../analyse/testing/policies.ts';
import { policyDocument } from '../document.ts';
import type { AnyRequest } from '../model.ts';
import { parsePolicy } from '../parse.ts';
import { type LeastPolicyOptions, leastPolicy } from './least-policy.ts';

const B = 'arn:aws:s3:::archive';

function asked(action: string, resource: string, context: AnyRequest['context'] = {}): AnyRequest {
  const caller = {
    kind: 'user' as const,
    accountId: '111122223333',
    arn: 'arn:aws:iam::111122223333:user/max',
    name: 'max',
    id: 'AIDACKCEVSQ6C2EXAMPLE',
    tags: {},
  };
  return { caller, action, resource, resourceAccountId: '111122223333', context };
}

function statementsFor(requests: readonly AnyRequest[], options: LeastPolicyOptions = {}) {
  const { policies } = leastPolicy(requests, { actions: someActions, ...options });
  return policies.flatMap((policy) => policyDocument(policy).Statement);
}

const reads = ['a', 'b', 'c'].map((key) => asked('s3:GetObject', `${B}/logs/${key}`));

describe('leastPolicy', () => {
  it('groups by resources and actions', () => {
    const requests = [
      asked('s3:PutObject', `${B}/b`),
      asked('s3:GetObject', `${B}/a`),
      asked('s3:getobject', `${B}/a`),
      asked('s3:GetObject', `${B}/b`),
      asked('s3:PutObject', `${B}/a`),
      asked('s3:ListBucket', B),
      asked('iam:ListUsers', '*'),
    ];
    expect(statementsFor(requests)).toEqual([
      { Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*' },
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: [`${B}/a`, `${B}/b`] },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: B },
    ]);
  });

  it('asks nothing for what needs no permission', () => {
    expect(leastPolicy([asked('sts:GetCallerIdentity', '*')])).toEqual({
      policies: [],
      characters: [],
      fits: true,
      uncovered: [],
    });
  });

  it('names a resource with wildcards in it literally', () => {
    const odd = `${B}/50% *off*? \${x}`;
    expect(statementsFor([asked('s3:GetObject', odd)])[0]?.Resource).toBe(`${B}/50% \${*}off\${*}\${?} \${$}{x}`);
  });

  it('folds resources of one folder where there are enough of them', () => {
    expect(statementsFor(reads, { foldFrom: 3 })[0]?.Resource).toBe(`${B}/logs/*`);
    expect(statementsFor(reads, { foldFrom: 4 })[0]?.Resource).toHaveLength(3);
    const days = ['1', '2', '3'].flatMap((day) =>
      ['a', 'b', 'c'].map((key) => asked('s3:GetObject', `${B}/${day}/${key}`)),
    );
    expect(statementsFor(days, { foldFrom: 3 })[0]?.Resource).toBe(`${B}/*`);
    const roles = ['a', 'b', 'c'].map((name) => asked('iam:PassRole', `arn:aws:iam::111122223333:role/${name}`));
    expect(statementsFor(roles, { foldFrom: 2 })[0]?.Resource).toHaveLength(3);
  });

  it('folds what one action was asked on, whatever another was', () => {
    expect(statementsFor([...reads, asked('s3:PutObject', `${B}/logs/a`)], { foldFrom: 3 })).toEqual([
      { Effect: 'Allow', Action: 's3:GetObject', Resource: `${B}/logs/*` },
      { Effect: 'Allow', Action: 's3:PutObject', Resource: `${B}/logs/a` },
    ]);
  });

  it('folds no further than the bound allows', () => {
    const bound = (Resource: string) => [identityPolicy([{ Effect: 'Allow', Action: 's3:*', Resource }])];
    expect(statementsFor(reads, { foldFrom: 2, upperBound: bound(`${B}/logs/*`) })[0]?.Resource).toBe(`${B}/logs/*`);
    expect(statementsFor(reads, { foldFrom: 2, upperBound: bound(`${B}/logs/?`) })[0]?.Resource).toHaveLength(3);
  });

  it('shortens actions where it may', () => {
    const both = [asked('s3:GetObject', `${B}/a`), asked('s3:GetObjectVersion', `${B}/a`)];
    expect(statementsFor(both, { actionsAs: 'patterns' })[0]?.Action).toBe('s3:Get*');
    const upperBound = [
      identityPolicy([{ Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: '*' }]),
    ];
    expect(statementsFor(both, { actionsAs: 'patterns', upperBound })[0]?.Action).toEqual([
      's3:GetObject',
      's3:GetObjectVersion',
    ]);
  });

  it('takes over the conditions of the bound', () => {
    const Condition = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
    const upperBound = [identityPolicy([{ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition }])];
    const inside = asked('s3:GetObject', `${B}/a`, { 'aws:SourceIp': '203.0.113.7' });
    expect(statementsFor([inside], { upperBound })).toEqual([
      { Effect: 'Allow', Action: 's3:GetObject', Resource: `${B}/a`, Condition },
    ]);
    const { uncovered } = leastPolicy([asked('s3:GetObject', `${B}/a`)], { upperBound });
    expect(uncovered).toMatchObject([{ because: 'outside-bound' }]);
  });

  it('takes over the Deny statements that are needed, and no others', () => {
    const guard = {
      Effect: 'Deny',
      Action: 's3:*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    const other = { Effect: 'Deny', Action: 'sqs:*', Resource: '*' };
    const upperBound = [identityPolicy([{ Effect: 'Allow', Action: '*', Resource: '*' }, guard, other])];
    const secure = asked('s3:GetObject', `${B}/a`, { 'aws:SecureTransport': 'true' });
    expect(statementsFor([secure], { upperBound })).toEqual([
      { Effect: 'Allow', Action: 's3:GetObject', Resource: `${B}/a` },
      guard,
    ]);
  });

  it('keeps requests apart that the bound allows for different reasons', () => {
    const from = (network: string) => ({
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: '*',
      Condition: { IpAddress: { 'aws:SourceIp': network } },
    });
    const upperBound = [identityPolicy([from('203.0.113.0/24'), from('198.51.100.0/24')])];
    const requests = ['203.0.113.7', '198.51.100.7'].map((ip) =>
      asked('s3:GetObject', `${B}/a`, { 'aws:SourceIp': ip }),
    );
    expect(statementsFor(requests, { upperBound })).toHaveLength(2);
    expect(leastPolicy(requests, { upperBound }).uncovered).toEqual([]);
  });

  it('keeps to the quotas', () => {
    const many = Array.from({ length: 300 }, (_, i) =>
      asked('s3:GetObject', `${B}/a-rather-long-name-of-an-object-${i}`),
    );
    const managed = leastPolicy(many);
    expect(managed.policies.length).toBeGreaterThan(1);
    expect(Math.max(...managed.characters)).toBeLessThanOrEqual(6144);
    expect(managed.fits).toBe(true);
    expect(leastPolicy(many, { size: 'inline-user' })).toMatchObject({ policies: { length: 1 }, fits: false });
    expect(leastPolicy(many, { size: 'inline-user', foldFrom: 5 })).toMatchObject({ fits: true });
  });

  it('allows what was asked and stays within the bound, whatever the bound', () => {
    // Without the catalogue, since the requests drawn have keys that AWS would not send with each action.
    fc.assert(
      fc.property(statements, fc.array(anyRequest, { maxLength: 6 }), (drawn, requests) => {
        const upperBound = [identityPolicy(drawn)];
        const { policies, uncovered } = leastPolicy(requests, { upperBound, foldFrom: 2 });
        const left = new Set(uncovered.map(({ request }) => request));
        const isAllowed = replayIdentity(policies);
        for (const request of requests) expect(isAllowed(request)).toBe(!left.has(request));
        for (const { request, because } of uncovered) {
          expect(replayIdentity(upperBound)(request)).toBe(because !== 'outside-bound');
        }
        expect(compare(policies, upperBound).aInB).not.toBe('no');
        for (const policy of policies) {
          expect(parsePolicy(JSON.stringify(policyDocument(policy)), 'identity').kind).toBe('parsed');
        }
      }),
      { numRuns: 100 },
    );
  });
});
