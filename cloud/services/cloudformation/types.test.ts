/** Each type of resource in a stack: made, brought to other properties, taken back, and removed, by the real services. */
import { describe, expect, it } from 'vitest';
import { type Output, Sandbox } from '../../testing/sandbox.ts';

const named = { Capabilities: ['CAPABILITY_NAMED_IAM'] };
const doc = (action: string, more = '') =>
  `{ Version: "2012-10-17", Statement: [{ Effect: Allow, ${more} Action: "${action}", Resource: "*" }] }`;
const trust = (service: string) =>
  `{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: ${service}.amazonaws.com }, Action: "sts:AssumeRole" }] }`;
const resourcePolicy = (action: string, resource: string, principal = '"111122223333"') =>
  `{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: ${principal} }, Action: "${action}", Resource: ${resource} }] }`;

interface Lifecycle {
  readonly before: string;
  /** Brought to in place: no physical id changes. */
  readonly after: string;
  /** What a call shows afterwards. */
  readonly shows: readonly [
    call: string,
    input: (id: (logicalId: string) => string) => object,
    holds: (answer: Output) => void,
  ];
}

const role = `  Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust('lambda')} } }\n`;

const lifecycles: Readonly<Record<string, Lifecycle>> = {
  'users, groups and their policies': {
    before: `  Group: { Type: AWS::IAM::Group, Properties: { ManagedPolicyArns: [!Ref Managed] } }
  Other: { Type: AWS::IAM::Group }
  Managed: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: ${doc('s3:GetObject')} } }
  User: { Type: AWS::IAM::User, Properties: { UserName: bea, Groups: [!Ref Group], Policies: [{ PolicyName: a, PolicyDocument: ${doc('a:b')} }], LoginProfile: { Password: "Secret-1234" }, Tags: [{ Key: x, Value: "1" }, { Key: y, Value: "2" }] } }
  Key: { Type: AWS::IAM::AccessKey, Properties: { UserName: !Ref User } }
  Inline: { Type: AWS::IAM::Policy, Properties: { PolicyName: shared, PolicyDocument: ${doc('a:c')}, Users: [!Ref User], Groups: [!Ref Group] } }
  Own: { Type: AWS::IAM::UserPolicy, Properties: { UserName: !Ref User, PolicyName: own, PolicyDocument: ${doc('a:d')} } }
  Joined: { Type: AWS::IAM::UserToGroupAddition, Properties: { GroupName: !Ref Other, Users: [!Ref User] } }
`,
    after: `  Group: { Type: AWS::IAM::Group, Properties: { Path: /g/ } }
  Other: { Type: AWS::IAM::Group }
  Managed: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: ${doc('s3:PutObject')}, Users: [!Ref User] } }
  User: { Type: AWS::IAM::User, Properties: { UserName: bea, Path: /u/, PermissionsBoundary: !Ref Bound, Policies: [{ PolicyName: b, PolicyDocument: ${doc('a:b')} }], Tags: [{ Key: x, Value: "9" }] } }
  Bound: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: ${doc('*')} } }
  Key: { Type: AWS::IAM::AccessKey, Properties: { UserName: !Ref User, Status: Inactive } }
  Inline: { Type: AWS::IAM::Policy, Properties: { PolicyName: shared, PolicyDocument: ${doc('a:e')}, Groups: [!Ref Group] } }
  Own: { Type: AWS::IAM::UserPolicy, Properties: { UserName: !Ref User, PolicyName: own, PolicyDocument: ${doc('a:f')} } }
  Joined: { Type: AWS::IAM::UserToGroupAddition, Properties: { GroupName: !Ref Group, Users: [!Ref User] } }
`,
    shows: [
      'iam:GetAccountAuthorizationDetails',
      () => ({ Filter: ['User'] }),
      ({ UserDetailList: [user] }) => {
        expect(user).toMatchObject({ Path: '/u/', Tags: [{ Key: 'x', Value: '9' }] });
        expect(user.UserPolicyList.map((policy: Output) => policy.PolicyName).sort()).toEqual(['b', 'own']);
        expect(user.GroupList).toHaveLength(1);
        expect(user.AttachedManagedPolicies).toHaveLength(1);
        expect(user.PermissionsBoundary).toBeDefined();
      },
    ],
  },
  'roles, profiles and providers': {
    before: `  Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust('ec2')}, Description: a, Tags: [{ Key: x, Value: "1" }] } }
  Second: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust('ec2')} } }
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
  Own: { Type: AWS::IAM::RolePolicy, Properties: { RoleName: !Ref Role, PolicyName: own, PolicyDocument: ${doc('a:d')} } }
  Linked: { Type: AWS::IAM::ServiceLinkedRole, Properties: { AWSServiceName: autoscaling.amazonaws.com, CustomSuffix: a } }
  Issuer: { Type: AWS::IAM::OIDCProvider, Properties: { Url: "https://id.example.com", ClientIdList: [a], ThumbprintList: [${'a'.repeat(40)}] } }
  Device: { Type: AWS::IAM::VirtualMFADevice, Properties: { Users: [] } }
`,
    after: `  Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust('lambda')}, Description: b, MaxSessionDuration: 7200, Tags: [{ Key: y, Value: "1" }] } }
  Second: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust('ec2')} } }
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Second] } }
  Own: { Type: AWS::IAM::RolePolicy, Properties: { RoleName: !Ref Role, PolicyName: own, PolicyDocument: ${doc('a:e')} } }
  Linked: { Type: AWS::IAM::ServiceLinkedRole, Properties: { AWSServiceName: autoscaling.amazonaws.com, CustomSuffix: a, Description: b } }
  Issuer: { Type: AWS::IAM::OIDCProvider, Properties: { Url: "https://id.example.com", ClientIdList: [b], ThumbprintList: [${'b'.repeat(40)}], Tags: [{ Key: x, Value: "1" }] } }
  Device: { Type: AWS::IAM::VirtualMFADevice, Properties: { Users: [], Tags: [{ Key: x, Value: "1" }] } }
`,
    shows: [
      'iam:GetRole',
      (id) => ({ RoleName: id('Role') }),
      ({ Role }) => {
        expect(Role).toMatchObject({ Description: 'b', MaxSessionDuration: 7200, Tags: [{ Key: 'y', Value: '1' }] });
        expect(decodeURIComponent(Role.AssumeRolePolicyDocument)).toContain('lambda');
      },
    ],
  },
  'queues and topics': {
    before: `  Queue: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: 5, VisibilityTimeout: 60, Tags: [{ Key: x, Value: "1" }] } }
  Who: { Type: AWS::SQS::QueuePolicy, Properties: { Queues: [!Ref Queue], PolicyDocument: ${resourcePolicy('sqs:SendMessage', '!GetAtt Queue.Arn')} } }
  Topic: { Type: AWS::SNS::Topic, Properties: { DisplayName: a } }
  Sub: { Type: AWS::SNS::Subscription, Properties: { TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Queue.Arn } }
  May: { Type: AWS::SNS::TopicPolicy, Properties: { Topics: [!Ref Topic], PolicyDocument: ${resourcePolicy('sns:Publish', '!Ref Topic')} } }
`,
    after: `  Queue: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 90, Tags: [{ Key: y, Value: "1" }] } }
  Who: { Type: AWS::SQS::QueuePolicy, Properties: { Queues: [!Ref Queue], PolicyDocument: ${resourcePolicy('sqs:ReceiveMessage', '!GetAtt Queue.Arn')} } }
  Topic: { Type: AWS::SNS::Topic, Properties: { DisplayName: b, Tags: [{ Key: x, Value: "1" }] } }
  Sub: { Type: AWS::SNS::Subscription, Properties: { TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Queue.Arn, RawMessageDelivery: true, FilterPolicy: { a: [b] } } }
  May: { Type: AWS::SNS::TopicPolicy, Properties: { Topics: [!Ref Topic], PolicyDocument: ${resourcePolicy('sns:Subscribe', '!Ref Topic')} } }
`,
    shows: [
      'sqs:GetQueueAttributes',
      (id) => ({ QueueUrl: id('Queue'), AttributeNames: ['All'] }),
      ({ Attributes }) => {
        expect(Attributes).toMatchObject({ DelaySeconds: '0', VisibilityTimeout: '90' });
        expect(Attributes.Policy).toContain('ReceiveMessage');
      },
    ],
  },
  'buckets, tables, parameters and groups of logs': {
    before: `  Bucket: { Type: AWS::S3::Bucket, Properties: { VersioningConfiguration: { Status: Enabled }, PublicAccessBlockConfiguration: { BlockPublicAcls: true }, LifecycleConfiguration: { Rules: [{ Status: Enabled, ExpirationInDays: 3 }] } } }
  Lock: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: !Ref Bucket, PolicyDocument: ${resourcePolicy('s3:GetObject', '!Sub "arn:aws:s3:::${Bucket}/*"')} } }
  Table: { Type: AWS::DynamoDB::Table, Properties: { BillingMode: PAY_PER_REQUEST, KeySchema: [{ AttributeName: id, KeyType: HASH }], AttributeDefinitions: [{ AttributeName: id, AttributeType: S }] } }
  Param: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: a, Tags: { x: "1" } } }
  Logs: { Type: AWS::Logs::LogGroup, Properties: { RetentionInDays: 7 } }
  Stream: { Type: AWS::Logs::LogStream, Properties: { LogGroupName: !Ref Logs } }
`,
    after: `  Bucket: { Type: AWS::S3::Bucket, Properties: { OwnershipControls: { Rules: [{ ObjectOwnership: ObjectWriter }] }, Tags: [{ Key: x, Value: "1" }] } }
  Lock: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: !Ref Bucket, PolicyDocument: ${resourcePolicy('s3:PutObject', '!Sub "arn:aws:s3:::${Bucket}/*"')} } }
  Table: { Type: AWS::DynamoDB::Table, Properties: { BillingMode: PAY_PER_REQUEST, KeySchema: [{ AttributeName: id, KeyType: HASH }], AttributeDefinitions: [{ AttributeName: id, AttributeType: S }, { AttributeName: at, AttributeType: N }], GlobalSecondaryIndexes: [{ IndexName: byAt, KeySchema: [{ AttributeName: at, KeyType: HASH }], Projection: { ProjectionType: ALL } }], TimeToLiveSpecification: { Enabled: true, AttributeName: ends }, Tags: [{ Key: x, Value: "1" }] } }
  Param: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: b, Tags: { y: "1" } } }
  Logs: { Type: AWS::Logs::LogGroup, Properties: { Tags: [{ Key: x, Value: "1" }] } }
  Stream: { Type: AWS::Logs::LogStream, Properties: { LogGroupName: !Ref Logs } }
`,
    shows: [
      'dynamodb:DescribeTable',
      (id) => ({ TableName: id('Table') }),
      ({ Table }) => expect(Table.GlobalSecondaryIndexes).toHaveLength(1),
    ],
  },
  'keys and secrets': {
    before: `  Key: { Type: AWS::KMS::Key, Properties: { Description: a, EnableKeyRotation: true, PendingWindowInDays: 7 } }
  Alias: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/one, TargetKeyId: !Ref Key } }
  Second: { Type: AWS::KMS::Key, Properties: { PendingWindowInDays: 7 } }
  Secret: { Type: AWS::SecretsManager::Secret, Properties: { Description: a, SecretString: one } }
  Who: { Type: AWS::SecretsManager::ResourcePolicy, Properties: { SecretId: !Ref Secret, ResourcePolicy: ${resourcePolicy('secretsmanager:GetSecretValue', '"*"')} } }
`,
    after: `  Key: { Type: AWS::KMS::Key, Properties: { Description: b, Enabled: false, PendingWindowInDays: 7, Tags: [{ Key: x, Value: "1" }] } }
  Alias: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/one, TargetKeyId: !Ref Second } }
  Second: { Type: AWS::KMS::Key, Properties: { PendingWindowInDays: 7, KeyPolicy: ${resourcePolicy('kms:*', '"*"')} } }
  Secret: { Type: AWS::SecretsManager::Secret, Properties: { Description: b, SecretString: two, Tags: [{ Key: x, Value: "1" }] } }
  Who: { Type: AWS::SecretsManager::ResourcePolicy, Properties: { SecretId: !Ref Secret, ResourcePolicy: ${resourcePolicy('secretsmanager:DescribeSecret', '"*"')} } }
`,
    shows: [
      'secretsmanager:GetSecretValue',
      (id) => ({ SecretId: id('Secret') }),
      ({ SecretString }) => expect(SecretString).toBe('two'),
    ],
  },
  functions: {
    before: `${role}  Function: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Role.Arn, Runtime: nodejs20.x, Handler: index.handler, Timeout: 9, Code: { ZipFile: "exports.handler = async () => 1" }, Environment: { Variables: { STAGE: "1" } } } }
  Version: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref Function } }
  Alias: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Function, FunctionVersion: !GetAtt Version.Version, Name: live } }
  Url: { Type: AWS::Lambda::Url, Properties: { AuthType: AWS_IAM, TargetFunctionArn: !GetAtt Function.Arn } }
  May: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Function, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com } }
  Jobs: { Type: AWS::SQS::Queue }
`,
    after: `${role}  Function: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Role.Arn, Runtime: nodejs20.x, Handler: index.handler, ReservedConcurrentExecutions: 2, Code: { ZipFile: "exports.handler = async () => 2" }, Tags: [{ Key: x, Value: "1" }] } }
  Version: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref Function } }
  Alias: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Function, FunctionVersion: $LATEST, Name: live, Description: b } }
  Url: { Type: AWS::Lambda::Url, Properties: { AuthType: NONE, TargetFunctionArn: !GetAtt Function.Arn } }
  May: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Function, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com } }
  Jobs: { Type: AWS::SQS::Queue }
`,
    shows: [
      'lambda:GetFunction',
      (id) => ({ FunctionName: id('Function') }),
      ({ Configuration, Concurrency, Tags }) => {
        expect(Configuration.Timeout).toBe(3);
        expect(Configuration.Environment?.Variables ?? {}).toEqual({});
        expect([Concurrency.ReservedConcurrentExecutions, Tags]).toEqual([2, { x: '1' }]);
      },
    ],
  },
  'networks and instances': {
    before: `  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: a, VpcId: !Ref Vpc, SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 }] } }
  Second: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: b, VpcId: !Ref Vpc } }
  Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust('ec2')} } }
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
  Host: { Type: AWS::EC2::Instance, Properties: { ImageId: IMAGE, InstanceType: t3.micro, SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Group], UserData: { "Fn::Base64": "#!/bin/sh" } } }
  Door: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, ServiceName: com.amazonaws.us-east-1.s3 } }
`,
    after: `  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true, Tags: [{ Key: x, Value: "1" }] } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: true } }
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: a, VpcId: !Ref Vpc, SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }], SecurityGroupEgress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8 }] } }
  Second: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: b, VpcId: !Ref Vpc } }
  Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust('ec2')} } }
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
  Host: { Type: AWS::EC2::Instance, Properties: { ImageId: IMAGE, InstanceType: t3.small, SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Second], IamInstanceProfile: !Ref Profile, UserData: { "Fn::Base64": "#!/bin/bash" }, MetadataOptions: { HttpTokens: required }, Tags: [{ Key: x, Value: "1" }] } }
  Door: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, ServiceName: com.amazonaws.us-east-1.s3, PolicyDocument: ${doc('s3:GetObject', 'Principal: "*",')} } }
`,
    shows: [
      'ec2:DescribeInstances',
      (id) => ({ InstanceIds: [id('Host')] }),
      ({ Reservations: [{ Instances }] }) =>
        expect(Instances[0]).toMatchObject({
          InstanceType: 't3.small',
          MetadataOptions: { HttpTokens: 'required' },
          Tags: [{ Key: 'x', Value: '1' }],
        }),
    ],
  },
  trails: {
    before: `  Store: { Type: AWS::S3::Bucket, DeletionPolicy: Retain, Properties: { BucketName: logs-of-trail } }
  Open: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: !Ref Store, PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: cloudtrail.amazonaws.com }, Action: ["s3:GetBucketAcl", "s3:PutObject"], Resource: ["arn:aws:s3:::logs-of-trail", "arn:aws:s3:::logs-of-trail/*"] }] } } }
  Trail: { Type: AWS::CloudTrail::Trail, DependsOn: Open, Properties: { S3BucketName: !Ref Store, IsLogging: true } }
`,
    after: `  Store: { Type: AWS::S3::Bucket, DeletionPolicy: Retain, Properties: { BucketName: logs-of-trail } }
  Open: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: !Ref Store, PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: cloudtrail.amazonaws.com }, Action: ["s3:GetBucketAcl", "s3:PutObject"], Resource: ["arn:aws:s3:::logs-of-trail", "arn:aws:s3:::logs-of-trail/*"] }] } } }
  Trail: { Type: AWS::CloudTrail::Trail, DependsOn: Open, Properties: { S3BucketName: !Ref Store, IsLogging: false, S3KeyPrefix: a, Tags: [{ Key: x, Value: "1" }], EventSelectors: [{ ReadWriteType: WriteOnly }] } }
`,
    shows: [
      'cloudtrail:GetTrailStatus',
      (id) => ({ Name: id('Trail') }),
      ({ IsLogging }) => expect(IsLogging).toBe(false),
    ],
  },
};

describe.each(Object.entries(lifecycles))('%s', (_title, { before, after, shows: [call, input, holds] }) => {
  const sandbox = new Sandbox();
  const [image] = sandbox.call('ec2:DescribeImages', {}).Images;
  const body = (resources: string) => `Resources:\n${resources.replaceAll('IMAGE', image.ImageId)}`;
  const show = () => {
    const { Stacks } = sandbox.call('cloudformation:DescribeStacks', { StackName: 's' });
    const { StackEvents } = sandbox.call('cloudformation:DescribeStackEvents', { StackName: 's' });
    const failures = StackEvents.filter((event: Output) => event.ResourceStatus.endsWith('_FAILED'));
    return [Stacks[0].StackStatus, ...failures.map((event: Output) => event.ResourceStatusReason)];
  };
  const ids = (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      sandbox
        .call('cloudformation:DescribeStackResources', { StackName: 's' })
        .StackResources.map((resource: Output) => [resource.LogicalResourceId, resource.PhysicalResourceId]),
    );

  it('are made, changed in place, changed back and removed', () => {
    sandbox.call('cloudformation:CreateStack', { StackName: 's', TemplateBody: body(before), ...named });
    expect(show()).toEqual(['CREATE_COMPLETE']);
    const made = ids();
    sandbox.call('cloudformation:UpdateStack', { StackName: 's', TemplateBody: body(after), ...named });
    expect(show()).toEqual(['UPDATE_COMPLETE']);
    expect(ids()).toMatchObject(made);
    holds(
      sandbox.call(
        call,
        input((logicalId) => made[logicalId] ?? ''),
      ),
    );
    sandbox.call('cloudformation:UpdateStack', { StackName: 's', TemplateBody: body(before), ...named });
    expect(show()).toEqual(['UPDATE_COMPLETE']);
    expect(ids()).toEqual(made);
    const { StackId } = sandbox.call('cloudformation:DescribeStacks', { StackName: 's' }).Stacks[0];
    sandbox.call('cloudformation:DeleteStack', { StackName: 's' });
    const { StackEvents } = sandbox.call('cloudformation:DescribeStackEvents', { StackName: StackId });
    expect(
      StackEvents.flatMap((event: Output) => (/FAILED/.test(event.ResourceStatus) ? event.ResourceStatusReason : [])),
    ).toEqual([]);
    expect(StackEvents[0].ResourceStatus).toBe('DELETE_COMPLETE');
  });
});
