import type { AccessMatrix, MatrixDocument } from '../../contract/index.ts';

const accountId = '111122223333';
const side = 20;

const policyText = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const allow = (Action: string | readonly string[], Resource: string, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

/**
 * 20 principals × 20 permissions: users with four policies of four statements each and a boundary, objects in ten buckets with a
 * policy each. A new inline policy of Bea counts for every one of them.
 */
export function bigMatrix(): AccessMatrix {
  const documents: MatrixDocument[] = [];
  const put = (document: MatrixDocument) => documents.push(document) - 1;
  const buckets = Array.from({ length: side / 2 }, (_, n) => `arn:aws:s3:::data-${n}`);
  const bucketPolicies = buckets.map((arn, n) =>
    put({
      layer: 'resource',
      name: `data-${n}`,
      kind: 'resource',
      attachedTo: arn,
      text: policyText({ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `${arn}/secret/*` }),
    }),
  );
  const boundary = put({
    layer: 'boundary',
    name: 'Edge',
    kind: 'managed',
    arn: `arn:aws:iam::${accountId}:policy/Edge`,
    attachedTo: 'user/Bea',
    text: policyText(allow('s3:*', '*'), allow(['iam:Get*', 'iam:List*'], '*')),
  });
  return {
    principals: Array.from({ length: side }, (_, n) => {
      const name = `User${n}`;
      const identity = Array.from({ length: 4 }, (_none, p) =>
        put({ layer: 'identity', name: `p${p}`, kind: 'inline', attachedTo: `user/${name}`, text: ownPolicy(n, p) }),
      );
      const arn = `arn:aws:iam::${accountId}:user/${name}`;
      const caller = {
        kind: 'user' as const,
        accountId,
        arn,
        name,
        id: `AIDAEXAMPLE${n}`,
        tags: { team: `t${n % 3}` },
      };
      return { kind: 'known', name: `user/${name}`, caller, identity, boundary, holders: ['user/Bea'] };
    }),
    permissions: buckets.flatMap((arn, n) =>
      ['s3:GetObject', 's3:PutObject'].map((action) => ({
        kind: 'known' as const,
        action,
        resource: `${arn}/reports/${n}.csv`,
        resourceAccountId: accountId,
        context: {
          'aws:SourceIp': '192.0.2.1',
          'aws:SecureTransport': 'true',
          'aws:CurrentTime': '2026-11-24T10:00:00Z',
          'aws:RequestedRegion': 'us-east-1',
        },
        given: [],
        policy: bucketPolicies[n] ?? 0,
      })),
    ),
    documents,
    leftOff: 0,
  };
}

/** Statements that speak of other services and folders, so that what is typed decides every cell. */
function ownPolicy(user: number, policy: number): string {
  return policyText(
    allow(['ec2:Describe*', 'ec2:StartInstances'], '*', {
      Condition: { StringEquals: { 'aws:PrincipalTag/team': 't1' } },
    }),
    allow('s3:ListBucket', `arn:aws:s3:::data-${policy}`, {
      Condition: { StringLike: { 's3:prefix': [`home/${user}/*`] } },
    }),
    allow(['s3:GetObject', 's3:PutObject'], `arn:aws:s3:::data-*/home/${user}/*`),
    allow('s3:*', 'arn:aws:s3:::data-*', { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
  );
}
