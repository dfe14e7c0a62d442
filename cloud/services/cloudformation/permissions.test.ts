import { describe, expect, it } from 'vitest';
import { accountId, allow, Sandbox } from '../../testing/sandbox.ts';

const TemplateBody = 'Resources: { Box: { Type: AWS::SQS::Queue } }';
const prefix = `arn:aws:cloudformation:us-east-1:${accountId}:stack`;
const when = (key: string, value: string) => ({ Condition: { StringEquals: { [key]: value } } });

describe('the permissions of calls about stacks', () => {
  it('are on the stack, by its name before there is one', () => {
    const sandbox = new Sandbox();
    expect(sandbox.asked('cloudformation:CreateStack', { StackName: 'a', TemplateBody })[0]).toBe(
      `cloudformation:CreateStack ${prefix}/a/*`,
    );
    const { StackId } = sandbox.call('cloudformation:DescribeStacks', { StackName: 'a' }).Stacks[0];
    expect(sandbox.asked('cloudformation:GetTemplate', { StackName: 'a' })).toEqual([
      `cloudformation:GetTemplate ${StackId}`,
    ]);
    expect(sandbox.asked('cloudformation:DescribeStacks', {})).toEqual([
      `cloudformation:DescribeStacks ${prefix}/*/*`,
      'cloudformation:ListStacks *',
    ]);
    expect(sandbox.asked('cloudformation:ValidateTemplate', { TemplateBody })).toEqual([
      'cloudformation:ValidateTemplate *',
    ]);
    const made = sandbox.call('cloudformation:CreateChangeSet', { StackName: 'a', ChangeSetName: 'c', TemplateBody });
    expect(sandbox.asked('cloudformation:DescribeChangeSet', { ChangeSetName: made.Id })).toEqual([
      `cloudformation:DescribeChangeSet ${StackId}`,
    ]);
  });

  it.each([
    ['cloudformation:RoleArn', 'CreateStack', { RoleARN: `arn:aws:iam::${accountId}:role/r` }],
    ['cloudformation:TemplateUrl', 'CreateStack', { TemplateURL: 'https://s3.amazonaws.com/b/k' }],
    ['cloudformation:StackPolicyUrl', 'CreateStack', { StackPolicyURL: 'https://s3.amazonaws.com/b/k' }],
    ['cloudformation:ChangeSetName', 'DescribeChangeSet', { ChangeSetName: 'c' }],
  ])('%s is what the call says', (key, operation, more) => {
    const sandbox = new Sandbox();
    const [value = ''] = Object.values(more);
    const right = sandbox.user('right', allow(['cloudformation:*', 'iam:PassRole', 's3:*'], '*', when(key, value)));
    const wrong = sandbox.user('wrong', allow('cloudformation:*', '*', when(key, 'other')));
    const input = { StackName: 'a', ...more };
    const denied = /is not authorized to perform: cloudformation:/;
    expect(sandbox.fail(`cloudformation:${operation}`, input, wrong).message).toMatch(denied);
    expect(sandbox.fail(`cloudformation:${operation}`, input, right).message).not.toMatch(denied);
  });

  it('can be held to types of resources, and to the tags of a stack', () => {
    const sandbox = new Sandbox();
    const queues = { 'ForAllValues:StringEquals': { 'cloudformation:ResourceTypes': 'AWS::SQS::Queue' } };
    const given = { Null: { 'cloudformation:ResourceTypes': 'false' } };
    const eve = sandbox.user(
      'eve',
      allow('cloudformation:CreateStack', '*', { Condition: { ...queues, ...given } }),
      allow('cloudformation:DeleteStack', '*', when('aws:ResourceTag/owner', 'eve')),
      allow('sqs:*'),
    );
    const make = (StackName: string, more: object) =>
      sandbox.perform('cloudformation:CreateStack', { StackName, TemplateBody, ...more }, eve).outcome.kind;
    expect(make('a', {})).toBe('error');
    expect(make('a', { ResourceTypes: ['AWS::SQS::Queue', 'AWS::IAM::User'] })).toBe('error');
    const ResourceTypes = ['AWS::SQS::Queue'];
    expect(make('a', { ResourceTypes })).toBe('ok');
    expect(make('b', { ResourceTypes, Tags: [{ Key: 'owner', Value: 'eve' }] })).toBe('ok');
    const input = {
      StackName: 'c',
      TemplateBody: 'Resources: { A: { Type: AWS::SNS::Topic } }',
      ResourceTypes,
    };
    expect(sandbox.fail('cloudformation:CreateStack', input, eve).message).toBe(
      'Resource type AWS::SNS::Topic is not allowed by parameter ResourceTypes [AWS::SQS::Queue]',
    );
    expect(sandbox.fail('cloudformation:DeleteStack', { StackName: 'a' }, eve).code).toBe('AccessDenied');
    expect(sandbox.perform('cloudformation:DeleteStack', { StackName: 'b' }, eve).outcome.kind).toBe('ok');
  });

  it('make what the stack does a forwarded call of who called', () => {
    const sandbox = new Sandbox();
    const via = { Condition: { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' } } };
    const eve = sandbox.user('eve', allow('cloudformation:*'), allow('sqs:*', '*', via));
    expect(sandbox.fail('sqs:CreateQueue', { QueueName: 'direct' }, eve).code).toMatch(/AccessDenied/);
    sandbox.call('cloudformation:CreateStack', { StackName: 'a', TemplateBody }, eve);
    expect(sandbox.call('cloudformation:DescribeStacks', { StackName: 'a' }).Stacks[0].StackStatus).toBe(
      'CREATE_COMPLETE',
    );
  });
});

describe('templates that are refused', () => {
  it.each([
    ['Resources: {}', 'Template format error: At least one Resources member must be defined.'],
    [
      'Resources: { A: { Type: AWS::Foo::Bar } }',
      'Template format error: Unrecognized resource types: [AWS::Foo::Bar]',
    ],
    [
      'Resources: { A: { Type: AWS::SQS::Queue, Properties: { QueueName: !Ref B } } }',
      'Template format error: Unresolved resource dependencies [B] in the Resources block of the template',
    ],
    [
      'Resources: { A: { Type: AWS::SQS::Queue, DependsOn: B }, B: { Type: AWS::SQS::Queue, DependsOn: A } }',
      'Circular dependency between resources: [A, B]',
    ],
    [
      'Transform: x\nResources: { A: { Type: AWS::SQS::Queue } }',
      'Invalid template property or properties [Transform]',
    ],
    ['{', 'Template format error: YAML not well-formed. (line 1, column 2)'],
  ])('%s', (body, message) => {
    const sandbox = new Sandbox();
    const input = { StackName: 'a', TemplateBody: body };
    expect(sandbox.fail('cloudformation:CreateStack', input)).toMatchObject({ code: 'ValidationError', message });
    expect(sandbox.fail('cloudformation:ValidateTemplate', { TemplateBody: body }).message).toBe(message);
    expect(sandbox.call('cloudformation:ListStacks', {}).StackSummaries).toEqual([]);
  });

  it('are told apart from those that are good', () => {
    const sandbox = new Sandbox();
    const body = `
Description: people
Parameters: { Name: { Type: String, Default: x, NoEcho: true, Description: who } }
Resources: { A: { Type: AWS::IAM::User, Properties: { UserName: !Ref Name } }, B: { Type: AWS::SQS::Queue } }
`;
    expect(sandbox.call('cloudformation:ValidateTemplate', { TemplateBody: body })).toEqual({
      Description: 'people',
      Parameters: [{ ParameterKey: 'Name', NoEcho: true, DefaultValue: 'x', Description: 'who' }],
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::User]',
    });
    expect(sandbox.call('cloudformation:GetTemplateSummary', { TemplateBody: body })).toMatchObject({
      ResourceTypes: ['AWS::IAM::User', 'AWS::SQS::Queue'],
      Parameters: [{ ParameterKey: 'Name', ParameterType: 'String' }],
    });
  });
});
