import { beforeEach, describe, expect, it } from 'vitest';
import { allow, Sandbox } from '../../../testing/sandbox.ts';
import { givenNode, withScripts } from '../testing/nodes.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const send = (input: object) => sandbox.call('ssm:SendCommand', input).Command;
const invocation = (CommandId: string, InstanceId: string, more: object = {}) =>
  sandbox.call('ssm:GetCommandInvocation', { CommandId, InstanceId, ...more });

describe('documents as commands', () => {
  const create = (parameters: object, inputs: object) =>
    sandbox.call('ssm:CreateDocument', {
      Name: 'Mine',
      Content: JSON.stringify({
        schemaVersion: '2.2',
        parameters,
        mainSteps: [
          {
            action: 'aws:runPowerShellScript',
            name: 'windows',
            precondition: { StringEquals: ['platformType', 'Windows'] },
            inputs: {},
          },
          { action: 'aws:runShellScript', name: 'linux', inputs },
        ],
      }),
    });

  it('have values put in once, and none of a variable’s into the text', () => {
    const node = givenNode(sandbox);
    const orders = withScripts(sandbox, () => ({ stdout: 'done' }));
    create(
      { Who: { type: 'String' }, Safe: { type: 'String', interpolationType: 'ENV_VAR' } },
      { runCommand: ['echo {{Who}} {{ Safe }} {{ Other }}'], timeoutSeconds: '7' },
    );
    const Parameters = { Who: ['{{ Safe }}; id'], Safe: ['$(id)'] };
    const { CommandId } = send({ DocumentName: 'Mine', InstanceIds: [node], Parameters });
    sandbox.pass();
    expect(orders).toMatchObject([
      {
        script: 'echo {{ Safe }}; id {{ Safe }} {{ Other }}',
        variables: { SSM_Safe: '$(id)' },
        timeoutMilliseconds: 7000,
      },
    ]);
    expect(invocation(CommandId, node, { PluginName: 'linux' }).StandardOutputContent).toBe('done');
    expect(invocation(CommandId, node, { PluginName: 'windows' }).StandardOutputContent).toMatch(/skipped/);
    expect(sandbox.fail('ssm:GetCommandInvocation', { CommandId, InstanceId: node, PluginName: 'other' }).code).toBe(
      'InvalidPluginName',
    );
  });

  it('hold values to their patterns', () => {
    const node = givenNode(sandbox);
    create({ Who: { type: 'String', allowedPattern: '[a-z]+' } }, { runCommand: ['echo {{Who}}'] });
    const error = sandbox.fail('ssm:SendCommand', {
      DocumentName: 'Mine',
      InstanceIds: [node],
      Parameters: { Who: ['x; id'] },
    });
    expect(error.code).toBe('InvalidParameters');
  });
});

it('refuses values that would fill the memory, or take a pattern for ever', () => {
  const node = givenNode(sandbox);
  const create = (Name: string, parameter: object, runCommand: readonly string[]) =>
    sandbox.call('ssm:CreateDocument', {
      Name,
      Content: JSON.stringify({
        schemaVersion: '2.2',
        parameters: { A: parameter },
        mainSteps: [{ action: 'aws:runShellScript', name: 'many', inputs: { runCommand } }],
      }),
    });
  create(
    'Lines',
    { type: 'StringList' },
    Array.from({ length: 3000 }, () => '{{A}}'),
  );
  create('Words', { type: 'String' }, ['{{A}} '.repeat(8000)]);
  create('Pattern', { type: 'String', allowedPattern: '(x+x+)+y' }, ['{{A}}']);
  const fail = (DocumentName: string, A: readonly string[]) =>
    sandbox.fail('ssm:SendCommand', { DocumentName, InstanceIds: [node], Parameters: { A } }).code;
  expect(
    fail(
      'Lines',
      Array.from({ length: 5000 }, () => 'x'),
    ),
  ).toBe('MaxDocumentSizeExceeded');
  expect(fail('Words', ['x'.repeat(60_000)])).toBe('MaxDocumentSizeExceeded');
  expect(fail('Words', ['x'.repeat(70_000)])).toBe('InvalidParameters');
  expect(fail('Pattern', ['x'.repeat(60_000)])).toBe('InvalidParameters');
});

it('reads Parameter Store for who sends a command', () => {
  const node = givenNode(sandbox);
  const orders = withScripts(sandbox, () => ({}));
  sandbox.call('ssm:PutParameter', { Name: '/app/word', Type: 'String', Value: 'hello; {{ id }}' });
  sandbox.call('ssm:PutParameter', { Name: '/app/secret', Type: 'SecureString', Value: 'hunter2' });
  const input = (...commands: readonly string[]) => ({
    DocumentName: 'AWS-RunShellScript',
    InstanceIds: [node],
    Parameters: { commands },
  });
  const { Parameters } = send(input('echo {{ssm:/app/word}} {{ ssm:/app/word:1 }}'));
  sandbox.pass();
  expect(orders).toMatchObject([{ script: 'echo hello; {{ id }} hello; {{ id }}' }]);
  expect(Parameters.commands).toEqual(['echo {{ssm:/app/word}} {{ ssm:/app/word:1 }}']);
  expect(sandbox.fail('ssm:SendCommand', input('{{ssm:/none}}')).message).toBe('Parameters: [/none] not found.');
  expect(sandbox.fail('ssm:SendCommand', input('{{ssm:/app/secret}}')).code).toBe('InvalidParameters');
  const eve = sandbox.user('eve', allow('ssm:SendCommand'));
  expect(sandbox.fail('ssm:SendCommand', input('{{ssm:/app/word}}'), eve).message).toContain('ssm:GetParameters');
  sandbox.call('ssm:SendCommand', input('id'), eve);
});
