import { describe, expect, it } from 'vitest';
import type { Check } from './checks.ts';
import type { Reach } from './decided-checks.ts';
import { gradeOne, policy, type Step, sandboxAfter } from './testing/sandbox.ts';

const milo: Step = ['iam:CreateUser', { UserName: 'Milo' }];
const grants: Step = [
  'iam:PutUserPolicy',
  { UserName: 'Milo', PolicyName: 'Grants', PolicyDocument: policy('Allow', 'iam:AttachUserPolicy', '*') },
];
const assumes: Step = [
  'iam:PutUserPolicy',
  { UserName: 'Milo', PolicyName: 'Assumes', PolicyDocument: policy('Allow', 'sts:AssumeRole', '*') },
];
const vault: Step = [
  'iam:CreateRole',
  {
    RoleName: 'Vault',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'sts:AssumeRole' }],
    },
  },
];

const check = (reach: Reach): Check => ({ id: 'check', title: 'It is so', private: false, kind: 'reach', reach });

describe('reach', () => {
  it('finds the way to an administrator, and tells it', async () => {
    const none = check({ from: 'user/Milo', to: 'admin', expect: 'none' });
    expect(await gradeOne(sandboxAfter(milo), none)).toMatchObject({ verdict: 'passed' });
    expect(await gradeOne(sandboxAfter(milo, grants), none)).toMatchObject({
      verdict: 'failed',
      reason: 'user/Milo can become an administrator: iam:AttachUserPolicy on user/Milo.',
    });
    const already: Step = [
      'iam:AttachUserPolicy',
      { UserName: 'Milo', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    ];
    expect(await gradeOne(sandboxAfter(milo, already), none)).toMatchObject({
      reason: 'user/Milo is an administrator already.',
    });
  });

  it('sees the role that a stack keeps', async () => {
    const trust = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'cloudformation.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    };
    const given: readonly Step[] = [
      milo,
      ['iam:CreateRole', { RoleName: 'Deploy', AssumeRolePolicyDocument: trust }],
      ['iam:AttachRolePolicy', { RoleName: 'Deploy', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
      [
        'iam:PutUserPolicy',
        { UserName: 'Milo', PolicyName: 'Update', PolicyDocument: policy('Allow', 'cloudformation:UpdateStack', '*') },
      ],
    ];
    const stack: Step = [
      'cloudformation:CreateStack',
      {
        StackName: 'app',
        TemplateBody: 'Resources: { Jobs: { Type: AWS::SQS::Queue } }',
        RoleARN: 'arn:aws:iam::111122223333:role/Deploy',
      },
    ];
    const none = check({ from: 'user/Milo', to: 'admin', expect: 'none' });
    expect(await gradeOne(sandboxAfter(...given), none)).toMatchObject({ verdict: 'passed' });
    expect(await gradeOne(sandboxAfter(...given, stack), none)).toMatchObject({
      verdict: 'failed',
      reason: expect.stringContaining('cloudformation:UpdateStack'),
    });
  });

  it('finds the way to a role', async () => {
    const some = check({ from: 'user/Milo', to: 'role/Vault', expect: 'some' });
    expect(await gradeOne(sandboxAfter(milo, vault, assumes), some)).toMatchObject({ verdict: 'passed' });
    expect(await gradeOne(sandboxAfter(milo, vault), some)).toMatchObject({
      verdict: 'failed',
      reason: 'user/Milo cannot become role/Vault by any known path.',
    });
    expect(
      await gradeOne(
        sandboxAfter(milo, vault, assumes),
        check({ from: 'user/Milo', to: 'role/Vault', expect: 'none' }),
      ),
    ).toMatchObject({ reason: 'user/Milo can become role/Vault: sts:AssumeRole on role/Vault.' });
  });

  it('finds the way through what runs with a role', async () => {
    const host: readonly Step[] = [
      [
        'iam:CreateRole',
        {
          RoleName: 'Host',
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
        },
      ],
      ['iam:CreateInstanceProfile', { InstanceProfileName: 'Host' }],
      ['iam:AddRoleToInstanceProfile', { InstanceProfileName: 'Host', RoleName: 'Host' }],
    ];
    const runs: Step = [
      'ec2:RunInstances',
      {
        ImageId: 'ami-0abcdef1234567890',
        MinCount: 1,
        MaxCount: 1,
        InstanceType: 't3.micro',
        IamInstanceProfile: { Name: 'Host' },
      },
    ];
    const commands: Step = [
      'iam:PutUserPolicy',
      { UserName: 'Milo', PolicyName: 'Commands', PolicyDocument: policy('Allow', 'ssm:SendCommand', '*') },
    ];
    const none = check({ from: 'user/Milo', to: 'role/Host', expect: 'none' });
    expect(await gradeOne(sandboxAfter(milo, ...host, commands), none)).toMatchObject({ verdict: 'passed' });
    expect(await gradeOne(sandboxAfter(milo, ...host, commands, runs), none)).toMatchObject({
      verdict: 'failed',
      reason: expect.stringContaining('ssm:SendCommand'),
    });
  });

  it('fails with a principal that is gone', async () => {
    const reason = 'There is no user/Milo in this account: its work must still be possible.';
    expect(await gradeOne(sandboxAfter(), check({ from: 'user/Milo', to: 'admin', expect: 'none' }))).toMatchObject({
      verdict: 'failed',
      reason,
    });
  });

  it('sees what was given', async () => {
    const given = [
      {
        call: 'iam:PutUserPolicy',
        with: { UserName: 'Milo', PolicyName: 'P', PolicyDocument: policy('Allow', 'iam:PutUserPolicy', '*') },
      },
    ];
    const none = check({ from: 'user/Milo', to: 'admin', expect: 'none', given });
    expect(await gradeOne(sandboxAfter(milo), none)).toMatchObject({ verdict: 'failed' });
  });
});
