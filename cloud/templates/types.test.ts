import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, Sandbox } from '../testing/sandbox.ts';
import { deployTemplate } from './deploy.ts';
import { readTemplate } from './template.ts';
import { resourceTypes } from './types/index.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

async function deploy(resources: Readonly<Record<string, object>>) {
  const read = readTemplate(JSON.stringify({ Resources: resources }));
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems, null, 1));
  const send = async (service: string, operation: string, input: object) =>
    sandbox.call(`${service}:${operation}`, input);
  return deployTemplate(read.template, {}, send, { accountId, region: 'us-east-1' });
}

const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' }] };
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const ref = (Ref: string) => ({ Ref });
const attribute = (...path: readonly string[]) => ({ 'Fn::GetAtt': path });

describe('each type of resource, made by the real services', () => {
  it('knows all that are promised', () => {
    const iam = [
      'AccessKey',
      'Group',
      'GroupPolicy',
      'InstanceProfile',
      'ManagedPolicy',
      'OIDCProvider',
      'Policy',
      'Role',
    ];
    const more = ['RolePolicy', 'ServiceLinkedRole', 'User', 'UserPolicy', 'UserToGroupAddition', 'VirtualMFADevice'];
    expect([...resourceTypes.keys()].sort()).toEqual(
      [...iam, ...more]
        .map((name) => `AWS::IAM::${name}`)
        .concat('AWS::Organizations::Organization', 'AWS::Organizations::OrganizationalUnit')
        .concat('AWS::Organizations::Policy', 'AWS::Organizations::ResourcePolicy')
        .concat('AWS::KMS::Alias', 'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::SSM::Parameter')
        .concat('AWS::SecretsManager::ResourcePolicy', 'AWS::SecretsManager::Secret', 'AWS::SSM::Document')
        .concat(
          'AWS::EC2::Instance',
          'AWS::EC2::SecurityGroup',
          'AWS::EC2::Subnet',
          'AWS::EC2::VPC',
          'AWS::EC2::VPCEndpoint',
        )
        .concat('AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'AWS::DynamoDB::Table', 'AWS::CloudTrail::Trail')
        .concat('AWS::Logs::LogGroup', 'AWS::Logs::LogStream', 'AWS::Logs::ResourcePolicy')
        .concat(
          ...['Alias', 'EventSourceMapping', 'Function', 'LayerVersion', 'Permission', 'Url', 'Version'].map(
            (name) => `AWS::Lambda::${name}`,
          ),
        )
        .concat('AWS::SNS::Subscription', 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy')
        .concat(
          'AWS::Cognito::IdentityPool',
          'AWS::Cognito::IdentityPoolRoleAttachment',
          'AWS::AccessAnalyzer::Analyzer',
        )
        .concat('AWS::Events::EventBus', 'AWS::Events::EventBusPolicy', 'AWS::Events::Rule')
        .concat('AWS::Scheduler::Schedule', 'AWS::Scheduler::ScheduleGroup')
        .sort(),
    );
  });

  it('users, groups and what they are given', async () => {
    const { refs, attributes } = await deploy({
      Staff: {
        Type: 'AWS::IAM::Group',
        Properties: { GroupName: 'Staff', Policies: [{ PolicyName: 'in', PolicyDocument: document }] },
      },
      Read: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { ManagedPolicyName: 'Read', PolicyDocument: document, Groups: [ref('Staff')] },
      },
      Bea: {
        Type: 'AWS::IAM::User',
        Properties: {
          UserName: 'Bea',
          Path: '/clerks/',
          Groups: [ref('Staff')],
          ManagedPolicyArns: [ref('Read')],
          PermissionsBoundary: ref('Read'),
          LoginProfile: { Password: 'Correct-horse-9', PasswordResetRequired: true },
          Tags: [{ Key: 'team', Value: 'web' }],
        },
      },
      Tomas: { Type: 'AWS::IAM::User', Properties: { UserName: 'Tomas' } },
      Both: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: ref('Staff'), Users: [ref('Tomas')] } },
      Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: ref('Bea'), Status: 'Inactive' } },
      One: {
        Type: 'AWS::IAM::UserPolicy',
        Properties: { UserName: ref('Bea'), PolicyName: 'one', PolicyDocument: document },
      },
      Two: {
        Type: 'AWS::IAM::GroupPolicy',
        Properties: { GroupName: ref('Staff'), PolicyName: 'two', PolicyDocument: document },
      },
      Many: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'many', PolicyDocument: document, Users: [ref('Tomas')], Groups: [ref('Staff')] },
      },
    });
    expect(refs).toMatchObject({ Staff: 'Staff', Bea: 'Bea', Read: `arn:aws:iam::${accountId}:policy/Read` });
    expect(attributes['Bea']).toEqual({ Arn: `arn:aws:iam::${accountId}:user/clerks/Bea` });
    expect(sandbox.call('iam:GetUser', { UserName: 'Bea' }).User).toMatchObject({
      PermissionsBoundary: { PermissionsBoundaryArn: refs['Read'] },
      Tags: [{ Key: 'team', Value: 'web' }],
    });
    expect(sandbox.call('iam:GetGroup', { GroupName: 'Staff' }).Users).toMatchObject([
      { UserName: 'Bea' },
      { UserName: 'Tomas' },
    ]);
    expect(sandbox.call('iam:ListGroupPolicies', { GroupName: 'Staff' }).PolicyNames).toEqual(['in', 'many', 'two']);
    expect(sandbox.call('iam:ListUserPolicies', { UserName: 'Bea' }).PolicyNames).toEqual(['one']);
    expect(sandbox.call('iam:ListAttachedGroupPolicies', { GroupName: 'Staff' }).AttachedPolicies).toHaveLength(1);
    expect(sandbox.call('iam:ListAccessKeys', { UserName: 'Bea' }).AccessKeyMetadata).toMatchObject([
      { AccessKeyId: refs['Key'], Status: 'Inactive' },
    ]);
    expect(sandbox.call('iam:GetLoginProfile', { UserName: 'Bea' }).LoginProfile.PasswordResetRequired).toBe(true);
  });

  it('roles and what carries them', async () => {
    const { refs, attributes } = await deploy({
      Web: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'Web',
          AssumeRolePolicyDocument: trust,
          MaxSessionDuration: 7200,
          Description: 'Serves pages',
        },
      },
      Inline: {
        Type: 'AWS::IAM::RolePolicy',
        Properties: { RoleName: ref('Web'), PolicyName: 'in', PolicyDocument: JSON.stringify(document) },
      },
      Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [ref('Web')] } },
      Linked: {
        Type: 'AWS::IAM::ServiceLinkedRole',
        Properties: { AWSServiceName: 'elasticloadbalancing.amazonaws.com' },
      },
      Issuer: {
        Type: 'AWS::IAM::OIDCProvider',
        Properties: { Url: 'https://token.example.com', ClientIdList: ['sts.amazonaws.com'] },
      },
      Phone: { Type: 'AWS::IAM::VirtualMFADevice', Properties: { VirtualMfaDeviceName: 'phone', Users: [] } },
    });
    expect(sandbox.call('iam:GetRole', { RoleName: 'Web' }).Role).toMatchObject({
      MaxSessionDuration: 7200,
      Description: 'Serves pages',
    });
    expect(attributes['Web']).toMatchObject({
      Arn: `arn:aws:iam::${accountId}:role/Web`,
      RoleId: expect.stringMatching(/^AROA/),
    });
    expect(sandbox.call('iam:ListRolePolicies', { RoleName: 'Web' }).PolicyNames).toEqual(['in']);
    const profile = sandbox.call('iam:GetInstanceProfile', { InstanceProfileName: refs['Profile'] }).InstanceProfile;
    expect(profile.Roles).toMatchObject([{ RoleName: 'Web' }]);
    expect(refs).toMatchObject({
      Linked: 'AWSServiceRoleForElasticLoadBalancing',
      Issuer: `arn:aws:iam::${accountId}:oidc-provider/token.example.com`,
      Phone: `arn:aws:iam::${accountId}:mfa/phone`,
    });
  });

  it('buckets, their policies, and parameters', async () => {
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: attribute('Bea', 'Arn') },
      Action: 's3:GetObject',
      Resource: { 'Fn::Join': ['', [attribute('Store', 'Arn'), '/*']] },
    };
    const { refs } = await deploy({
      Open: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { Bucket: ref('Store'), PolicyDocument: { Version: '2012-10-17', Statement: [statement] } },
      },
      Bea: { Type: 'AWS::IAM::User', Properties: { UserName: 'Bea' } },
      Store: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          VersioningConfiguration: { Status: 'Enabled' },
          OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
          PublicAccessBlockConfiguration: { BlockPublicAcls: false },
          Tags: [{ Key: 'team', Value: 'web' }],
          LifecycleConfiguration: {
            Rules: [
              {
                Status: 'Enabled',
                Prefix: 'logs/',
                TagFilters: [{ Key: 'old', Value: 'yes' }],
                ExpirationDate: '2030-01-01T00:00:00Z',
                Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 30 }],
                NoncurrentVersionExpiration: { NoncurrentDays: 7 },
                AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
              },
            ],
          },
        },
      },
      Token: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: '/app/token', Type: 'String', Value: ref('Store'), Tags: { team: 'web' } },
      },
    });
    const Bucket = refs['Store'];
    expect(sandbox.call('s3:GetBucketVersioning', { Bucket })).toEqual({ Status: 'Enabled' });
    expect(sandbox.call('s3:GetBucketOwnershipControls', { Bucket }).OwnershipControls.Rules[0].ObjectOwnership).toBe(
      'ObjectWriter',
    );
    expect(sandbox.call('s3:GetPublicAccessBlock', { Bucket }).PublicAccessBlockConfiguration.BlockPublicPolicy).toBe(
      false,
    );
    expect(sandbox.call('s3:GetBucketTagging', { Bucket }).TagSet).toEqual([{ Key: 'team', Value: 'web' }]);
    expect(sandbox.call('s3:GetBucketLifecycleConfiguration', { Bucket }).Rules[0]).toMatchObject({
      Filter: { And: { Prefix: 'logs/', Tags: [{ Key: 'old', Value: 'yes' }] } },
      Expiration: { Date: new Date('2030-01-01T00:00:00Z') },
      Transitions: [{ StorageClass: 'STANDARD_IA', Days: 30 }],
    });
    expect(sandbox.call('s3:GetBucketPolicy', { Bucket }).Policy).toContain(`arn:aws:iam::${accountId}:user/Bea`);
    expect(sandbox.call('ssm:GetParameter', { Name: '/app/token' }).Parameter.Value).toBe(Bucket);
    expect(
      sandbox.call('ssm:ListTagsForResource', { ResourceType: 'Parameter', ResourceId: '/app/token' }).TagList,
    ).toHaveLength(1);
  });

  it('stops at the first call that is refused, with AWS’s error', async () => {
    const twice = { Type: 'AWS::IAM::User', Properties: { UserName: 'Bea' } };
    await expect(deploy({ A: twice, B: twice })).rejects.toMatchObject({
      code: 'EntityAlreadyExists',
      message: 'B (AWS::IAM::User): User with name Bea already exists.',
    });
  });
});
