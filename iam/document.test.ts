import { describe, expect, it } from 'vitest';
import { policyDocument } from './document.ts';
import { parsePolicy } from './parse.ts';
import type { PolicyKind } from './policy.ts';

const documents: readonly (readonly [PolicyKind, object])[] = [
  [
    'identity',
    {
      Version: '2012-10-17',
      Id: 'Readers',
      Statement: [
        { Sid: 'Read', Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: '*' },
        {
          Effect: 'Deny',
          NotAction: 'iam:*',
          NotResource: 'arn:aws:s3:::archive/*',
          Condition: {
            StringEquals: { 'aws:PrincipalTag/team': ['red', 'blue'], 'aws:username': 'Bea' },
            'ForAnyValue:StringNotLikeIfExists': { 'aws:TagKeys': 'cost*' },
            Null: { 'aws:TokenIssueTime': 'true' },
          },
        },
      ],
    },
  ],
  [
    'resource',
    {
      Version: '2008-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::archive/*' },
        {
          Effect: 'Deny',
          NotPrincipal: { AWS: ['arn:aws:iam::111122223333:user/Bea', '111122223333'] },
          Action: 's3:*',
          Resource: 'arn:aws:s3:::archive',
        },
        {
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com', CanonicalUser: 'ab12' },
          Action: 's3:PutObject',
          Resource: 'arn:aws:s3:::archive/*',
        },
      ],
    },
  ],
  [
    'trust',
    {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Federated: 'accounts.google.com' }, Action: 'sts:AssumeRoleWithWebIdentity' },
      ],
    },
  ],
];

describe('policyDocument', () => {
  it.each(documents)('writes a policy (%s) as it was read', (kind, document) => {
    const parsed = parsePolicy(JSON.stringify(document), kind);
    if (parsed.kind === 'malformed') throw new Error(JSON.stringify(parsed.findings));
    expect(policyDocument(parsed.policy)).toEqual(document);
  });
});
