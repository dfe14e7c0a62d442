import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, deny, type Output, partnerId, policy, Sandbox } from '../../testing/sandbox.ts';

let sandbox: Sandbox;
let analyzerArn: string;

beforeEach(() => {
  sandbox = new Sandbox();
  analyzerArn = sandbox.call('access-analyzer:CreateAnalyzer', { analyzerName: 'zone', type: 'ACCOUNT' }).arn;
});

const to = (Principal: unknown, statement: object) => ({ ...statement, Principal });

/** What is found now, without ids and times. */
function found(filter: object = { status: { eq: ['ACTIVE'] } }): Output[] {
  const { findings } = sandbox.call('access-analyzer:ListFindings', { analyzerArn, filter });
  return findings.map(({ resource, principal, action, condition, isPublic, sources }: Output) => ({
    resource,
    principal,
    action,
    condition,
    isPublic,
    ...(sources && { sources: sources.map(({ type }: Output) => type) }),
  }));
}

function queue(...statements: readonly object[]): string {
  const { QueueUrl } = sandbox.call('sqs:CreateQueue', { QueueName: 'orders' });
  const arn = `arn:aws:sqs:us-east-1:${accountId}:orders`;
  sandbox.call('sqs:SetQueueAttributes', { QueueUrl, Attributes: { Policy: policy(...statements) } });
  return arn;
}

function bucket(...statements: readonly object[]): string {
  sandbox.call('s3:CreateBucket', { Bucket: 'shelf' });
  sandbox.call('s3:DeletePublicAccessBlock', { Bucket: 'shelf' });
  if (statements.length > 0) sandbox.call('s3:PutBucketPolicy', { Bucket: 'shelf', Policy: policy(...statements) });
  return 'arn:aws:s3:::shelf';
}

describe('external access', () => {
  it('is found of another account, by its id', () => {
    const arn = `arn:aws:sqs:us-east-1:${accountId}:orders`;
    queue(to({ AWS: `arn:aws:iam::${partnerId}:root` }, allow(['sqs:SendMessage', 'sqs:ReceiveMessage'], arn)));
    expect(found()).toEqual([
      {
        resource: arn,
        principal: { AWS: partnerId },
        action: ['sqs:ReceiveMessage', 'sqs:SendMessage'],
        condition: {},
        isPublic: false,
      },
    ]);
  });

  it('is public where anyone may', () => {
    const arn = `arn:aws:sqs:us-east-1:${accountId}:orders`;
    queue(to('*', allow('sqs:SendMessage', arn)));
    expect(found()).toMatchObject([{ principal: { AWS: '*' }, isPublic: true }]);
  });

  it('is none where a condition leaves only the account, or what it does', () => {
    const arn = `arn:aws:sqs:us-east-1:${accountId}:orders`;
    const when = (operator: string, key: string, value: string) =>
      to('*', allow('sqs:SendMessage', arn, { Condition: { [operator]: { [key]: value } } }));
    queue(
      when('StringEquals', 'aws:PrincipalAccount', accountId),
      when('ArnEquals', 'aws:SourceArn', `arn:aws:sns:us-east-1:${accountId}:news`),
      when('StringEquals', 'aws:SourceAccount', accountId),
    );
    expect(found()).toEqual([]);
  });

  it('is found where the topic that may send is of another account', () => {
    const arn = `arn:aws:sqs:us-east-1:${accountId}:orders`;
    const SourceArn = `arn:aws:sns:us-east-1:${partnerId}:news`;
    queue(to('*', allow('sqs:SendMessage', arn, { Condition: { ArnEquals: { 'aws:SourceArn': SourceArn } } })));
    expect(found()).toMatchObject([{ condition: { 'aws:SourceArn': SourceArn }, isPublic: false }]);
  });

  it('trusts AWS services and the principals of the account', () => {
    const arn = `arn:aws:sqs:us-east-1:${accountId}:orders`;
    queue(
      to({ Service: 'sns.amazonaws.com' }, allow('sqs:SendMessage', arn)),
      to({ AWS: `arn:aws:iam::${accountId}:root` }, allow('sqs:*', arn)),
    );
    expect(found()).toEqual([]);
  });

  it('is none of what a Deny takes away again', () => {
    const arn = bucket(
      to({ AWS: partnerId }, allow('s3:GetObject', 'arn:aws:s3:::shelf/*')),
      to(
        '*',
        deny('s3:GetObject', 'arn:aws:s3:::shelf/*', {
          Condition: { StringNotEquals: { 'aws:PrincipalAccount': accountId } },
        }),
      ),
    );
    expect(arn).toBe('arn:aws:s3:::shelf');
    expect(found()).toEqual([]);
  });

  it('of a bucket tells whether its policy or its list grants it', () => {
    bucket(to({ AWS: partnerId }, allow('s3:GetObject', 'arn:aws:s3:::shelf/*')));
    sandbox.call('s3:PutBucketOwnershipControls', {
      Bucket: 'shelf',
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
    });
    sandbox.call('s3:PutBucketAcl', { Bucket: 'shelf', ACL: 'public-read' });
    const all = found();
    expect(all).toContainEqual(
      expect.objectContaining({ principal: { AWS: partnerId }, action: ['s3:GetObject'], sources: ['POLICY'] }),
    );
    expect(all).toContainEqual(
      expect.objectContaining({ principal: { AWS: '*' }, isPublic: true, sources: ['BUCKET_ACL'] }),
    );
  });

  it('is none where Block Public Access keeps it back', () => {
    bucket(to('*', allow('s3:GetObject', 'arn:aws:s3:::shelf/*')));
    expect(found()).toMatchObject([{ isPublic: true }]);
    sandbox.call('s3:PutPublicAccessBlock', {
      Bucket: 'shelf',
      PublicAccessBlockConfiguration: { RestrictPublicBuckets: true, BlockPublicPolicy: true },
    });
    expect(found()).toEqual([]);
    expect(found({ status: { eq: ['RESOLVED'] } })).toHaveLength(1);
  });

  it('is found of roles, with its external id, and of who signs in elsewhere', () => {
    const trust = (...statements: readonly object[]) =>
      JSON.stringify({ Version: '2012-10-17', Statement: statements });
    sandbox.call('iam:CreateRole', {
      RoleName: 'Vendor',
      AssumeRolePolicyDocument: trust({
        Effect: 'Allow',
        Principal: { AWS: partnerId },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'acme-17' } },
      }),
    });
    const provider = `arn:aws:iam::${accountId}:oidc-provider/id.example.com`;
    sandbox.call('iam:CreateOpenIDConnectProvider', { Url: 'https://id.example.com', ClientIDList: ['app'] });
    sandbox.call('iam:CreateRole', {
      RoleName: 'Web',
      AssumeRolePolicyDocument: trust({
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: 'sts:AssumeRoleWithWebIdentity',
      }),
    });
    const all = found();
    expect(all).toContainEqual({
      resource: `arn:aws:iam::${accountId}:role/Vendor`,
      principal: { AWS: partnerId },
      action: ['sts:AssumeRole'],
      condition: { 'sts:ExternalId': 'acme-17' },
      isPublic: false,
    });
    expect(all).toContainEqual(
      expect.objectContaining({
        resource: `arn:aws:iam::${accountId}:role/Web`,
        principal: { Federated: provider },
        action: ['sts:AssumeRoleWithWebIdentity'],
      }),
    );
    expect(all).toHaveLength(2);
  });

  it('is found of keys by grants, secrets, topics and functions', () => {
    const { KeyId } = sandbox.call('kms:CreateKey', {}).KeyMetadata;
    sandbox.call('kms:CreateGrant', {
      KeyId,
      GranteePrincipal: `arn:aws:iam::${partnerId}:root`,
      Operations: ['Decrypt'],
    });
    const { ARN } = sandbox.call('secretsmanager:CreateSecret', {
      Name: 'db',
      SecretString: 'x',
      ClientRequestToken: '00000000-0000-4000-8000-000000000001',
    });
    sandbox.call('secretsmanager:PutResourcePolicy', {
      SecretId: ARN,
      ResourcePolicy: policy(to({ AWS: partnerId }, allow('secretsmanager:GetSecretValue'))),
    });
    const { TopicArn } = sandbox.call('sns:CreateTopic', { Name: 'news' });
    sandbox.call('sns:AddPermission', { TopicArn, Label: 'p', AWSAccountId: [partnerId], ActionName: ['Publish'] });
    const types = found().map(({ resource, action }) => [resource.split(':')[2], action]);
    expect(types).toContainEqual(['kms', ['kms:Decrypt']]);
    expect(types).toContainEqual(['secretsmanager', ['secretsmanager:GetSecretValue']]);
    expect(types).toContainEqual(['sns', ['sns:Publish']]);
  });
});
