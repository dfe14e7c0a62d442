import { describe, expect, it } from 'vitest';
import { userCaller } from '../../credentials.ts';
import { LedgerSandbox } from '../../testing/ledger-sandbox.ts';
import { accountId, allow, policy } from '../../testing/sandbox.ts';

const principalArn = `arn:aws:iam::${accountId}:user/Bea`;
const accessRole = `arn:aws:iam::${accountId}:role/Reader`;

/** Bea has listed users, was refused a role, and has sent a message. A trail writes into a bucket, which the role may read. */
function withWork(...rights: readonly object[]): LedgerSandbox {
  const sandbox = new LedgerSandbox();
  sandbox.call('s3:CreateBucket', { Bucket: 'logs' });
  sandbox.call('s3:PutBucketPolicy', {
    Bucket: 'logs',
    Policy: policy({
      ...allow(['s3:GetBucketAcl', 's3:PutObject'], ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*']),
      Principal: { Service: 'cloudtrail.amazonaws.com' },
    }),
  });
  sandbox.call('cloudtrail:CreateTrail', { Name: 'all', S3BucketName: 'logs', IsMultiRegionTrail: true });
  const trust = policy({
    Effect: 'Allow',
    Principal: { Service: 'access-analyzer.amazonaws.com' },
    Action: 'sts:AssumeRole',
  });
  sandbox.call('iam:CreateRole', { RoleName: 'Reader', AssumeRolePolicyDocument: trust });
  if (rights.length > 0) {
    sandbox.call('iam:PutRolePolicy', { RoleName: 'Reader', PolicyName: 'read', PolicyDocument: policy(...rights) });
  }
  sandbox.call('sqs:CreateQueue', { QueueName: 'orders' });
  sandbox.call('iam:CreateUser', { UserName: 'Bea' });
  const document = policy(allow(['iam:ListUsers', 'iam:GetRole', 'sqs:*']));
  sandbox.call('iam:PutUserPolicy', { UserName: 'Bea', PolicyName: 'work', PolicyDocument: document });
  const account = sandbox.world.accounts[accountId];
  const bea = account && userCaller(account, 'Bea');
  if (bea === undefined) throw new Error('There is no Bea');
  sandbox.call('iam:ListUsers', {}, bea);
  sandbox.call('iam:GetRole', { RoleName: 'Reader' }, bea);
  sandbox.call('iam:DeleteRole', { RoleName: 'Reader' }, bea);
  const { QueueUrl } = sandbox.call('sqs:GetQueueUrl', { QueueName: 'orders' }, bea);
  sandbox.call('sqs:SendMessage', { QueueUrl, MessageBody: 'one' }, bea);
  return sandbox;
}

const mayRead = allow(['cloudtrail:GetTrail', 's3:ListBucket', 's3:GetObject']);

function start(sandbox: LedgerSandbox, more: object = {}) {
  const trail = { cloudTrailArn: `arn:aws:cloudtrail:us-east-1:${accountId}:trail/all`, allRegions: true };
  return {
    policyGenerationDetails: { principalArn },
    cloudTrailDetails: { trails: [trail], accessRole, startTime: new Date(sandbox.now - 86_400_000), ...more },
  };
}

describe('policy generation', () => {
  it('writes the management actions that were used, and tells of services by data events', () => {
    const sandbox = withWork(mayRead);
    const { jobId } = sandbox.call('access-analyzer:StartPolicyGeneration', start(sandbox));
    const made = sandbox.call('access-analyzer:GetGeneratedPolicy', { jobId });
    expect(made.jobDetails).toMatchObject({ jobId, status: 'SUCCEEDED' });
    expect(made.generatedPolicyResult.properties).toMatchObject({ principalArn, isComplete: false });
    expect(
      made.generatedPolicyResult.generatedPolicies.map((one: { policy: string }) => JSON.parse(one.policy)),
    ).toEqual([
      {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['iam:GetRole', 'iam:ListUsers', 'sqs:GetQueueUrl'], Resource: '*' }],
      },
    ]);
    const detailed = sandbox.call('access-analyzer:GetGeneratedPolicy', {
      jobId,
      includeResourcePlaceholders: true,
      includeServiceLevelTemplate: true,
    });
    const [actions, services] = detailed.generatedPolicyResult.generatedPolicies.map((one: { policy: string }) =>
      JSON.parse(one.policy),
    );
    expect(actions.Statement).toContainEqual({
      Effect: 'Allow',
      Action: ['iam:GetRole'],
      Resource: 'arn:aws:iam::${Account}:role/${RoleNameWithPath}',
    });
    expect(services.Statement).toEqual([{ Effect: 'Allow', Action: ['sqs:${Action}'], Resource: '*' }]);
    expect(sandbox.call('access-analyzer:ListPolicyGenerations', { principalArn }).policyGenerations).toMatchObject([
      { jobId, status: 'SUCCEEDED' },
    ]);
  });

  it('fails where the role that it was passed may not read', () => {
    const sandbox = withWork();
    const { jobId } = sandbox.call('access-analyzer:StartPolicyGeneration', start(sandbox));
    const { jobDetails, generatedPolicyResult } = sandbox.call('access-analyzer:GetGeneratedPolicy', { jobId });
    expect(jobDetails).toMatchObject({ status: 'FAILED', jobError: { code: 'AUTHORIZATION_ERROR' } });
    expect(jobDetails.jobError.message).toContain('cloudtrail:GetTrail');
    expect(generatedPolicyResult.generatedPolicies).toEqual([]);
  });

  it('asks for the right to pass the role', () => {
    const sandbox = withWork(mayRead);
    const account = sandbox.world.accounts[accountId];
    const bea = account && userCaller(account, 'Bea');
    sandbox.call('iam:PutUserPolicy', {
      UserName: 'Bea',
      PolicyName: 'generate',
      PolicyDocument: policy(allow('access-analyzer:*')),
    });
    const refused = sandbox.call('access-analyzer:StartPolicyGeneration', start(sandbox), bea);
    expect([refused.code, refused.message]).toEqual([
      'AccessDeniedException',
      expect.stringContaining(`iam:PassRole on resource: ${accessRole}`),
    ]);
  });

  it('refuses principals and times that there are not', () => {
    const sandbox = withWork(mayRead);
    const code = (input: object) => sandbox.call('access-analyzer:StartPolicyGeneration', input).code;
    const nobody = { policyGenerationDetails: { principalArn: `${principalArn}x` } };
    expect(code(nobody)).toBe('ValidationException');
    expect(code(start(sandbox, { startTime: new Date(sandbox.now + 86_400_000) }))).toBe('ValidationException');
    expect(sandbox.call('access-analyzer:GetGeneratedPolicy', { jobId: 'x' }).code).toBe('ValidationException');
  });

  it('begins once for a client’s token', () => {
    const sandbox = withWork(mayRead);
    const input = { ...start(sandbox), clientToken: 'one' };
    const { jobId } = sandbox.call('access-analyzer:StartPolicyGeneration', input);
    expect(sandbox.call('access-analyzer:StartPolicyGeneration', input).jobId).toBe(jobId);
  });
});
