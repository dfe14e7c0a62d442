import { expect } from 'vitest';
import type { Answers, Scenario } from './scenario.ts';

const cfn = (command: string, ...more: readonly string[]) => ['cloudformation', command, ...more];
const onShop = (command: string, ...more: readonly string[]) => cfn(command, '--stack-name', 'shop', ...more);
const body = (file: string) => ['--template-body', `file://${file}`];
const named = ['--capabilities', 'CAPABILITY_NAMED_IAM'];
const status =
  (wanted: string) =>
  ({ Stacks: [stack] }: Answers['x']) =>
    expect(stack.StackStatus).toBe(wanted);

const shop = `AWSTemplateFormatVersion: "2010-09-09"
Description: a shop
Parameters:
  Delay: { Type: Number, Default: 5, MaxValue: 900 }
  Word: { Type: String, NoEcho: true, Default: sesame }
Conditions: { IsSlow: !Not [!Equals [!Ref Delay, 0]] }
Resources:
  Jobs: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: !If [IsSlow, !Ref Delay, !Ref AWS::NoValue] } }
  Worker:
    Type: AWS::IAM::Role
    Properties:
      RoleName: worker
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }]
      Policies:
        - PolicyName: send
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{ Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Jobs.Arn }]
Outputs:
  Queue: { Value: !Ref Jobs, Export: { Name: !Sub "\${AWS::StackName}-queue" } }
`;
const reader = `Resources:
  Note: { Type: AWS::SSM::Parameter, Properties: { Name: /note, Type: String, Value: !ImportValue shop-queue } }
`;

export const scenario: Scenario = {
  service: 'cloudformation',
  files: {
    'shop.yaml': shop,
    'reader.yaml': reader,
    'wider.yaml': shop
      .replace('sqs:SendMessage', '"sqs:*"')
      .replace('Jobs: {', 'More: { Type: AWS::SNS::Topic }\n  Jobs: {'),
    'broken.yaml': 'Resources: { A: { Type: AWS::IAM::Role } }',
    'failing.yaml':
      'Resources: { A: { Type: AWS::SQS::Queue }, B: { Type: AWS::SQS::Queue, DependsOn: A, Properties: { DelaySeconds: 9999 } } }',
    'policy.json': JSON.stringify({
      Statement: [{ Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' }],
    }),
  },
  steps: [
    {
      run: cfn('validate-template', ...body('shop.yaml')),
      shows: ({ Capabilities }) => expect(Capabilities).toEqual(['CAPABILITY_NAMED_IAM']),
    },
    { run: cfn('validate-template', ...body('broken.yaml')), ends: 'ValidationError' },
    {
      run: cfn('get-template-summary', ...body('shop.yaml')),
      shows: ({ ResourceTypes }) => expect(ResourceTypes).toEqual(['AWS::SQS::Queue', 'AWS::IAM::Role']),
    },
    { run: onShop('create-stack', ...body('shop.yaml')), ends: 'InsufficientCapabilitiesException' },
    { run: onShop('create-stack', ...body('shop.yaml'), ...named, '--tags', 'Key=team,Value=web'), name: 'made' },
    { run: onShop('create-stack', ...body('shop.yaml'), ...named), ends: 'AlreadyExistsException' },
    { run: cfn('wait', 'stack-create-complete', '--stack-name', 'shop') },
    { run: onShop('describe-stacks'), shows: status('CREATE_COMPLETE') },
    { run: cfn('describe-stacks', '--stack-name', 'none'), ends: 'ValidationError' },
    { run: cfn('describe-stacks'), shows: ({ Stacks }) => expect(Stacks).toHaveLength(1) },
    { run: cfn('list-stacks', '--stack-status-filter', 'CREATE_COMPLETE') },
    { run: onShop('describe-stack-events'), shows: ({ StackEvents }) => expect(StackEvents).toHaveLength(8) },
    { run: onShop('describe-stack-resources'), name: 'resources' },
    { run: onShop('describe-stack-resource', '--logical-resource-id', 'Worker') },
    { run: onShop('list-stack-resources') },
    { run: onShop('get-template'), shows: ({ TemplateBody }) => expect(TemplateBody).toBe(shop) },
    { run: cfn('create-stack', '--stack-name', 'reader', ...body('reader.yaml')) },
    { run: cfn('list-exports'), shows: ({ Exports }) => expect(Exports).toHaveLength(1) },
    {
      run: cfn('list-imports', '--export-name', 'shop-queue'),
      shows: ({ Imports }) => expect(Imports).toEqual(['reader']),
    },
    { run: onShop('set-stack-policy', '--stack-policy-body', 'file://policy.json') },
    { run: onShop('get-stack-policy') },
    {
      run: onShop('create-change-set', '--change-set-name', 'wider', ...body('wider.yaml'), ...named),
    },
    {
      run: onShop('describe-change-set', '--change-set-name', 'wider'),
      shows: ({ Changes }) => expect(Changes).toHaveLength(2),
    },
    { run: onShop('list-change-sets') },
    { run: onShop('execute-change-set', '--change-set-name', 'wider') },
    { run: onShop('execute-change-set', '--change-set-name', 'wider'), ends: 'InvalidChangeSetStatus' },
    { run: onShop('delete-change-set', '--change-set-name', 'wider') },
    { run: onShop('describe-stacks'), shows: status('UPDATE_COMPLETE') },
    { run: onShop('update-stack', '--use-previous-template', ...named), ends: 'ValidationError' },
    {
      run: onShop(
        'update-stack',
        '--use-previous-template',
        ...named,
        '--parameters',
        'ParameterKey=Delay,ParameterValue=0',
      ),
    },
    { run: onShop('update-termination-protection', '--enable-termination-protection') },
    { run: onShop('delete-stack'), ends: 'ValidationError' },
    { run: onShop('update-termination-protection', '--no-enable-termination-protection') },
    { run: cfn('create-stack', '--stack-name', 'failing', ...body('failing.yaml')) },
    { run: cfn('describe-stacks', '--stack-name', 'failing'), shows: status('ROLLBACK_COMPLETE') },
    { run: onShop('cancel-update-stack'), ends: 'ValidationError' },
    { run: cfn('delete-stack', '--stack-name', 'reader') },
    { run: onShop('delete-stack') },
    { run: onShop('describe-stacks'), ends: 'ValidationError' },
    {
      run: ({ made }) => cfn('describe-stacks', '--stack-name', made.StackId),
      shows: status('DELETE_COMPLETE'),
    },
  ],
};
