import { expect } from 'vitest';
import type { Answers, Scenario } from './scenario.ts';

const ssm = (command: string, ...more: readonly string[]) => ['ssm', command, ...more];
const iam = (command: string, ...more: readonly string[]) => ['iam', command, ...more];

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const greet = (text: string) =>
  JSON.stringify({
    schemaVersion: '2.2',
    description: 'Greets',
    parameters: { Who: { type: 'String', default: 'you' } },
    mainSteps: [{ action: 'aws:runShellScript', name: 'greet', inputs: { runCommand: [`echo ${text} {{ Who }}`] } }],
  });
const runbook = `schemaVersion: "0.3"
parameters:
  InstanceId: { type: String }
mainSteps:
  - name: describe
    action: aws:executeAwsApi
    inputs: { Service: ec2, Api: DescribeInstances, InstanceIds: ["{{ InstanceId }}"] }
    outputs:
      - { Name: State, Selector: "$.Reservations[0].Instances[0].State.Name", Type: String }
outputs: [describe.State]
`;

const nodeOf = ({ launched }: Answers): string => launched.Instances[0].InstanceId;
const ofCommand = ({ command }: Answers) => ['--command-id', command.Command.CommandId];
const ofExecution = ({ execution }: Answers) => ['--automation-execution-id', execution.AutomationExecutionId];

export const scenario: Scenario = {
  service: 'ssm',
  files: { 'greet.json': greet('hello'), 'later.json': greet('good day'), 'runbook.yaml': runbook },
  steps: [
    { run: ssm('put-parameter', '--name', '/app/user', '--type', 'String', '--value', 'one') },
    { run: ssm('put-parameter', '--name', '/app/user', '--value', 'two', '--overwrite') },
    {
      run: ssm(
        'label-parameter-version',
        '--name',
        '/app/user',
        '--parameter-version',
        '1',
        '--labels',
        'old',
        'older',
      ),
    },
    {
      run: ssm(
        'unlabel-parameter-version',
        '--name',
        '/app/user',
        '--parameter-version',
        '1',
        '--labels',
        'older',
        'none',
      ),
      shows: (answer) => expect(answer).toEqual({ RemovedLabels: ['older'], InvalidLabels: ['none'] }),
    },
    {
      run: ssm('get-parameter', '--name', '/app/user:old'),
      shows: (answer) => expect(answer.Parameter).toMatchObject({ Value: 'one', Selector: ':old' }),
    },
    {
      run: ssm('get-parameter-history', '--name', '/app/user'),
      shows: (answer) => expect(answer.Parameters).toHaveLength(2),
    },

    {
      run: ssm(
        'create-document',
        '--name',
        'Greet',
        '--content',
        'file://greet.json',
        '--document-type',
        'Command',
        '--tags',
        'Key=team,Value=red',
      ),
      shows: (answer) =>
        expect(answer.DocumentDescription).toMatchObject({ Name: 'Greet', Status: 'Active', DocumentVersion: '1' }),
    },
    { run: ssm('create-document', '--name', 'Greet', '--content', 'file://greet.json'), ends: 'DocumentAlreadyExists' },
    {
      run: ssm('update-document', '--name', 'Greet', '--content', 'file://later.json', '--document-version', '$LATEST'),
      shows: (answer) => expect(answer.DocumentDescription.DocumentVersion).toBe('2'),
    },
    { run: ssm('update-document-default-version', '--name', 'Greet', '--document-version', '2') },
    {
      run: ssm('get-document', '--name', 'Greet', '--document-format', 'YAML'),
      shows: (answer) => expect(answer.Content).toContain('good day'),
    },
    {
      run: ssm('describe-document', '--name', 'AWS-RunShellScript'),
      shows: (answer) => expect(answer.Document.Owner).toBe('Amazon'),
    },
    {
      run: ssm('list-document-versions', '--name', 'Greet'),
      shows: (answer) => expect(answer.DocumentVersions).toHaveLength(2),
    },
    {
      run: ssm('list-documents', '--filters', 'Key=Owner,Values=Self'),
      shows: (answer) => expect(answer.DocumentIdentifiers).toMatchObject([{ Name: 'Greet' }]),
    },
    {
      run: ssm('list-tags-for-resource', '--resource-type', 'Document', '--resource-id', 'Greet'),
      shows: (answer) => expect(answer.TagList).toHaveLength(1),
    },
    {
      run: ssm(
        'modify-document-permission',
        '--name',
        'Greet',
        '--permission-type',
        'Share',
        '--account-ids-to-add',
        '444455556666',
      ),
    },
    {
      run: ssm('describe-document-permission', '--name', 'Greet', '--permission-type', 'Share'),
      shows: (answer) => expect(answer.AccountIds).toEqual(['444455556666']),
    },
    {
      run: ssm(
        'modify-document-permission',
        '--name',
        'Greet',
        '--permission-type',
        'Share',
        '--account-ids-to-remove',
        '444455556666',
      ),
    },

    { run: iam('create-role', '--role-name', 'Node', '--assume-role-policy-document', trust) },
    {
      run: iam(
        'attach-role-policy',
        '--role-name',
        'Node',
        '--policy-arn',
        'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
      ),
    },
    { run: iam('create-instance-profile', '--instance-profile-name', 'Node') },
    { run: iam('add-role-to-instance-profile', '--instance-profile-name', 'Node', '--role-name', 'Node') },
    {
      run: [
        'ec2',
        'run-instances',
        '--image-id',
        'ami-0abcdef1234567890',
        '--instance-type',
        't3.micro',
        '--iam-instance-profile',
        'Name=Node',
      ],
      name: 'launched',
    },
    {
      run: ssm('describe-instance-information'),
      shows: (answer, answers) =>
        expect(answer.InstanceInformationList).toMatchObject([{ InstanceId: nodeOf(answers), PingStatus: 'Online' }]),
    },
    {
      run: (answers) => ssm('get-connection-status', '--target', nodeOf(answers)),
      shows: (answer) => expect(answer.Status).toBe('connected'),
    },
    {
      run: (answers) =>
        ssm('send-command', '--document-name', 'Greet', '--instance-ids', nodeOf(answers), '--parameters', 'Who=Bea'),
      name: 'command',
    },
    { run: (answers) => ssm('wait', 'command-executed', ...ofCommand(answers), '--instance-id', nodeOf(answers)) },
    {
      run: (answers) => ssm('get-command-invocation', ...ofCommand(answers), '--instance-id', nodeOf(answers)),
      shows: (answer) =>
        expect(answer).toMatchObject({
          Status: 'Success',
          StandardOutputContent: 'good day Bea\n',
          PluginName: 'greet',
        }),
    },
    {
      run: (answers) => ssm('list-commands', ...ofCommand(answers)),
      shows: (answer) => expect(answer.Commands).toMatchObject([{ Status: 'Success', DocumentName: 'Greet' }]),
    },
    {
      run: (answers) => ssm('list-command-invocations', ...ofCommand(answers), '--details'),
      shows: (answer) =>
        expect(answer.CommandInvocations[0].CommandPlugins).toMatchObject([{ Output: 'good day Bea\n' }]),
    },
    { run: (answers) => ssm('cancel-command', ...ofCommand(answers)) },
    {
      run: ssm(
        'send-command',
        '--document-name',
        'AWS-RunShellScript',
        '--instance-ids',
        'i-00000000000000000',
        '--parameters',
        'commands=id',
      ),
      ends: 'InvalidInstanceId',
    },

    // The CLI ends the session that it has started where its plugin is not installed: the history alone keeps it.
    {
      run: (answers) =>
        ssm('describe-sessions', '--state', 'Active', '--filters', `key=Target,value=${nodeOf(answers)}`),
      shows: (answer) => expect(answer.Sessions).toEqual([]),
    },

    {
      run: ssm(
        'create-document',
        '--name',
        'Look',
        '--content',
        'file://runbook.yaml',
        '--document-type',
        'Automation',
        '--document-format',
        'YAML',
      ),
    },
    {
      run: (answers) =>
        ssm('start-automation-execution', '--document-name', 'Look', '--parameters', `InstanceId=${nodeOf(answers)}`),
      name: 'execution',
    },
    {
      run: (answers) => ssm('get-automation-execution', ...ofExecution(answers)),
      shows: (answer) =>
        expect(answer.AutomationExecution).toMatchObject({
          AutomationExecutionStatus: 'Success',
          Outputs: { 'describe.State': ['running'] },
        }),
    },
    {
      run: (answers) => ssm('describe-automation-step-executions', ...ofExecution(answers)),
      shows: (answer) => expect(answer.StepExecutions).toMatchObject([{ StepName: 'describe', StepStatus: 'Success' }]),
    },
    {
      run: ssm('describe-automation-executions', '--filters', 'Key=DocumentNamePrefix,Values=Look'),
      shows: (answer) => expect(answer.AutomationExecutionMetadataList).toHaveLength(1),
    },
    {
      run: (answers) => ssm('stop-automation-execution', ...ofExecution(answers)),
      ends: 'InvalidAutomationStatusUpdateException',
    },
    { run: ssm('delete-document', '--name', 'Greet') },
    { run: ssm('get-document', '--name', 'Greet'), ends: 'InvalidDocument' },
  ],
};
