import { describe, expect, it } from 'vitest';
import { accountId, allow, deny, policy, root, Sandbox, text } from '../../testing/sandbox.ts';

const users = `
Parameters: { Name: { Type: String, Default: bea }, Word: { Type: String, NoEcho: true, Default: open-sesame } }
Resources:
  Bea: { Type: AWS::IAM::User, Properties: { UserName: !Ref Name } }
  Box: { Type: AWS::SQS::Queue }
Outputs:
  Who: { Value: !GetAtt Bea.Arn, Description: who, Export: { Name: !Sub "\${AWS::StackName}-who" } }
`;
const named = { Capabilities: ['CAPABILITY_NAMED_IAM'] };

function sandboxWith(template = users, more: object = named): Sandbox {
  const sandbox = new Sandbox();
  sandbox.call('cloudformation:CreateStack', { StackName: 'team', TemplateBody: template, ...more });
  return sandbox;
}

function stackOf(sandbox: Sandbox, StackName = 'team') {
  return sandbox.call('cloudformation:DescribeStacks', { StackName }).Stacks[0];
}

function events(sandbox: Sandbox, StackName = 'team'): readonly string[] {
  const { StackEvents } = sandbox.call('cloudformation:DescribeStackEvents', { StackName });
  return StackEvents.map((event: Record<string, string>) => `${event['LogicalResourceId']} ${event['ResourceStatus']}`);
}

describe('a stack', () => {
  it('is made, shown, and deleted', () => {
    const sandbox = sandboxWith();
    const stack = stackOf(sandbox);
    expect(stack).toMatchObject({
      StackName: 'team',
      StackStatus: 'CREATE_COMPLETE',
      Outputs: [
        {
          OutputKey: 'Who',
          OutputValue: `arn:aws:iam::${accountId}:user/bea`,
          ExportName: 'team-who',
          Description: 'who',
        },
      ],
      Parameters: [
        { ParameterKey: 'Name', ParameterValue: 'bea' },
        { ParameterKey: 'Word', ParameterValue: '****' },
      ],
    });
    expect(stack.StackId).toMatch(/^arn:aws:cloudformation:us-east-1:111122223333:stack\/team\/[0-9a-f-]{36}$/);
    expect(events(sandbox)).toEqual([
      'team CREATE_COMPLETE',
      'Box CREATE_COMPLETE',
      'Box CREATE_IN_PROGRESS',
      'Box CREATE_IN_PROGRESS',
      'Bea CREATE_COMPLETE',
      'Bea CREATE_IN_PROGRESS',
      'Bea CREATE_IN_PROGRESS',
      'team CREATE_IN_PROGRESS',
    ]);
    const { StackResources } = sandbox.call('cloudformation:DescribeStackResources', { StackName: 'team' });
    const PhysicalResourceId = 'bea';
    expect(sandbox.call('cloudformation:DescribeStackResources', { PhysicalResourceId }).StackResources).toHaveLength(
      2,
    );
    expect(sandbox.fail('cloudformation:DescribeStackResources', {}).code).toBe('ValidationError');
    expect(StackResources[1].PhysicalResourceId).toMatch(/team-Box-[A-Z2-7]{12}$/);
    expect(sandbox.call('cloudformation:GetTemplate', { StackName: 'team' }).TemplateBody).toBe(users);
    sandbox.call('cloudformation:DeleteStack', { StackName: 'team' });
    expect(sandbox.fail('iam:GetUser', { UserName: 'bea' }).code).toBe('NoSuchEntity');
    expect(sandbox.fail('cloudformation:DescribeStacks', { StackName: 'team' }).message).toBe(
      'Stack with id team does not exist',
    );
    expect(stackOf(sandbox, stack.StackId).StackStatus).toBe('DELETE_COMPLETE');
    expect(sandbox.call('cloudformation:DescribeStacks', {}).Stacks).toEqual([]);
    expect(sandbox.call('cloudformation:ListStacks', {}).StackSummaries).toHaveLength(1);
  });

  it('asks for what its IAM resources take to be acknowledged', () => {
    const sandbox = new Sandbox();
    const make = (TemplateBody: string, Capabilities: string[]) =>
      sandbox.perform('cloudformation:CreateStack', { StackName: 's', TemplateBody, Capabilities }).outcome;
    expect(make(users, ['CAPABILITY_IAM'])).toMatchObject({
      error: { code: 'InsufficientCapabilitiesException', message: 'Requires capabilities : [CAPABILITY_NAMED_IAM]' },
    });
    expect(make('Resources: { A: { Type: AWS::IAM::User } }', [])).toMatchObject({
      error: { message: 'Requires capabilities : [CAPABILITY_IAM]' },
    });
    expect(make('Resources: { A: { Type: AWS::IAM::User } }', ['CAPABILITY_IAM']).kind).toBe('ok');
  });

  it('is taken back where a resource fails, with what its handler said', () => {
    const sandbox = new Sandbox();
    sandbox.call('iam:CreateUser', { UserName: 'bea' });
    sandbox.call('cloudformation:CreateStack', {
      StackName: 'team',
      TemplateBody: users.replace('Bea: {', 'Bea: { DependsOn: Box,'),
      ...named,
    });
    expect(stackOf(sandbox)).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE', Outputs: [] });
    expect(sandbox.call('sqs:ListQueues', {}).QueueUrls ?? []).toEqual([]);
    const { StackEvents } = sandbox.call('cloudformation:DescribeStackEvents', { StackName: 'team' });
    const failed = StackEvents.find((event: Record<string, string>) => event['ResourceStatus'] === 'CREATE_FAILED');
    expect(failed.ResourceStatusReason).toMatch(
      /^Resource handler returned message: "User with name bea already exists\. \(Service: Iam, Status Code: 409, Request ID: [0-9a-f-]+\) \(SDK Attempt Count: 1\)" \(RequestToken: [0-9a-f-]+, HandlerErrorCode: AlreadyExists\)$/,
    );
    expect(events(sandbox)).toContain('team ROLLBACK_IN_PROGRESS');
    expect(
      sandbox.fail('cloudformation:UpdateStack', { StackName: 'team', UsePreviousTemplate: true, ...named }).message,
    ).toMatch(/is in ROLLBACK_COMPLETE state and can not be updated\.$/);
  });

  it('keeps, or takes with it, what was made before it failed, as it was told', () => {
    const template =
      'Resources: { Box: { Type: AWS::SQS::Queue, Properties: { QueueName: box } }, No: { Type: AWS::IAM::Group, DependsOn: Box, Properties: { GroupName: taken } } }';
    const statusAfter = (more: object) => {
      const sandbox = new Sandbox();
      sandbox.call('iam:CreateGroup', { GroupName: 'taken' });
      const made = sandbox.call('cloudformation:CreateStack', {
        StackName: 's',
        TemplateBody: template,
        ...named,
        ...more,
      });
      return [stackOf(sandbox, made.StackId).StackStatus, sandbox.call('sqs:ListQueues', {}).QueueUrls?.length ?? 0];
    };
    expect(statusAfter({ OnFailure: 'DO_NOTHING' })).toEqual(['CREATE_FAILED', 1]);
    expect(statusAfter({ DisableRollback: true })).toEqual(['CREATE_FAILED', 1]);
    expect(statusAfter({ OnFailure: 'DELETE' })).toEqual(['DELETE_COMPLETE', 0]);
  });

  it('removes what was half made', () => {
    const sandbox = sandboxWith(
      'Resources: { Bea: { Type: AWS::IAM::User, Properties: { UserName: bea, Groups: [nobody] } } }',
    );
    expect(stackOf(sandbox).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(sandbox.fail('iam:GetUser', { UserName: 'bea' }).code).toBe('NoSuchEntity');
  });

  it('stays where a resource cannot be removed, and goes when it is left behind', () => {
    const sandbox = sandboxWith(`
Resources:
  Store: { Type: AWS::S3::Bucket, Properties: { BucketName: full } }
  Lock: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: !Ref Store, PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Deny, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::full/secret" }] } } }
  Kept: { Type: AWS::SQS::Queue, DeletionPolicy: Retain }
`);
    sandbox.call('s3:PutObject', { Bucket: 'full', Key: 'a', Body: text('x') });
    sandbox.call('cloudformation:DeleteStack', { StackName: 'team' });
    expect(stackOf(sandbox)).toMatchObject({
      StackStatus: 'DELETE_FAILED',
      StackStatusReason: 'The following resource(s) failed to delete: [Store]. ',
    });
    expect(events(sandbox)).toEqual(expect.arrayContaining(['Kept DELETE_SKIPPED', 'Lock DELETE_COMPLETE']));
    sandbox.call('cloudformation:DeleteStack', { StackName: 'team', RetainResources: ['Store'] });
    expect(sandbox.call('cloudformation:DescribeStacks', {}).Stacks).toEqual([]);
    expect(sandbox.call('s3:ListBuckets', {}).Buckets).toHaveLength(1);
    expect(sandbox.call('sqs:ListQueues', {}).QueueUrls).toHaveLength(1);
  });

  it('is protected from deletion until that is taken off', () => {
    const sandbox = sandboxWith(users, { ...named, EnableTerminationProtection: true });
    expect(sandbox.fail('cloudformation:DeleteStack', { StackName: 'team' }).message).toBe(
      'Stack [team] cannot be deleted while TerminationProtection is enabled',
    );
    sandbox.call('cloudformation:UpdateTerminationProtection', {
      StackName: 'team',
      EnableTerminationProtection: false,
    });
    sandbox.call('cloudformation:DeleteStack', { StackName: 'team' });
    expect(sandbox.call('cloudformation:DescribeStacks', {}).Stacks).toEqual([]);
  });

  it('gives its tags to its resources, and hands values to other stacks', () => {
    const sandbox = sandboxWith(users, { ...named, Tags: [{ Key: 'team', Value: 'web' }] });
    expect(sandbox.call('iam:ListUserTags', { UserName: 'bea' }).Tags).toEqual([{ Key: 'team', Value: 'web' }]);
    const other =
      'Resources: { P: { Type: AWS::SSM::Parameter, Properties: { Name: p, Type: String, Value: !ImportValue team-who } } }';
    sandbox.call('cloudformation:CreateStack', { StackName: 'other', TemplateBody: other });
    expect(sandbox.call('ssm:GetParameter', { Name: 'p' }).Parameter.Value).toBe(`arn:aws:iam::${accountId}:user/bea`);
    expect(sandbox.call('cloudformation:ListImports', { ExportName: 'team-who' }).Imports).toEqual(['other']);
    sandbox.call('cloudformation:DeleteStack', { StackName: 'team' });
    expect(stackOf(sandbox)).toMatchObject({
      StackStatus: 'DELETE_FAILED',
      StackStatusReason: 'Export team-who cannot be deleted as it is in use by other.',
    });
    sandbox.call('cloudformation:CreateStack', {
      StackName: 'twin',
      TemplateBody: users.replace('Default: bea', 'Default: ben').replace('${AWS::StackName}', 'team'),
      ...named,
    });
    expect(stackOf(sandbox, 'twin').StackStatus).toBe('ROLLBACK_COMPLETE');
  });

  it('is made by the rights of the caller, or of the role that is passed', () => {
    const sandbox = new Sandbox();
    const trust = policy({
      Effect: 'Allow',
      Principal: { Service: 'cloudformation.amazonaws.com' },
      Action: 'sts:AssumeRole',
    });
    sandbox.call('iam:CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: trust });
    const RoleARN = `arn:aws:iam::${accountId}:role/deploy`;
    sandbox.call('iam:PutRolePolicy', {
      RoleName: 'deploy',
      PolicyName: 'p',
      PolicyDocument: policy(allow(['iam:*', 'sqs:*'])),
    });
    const eve = sandbox.user('eve', allow('cloudformation:*'), deny('sqs:DeleteQueue'));
    const make = (StackName: string, more: object, caller = eve) => {
      const { outcome } = sandbox.perform(
        'cloudformation:CreateStack',
        { StackName, TemplateBody: users, ...named, ...more },
        caller,
      );
      return outcome.kind === 'error' ? outcome.error.message : stackOf(sandbox, StackName).StackStatus;
    };
    expect(make('a', {})).toBe('ROLLBACK_COMPLETE');
    expect(events(sandbox, 'a')).toContain('Bea CREATE_FAILED');
    expect(make('b', { RoleARN })).toMatch(/is not authorized to perform: iam:PassRole on resource: .*role\/deploy/);
    sandbox.call('iam:PutUserPolicy', {
      UserName: 'eve',
      PolicyName: 'pass',
      PolicyDocument: policy(
        allow('iam:PassRole', RoleARN, {
          Condition: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
        }),
      ),
    });
    expect(make('b', { RoleARN })).toBe('CREATE_COMPLETE');
    // The role is the stack's from now on: Eve may not delete queues, nor does she pass it.
    sandbox.call('iam:DeleteUserPolicy', { UserName: 'eve', PolicyName: 'pass' });
    sandbox.call('cloudformation:DeleteStack', { StackName: 'b' }, eve);
    expect(sandbox.call('sqs:ListQueues', {}).QueueUrls ?? []).toEqual([]);
    sandbox.call('iam:UpdateAssumeRolePolicy', {
      RoleName: 'deploy',
      PolicyDocument: trust.replace('cloudformation', 'lambda'),
    });
    expect(make('c', { RoleARN }, root)).toBe(`Role ${RoleARN} is invalid or cannot be assumed`);
  });

  it('reads its template out of a bucket on behalf of the caller', () => {
    const sandbox = new Sandbox();
    sandbox.call('s3:CreateBucket', { Bucket: 'templates' });
    sandbox.call('s3:PutObject', { Bucket: 'templates', Key: 'a/users.yaml', Body: text(users) });
    const eve = sandbox.user('eve', allow(['cloudformation:*', 'iam:*', 'sqs:*']));
    const make = (StackName: string, TemplateURL: string, caller = root) =>
      sandbox.perform('cloudformation:CreateStack', { StackName, TemplateURL, ...named }, caller).outcome;
    const url = 'https://templates.s3.us-east-1.amazonaws.com/a/users.yaml';
    expect(make('a', url, eve)).toMatchObject({
      error: { message: expect.stringMatching(/^S3 error: .*s3:GetObject/) },
    });
    expect(make('a', url).kind).toBe('ok');
    expect(stackOf(sandbox, 'a').StackStatus).toBe('CREATE_COMPLETE');
    expect(make('b', 'https://example.com/a.yaml')).toMatchObject({ error: { code: 'ValidationError' } });
    expect(make('b', 'https://s3.amazonaws.com/templates/none')).toMatchObject({
      error: { message: expect.stringMatching(/^S3 error: /) },
    });
  });
});
