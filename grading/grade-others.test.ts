import { describe, expect, it } from 'vitest';
import type { Check } from './checks.ts';
import type { OthersCheck } from './decided-checks.ts';
import { accountId, gradeOne, policy, type Step, sandboxAfter } from './testing/sandbox.ts';

const B = 'arn:aws:s3:::seeds-1';
const bucket: Step = ['s3:CreateBucket', { Bucket: 'seeds-1' }];
const user = (UserName: string): Step => ['iam:CreateUser', { UserName }];
const grant = (UserName: string, document: string): Step => [
  'iam:PutUserPolicy',
  { UserName, PolicyName: 'Grant', PolicyDocument: document },
];
const start: readonly Step[] = [
  bucket,
  user('Bea'),
  user('Tom'),
  grant('Tom', policy('Allow', 's3:Get*', `${B}/*`)),
  ['s3:DeletePublicAccessBlock', { Bucket: 'seeds-1' }],
];

const others = (body: Partial<OthersCheck['others']> = {}): Check => ({
  id: 'others',
  title: 'Nobody else has gained anything',
  private: false,
  kind: 'others',
  others: { except: ['user/Bea'], within: [], ...body },
});

function graded(check: Check, ...steps: readonly Step[]) {
  return gradeOne(sandboxAfter(...start, ...steps), check, {}, sandboxAfter(...start).world);
}

const passed = { verdict: 'passed', reason: null };
const opens = (Principal: unknown): Step => [
  's3:PutBucketPolicy',
  {
    Bucket: 'seeds-1',
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: `${B}/*` }],
    }),
  },
];

describe('others', () => {
  it('passes where nothing has changed, or only for whom it spares', async () => {
    expect(await graded(others())).toMatchObject(passed);
    expect(await graded(others(), grant('Bea', policy('Allow', '*', '*')))).toMatchObject(passed);
  });

  it('passes where somebody has less, or the same in other words', async () => {
    expect(await graded(others(), grant('Tom', policy('Allow', 's3:GetObject', `${B}/a/*`)))).toMatchObject(passed);
    const same = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 's3:GetObject*', Resource: `${B}/*` },
        { Effect: 'Deny', Action: 's3:Put*', Resource: '*' },
      ],
    });
    expect(await graded(others(), grant('Tom', same))).toMatchObject(passed);
  });

  it('fails where somebody has more, and says what', async () => {
    expect(await graded(others(), grant('Tom', policy('Allow', 's3:*Object', `${B}/*`)))).toMatchObject({
      verdict: 'failed',
      reason: expect.stringMatching(
        /^New since the start: user\/Tom is allowed s3:(Put|Delete)Object on arn:aws:s3:::seeds-1\/x: statement 1 of identity policy Grant/,
      ),
    });
  });

  it('fails where somebody new may do something, within aside', async () => {
    const made = [user('Eve'), grant('Eve', policy('Allow', 's3:ListBucket', B))];
    expect(await graded(others(), user('Eve'))).toMatchObject(passed);
    expect((await graded(others(), ...made)).reason).toMatch(
      /^New since the start: user\/Eve is allowed s3:ListBucket/,
    );
    const within = [{ Effect: 'Allow', Action: 's3:List*', Resource: '*' }];
    expect(await graded(others({ within }), ...made)).toMatchObject(passed);
    expect(await graded(others({ except: ['user/Eve'] }), ...made)).toMatchObject(passed);
  });

  it.each<[string, object, RegExp]>([
    [
      'a user',
      { AWS: `arn:aws:iam::${accountId}:user/Tom` },
      /^New since the start: user\/Tom is allowed sts:AssumeRole/,
    ],
    ['another account', { AWS: '222233334444' }, /^New since the start: .*222233334444.* is allowed sts:AssumeRole/],
    [
      'a service',
      { Service: 'lambda.amazonaws.com' },
      /^New since the start: lambda.amazonaws.com is allowed sts:AssumeRole/,
    ],
    [
      'an identity provider',
      { Federated: 'accounts.google.com' },
      /^New since the start: accounts.google.com is allowed sts:AssumeRoleWithWebIdentity/,
    ],
  ])('fails where a role has been opened to %s', async (_what, Principal, reason) => {
    const Action = 'Federated' in Principal ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole';
    const trust = (principal: object, action: string) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: action }] });
    const closed = trust({ Service: 'ec2.amazonaws.com' }, 'sts:AssumeRole');
    const made: readonly Step[] = [
      ...start,
      ['iam:CreateRole', { RoleName: 'Vault', AssumeRolePolicyDocument: closed }],
    ];
    const opened: Step = [
      'iam:UpdateAssumeRolePolicy',
      { RoleName: 'Vault', PolicyDocument: trust(Principal, Action) },
    ];
    const before = sandboxAfter(...made).world;
    expect(await gradeOne(sandboxAfter(...made), others(), {}, before)).toMatchObject(passed);
    expect((await gradeOne(sandboxAfter(...made, opened), others(), {}, before)).reason).toMatch(reason);
  });

  it('takes nothing that is gone for a gain', async () => {
    const closed: Step = [
      's3:PutBucketPolicy',
      {
        Bucket: 'seeds-1',
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: `${B}/*` }],
        }),
      },
    ];
    const made: readonly Step[] = [...start, closed];
    const before = sandboxAfter(...made).world;
    const gone: Step = ['s3:DeleteBucket', { Bucket: 'seeds-1' }];
    expect(await gradeOne(sandboxAfter(...made, gone), others(), {}, before)).toMatchObject(passed);
    const open: Step = ['s3:DeleteBucketPolicy', { Bucket: 'seeds-1' }];
    expect((await gradeOne(sandboxAfter(...made, open), others(), {}, before)).reason).toMatch(
      /^New since the start: user\/Tom is allowed s3:GetObject on arn:aws:s3:::seeds-1\//,
    );
  });

  it('fails where a resource has been opened', async () => {
    expect((await graded(others(), opens('*'))).reason).toMatch(/^New since the start: .* is allowed s3:GetObject/);
    expect((await graded(others({ except: ['user/Bea', 'user/Tom', 'anonymous'] }), opens('*'))).reason).toMatch(
      /^New since the start: arn:aws:iam::444455556666:user\/Someone is allowed s3:GetObject/,
    );
    expect(await graded(others(), opens({ AWS: `arn:aws:iam::${accountId}:user/Bea` }))).toMatchObject(passed);
    expect((await graded(others(), opens({ AWS: '222233334444' }))).reason).toMatch(
      /222233334444:user\/Someone is allowed/,
    );
  });

  const toAll = (Action: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action, Resource: '*' }],
    });
  const queueUrl = `https://sqs.us-east-1.amazonaws.com/${accountId}/orders`;
  const topic = `arn:aws:sns:us-east-1:${accountId}:news`;
  it.each<[string, Step, Step, RegExp]>([
    [
      'queue',
      ['sqs:CreateQueue', { QueueName: 'orders' }],
      ['sqs:SetQueueAttributes', { QueueUrl: queueUrl, Attributes: { Policy: toAll('sqs:SendMessage') } }],
      /sqs:SendMessage on arn:aws:sqs:us-east-1:111122223333:orders/,
    ],
    [
      'topic',
      ['sns:CreateTopic', { Name: 'news' }],
      [
        'sns:SetTopicAttributes',
        {
          TopicArn: topic,
          AttributeName: 'Policy',
          AttributeValue: toAll('sns:Publish').replace('"Resource":"*"', `"Resource":"${topic}"`),
        },
      ],
      /sns:Publish on arn:aws:sns:us-east-1:111122223333:news/,
    ],
    [
      'secret',
      [
        'secretsmanager:CreateSecret',
        { Name: 'seed', SecretString: 'x', ClientRequestToken: '1b2c3d4e-0000-4000-8000-1234567890ab' },
      ],
      [
        'secretsmanager:PutResourcePolicy',
        { SecretId: 'seed', ResourcePolicy: toAll('secretsmanager:GetSecretValue'), BlockPublicPolicy: false },
      ],
      /secretsmanager:GetSecretValue on arn:aws:secretsmanager:us-east-1:111122223333:secret:seed-/,
    ],
    [
      'key',
      ['kms:CreateKey', {}],
      ['kms:CreateKey', { Policy: toAll('kms:*') }],
      /kms:\w+ on arn:aws:kms:us-east-1:111122223333:key\//,
    ],
  ])('fails where a %s has been opened to everybody', async (_what, made, opened, reason) => {
    const before = sandboxAfter(...start, made);
    const after = sandboxAfter(...start, made, opened);
    expect(await gradeOne(before, others(), {}, before.world)).toMatchObject(passed);
    expect((await gradeOne(after, others(), {}, sandboxAfter(...start, made).world)).reason).toMatch(reason);
  });
});
