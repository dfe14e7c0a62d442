import { beforeEach, describe, expect, it, test } from 'vitest';
import { accountId, allow, Sandbox } from '../../../testing/sandbox.ts';
import { documentArn, givenNode, instanceArn, withScripts } from '../testing/nodes.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const shell = (node: string, commands: readonly string[], more: object = {}) => ({
  DocumentName: 'AWS-RunShellScript',
  InstanceIds: [node],
  Parameters: { commands },
  ...more,
});
const send = (input: object) => sandbox.call('ssm:SendCommand', input).Command;
const invocation = (CommandId: string, InstanceId: string, more: object = {}) =>
  sandbox.call('ssm:GetCommandInvocation', { CommandId, InstanceId, ...more });

describe('SendCommand', () => {
  it('answers at once, and runs when the clock comes to it', () => {
    const node = givenNode(sandbox);
    const orders = withScripts(sandbox, () => ({ stdout: 'hello\n' }));
    const command = send(shell(node, ['cd /tmp', 'echo hello'], { Comment: 'greet' }));
    expect(command).toMatchObject({ Status: 'Pending', TargetCount: 1, InstanceIds: [node], Comment: 'greet' });
    expect(orders).toEqual([]);
    sandbox.pass();
    expect(orders).toMatchObject([
      {
        instanceId: node,
        user: 'root',
        directory: '/usr/bin',
        script: 'cd /tmp\necho hello',
        timeoutMilliseconds: 3_600_000,
      },
    ]);
    expect(invocation(command.CommandId, node)).toMatchObject({
      Status: 'Success',
      ResponseCode: 0,
      StandardOutputContent: 'hello\n',
      StandardErrorContent: '',
      PluginName: 'aws:runShellScript',
      ExecutionElapsedTime: 'PT0S',
    });
    expect(sandbox.call('ssm:ListCommands', {}).Commands).toMatchObject([{ Status: 'Success', CompletedCount: 1 }]);
    const { CommandInvocations } = sandbox.call('ssm:ListCommandInvocations', {
      CommandId: command.CommandId,
      Details: true,
    });
    expect(CommandInvocations).toMatchObject([
      { InstanceId: node, CommandPlugins: [{ Output: 'hello\n', ResponseCode: 0 }] },
    ]);
    sandbox.pass();
    expect(orders).toHaveLength(1);
  });

  it('tells how a script failed, or that it took too long', () => {
    const node = givenNode(sandbox);
    withScripts(sandbox, ({ script }) =>
      script === 'sleep 9' ? 'timed-out' : { stderr: 'no such file\n', exitCode: 2 },
    );
    const failed = send(
      shell(node, ['cat x'], { Parameters: { commands: ['cat x'], workingDirectory: ['/srv'] } }),
    ).CommandId;
    const slow = send(shell(node, [], { Parameters: { commands: ['sleep 9'], executionTimeout: ['5'] } })).CommandId;
    sandbox.pass();
    expect(invocation(failed, node)).toMatchObject({
      Status: 'Failed',
      ResponseCode: 2,
      StandardErrorContent: 'no such file\nfailed to run commands: exit status 2',
    });
    expect(invocation(slow, node)).toMatchObject({
      Status: 'TimedOut',
      StatusDetails: 'ExecutionTimedOut',
      ResponseCode: -1,
    });
    expect(sandbox.call('ssm:ListCommands', { CommandId: failed }).Commands[0]).toMatchObject({
      Status: 'Failed',
      ErrorCount: 1,
    });
  });

  it('finds nodes by tags', () => {
    const web = givenNode(sandbox, 'Web', { role: 'web' });
    givenNode(sandbox, 'Db', { role: 'db' });
    givenNode(sandbox, 'Loose', { role: 'web' }, ['s3:ListAllMyBuckets']);
    withScripts(sandbox, () => ({}));
    const Targets = [{ Key: 'tag:role', Values: ['web'] }];
    const command = send({ DocumentName: 'AWS-RunShellScript', Targets, Parameters: { commands: ['id'] } });
    expect(command.TargetCount).toBe(1);
    sandbox.pass();
    expect(invocation(command.CommandId, web).Status).toBe('Success');
    const none = send({
      DocumentName: 'AWS-RunShellScript',
      Targets: [{ Key: 'tag:role', Values: ['x'] }],
      Parameters: { commands: ['id'] },
    });
    expect(none).toMatchObject({ TargetCount: 0, StatusDetails: 'NoInstancesInTag' });
  });

  test.each<[string, object, string, RegExp]>([
    ['a document that is not there', { DocumentName: 'Nothing' }, 'InvalidDocument', /Nothing/],
    ['a runbook', { DocumentName: 'AWS-RestartEC2Instance' }, 'InvalidDocument', /Restart/],
    ['no commands', { Parameters: {} }, 'InvalidParameters', /commands/],
    [
      'other parameters',
      { Parameters: { commands: ['id'], sh: ['x'] } },
      'InvalidParameters',
      /does not support parameters/,
    ],
    [
      'an instance that is not there',
      { InstanceIds: ['i-00000000000000000'] },
      'InvalidInstanceId',
      /not in a valid state for account 111122223333/,
    ],
    ['no instances', { InstanceIds: [] }, 'ValidationException', /instance ids or targets/],
    ['both', { Targets: [{ Key: 'tag:a', Values: ['b'] }] }, 'ValidationException', /not both/],
    ['output to a bucket', { OutputS3BucketName: 'logs-bucket' }, 'ValidationException', /bucket/],
  ])('refuses %s', (_what, more, code, message) => {
    const node = givenNode(sandbox);
    const before = sandbox.world;
    const error = sandbox.fail('ssm:SendCommand', shell(node, ['id'], more));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(sandbox.world).toBe(before);
  });

  it('asks for the document and for each node, by their tags', () => {
    const dev = givenNode(sandbox, 'Dev', { env: 'dev' });
    const prod = givenNode(sandbox, 'Prod', { env: 'prod' });
    expect(sandbox.asked('ssm:SendCommand', shell(dev, ['id']))).toEqual([
      `ssm:SendCommand ${documentArn('AWS-RunShellScript')}`,
      `ssm:SendCommand ${instanceArn(dev)}`,
    ]);
    const onDev = { Condition: { StringEquals: { 'ssm:resourceTag/env': 'dev' } } };
    const eve = sandbox.user(
      'eve',
      allow('ssm:SendCommand', documentArn('AWS-RunShellScript')),
      allow('ssm:SendCommand', instanceArn('*'), onDev),
    );
    sandbox.call('ssm:SendCommand', shell(dev, ['id']), eve);
    expect(sandbox.fail('ssm:SendCommand', shell(prod, ['id']), eve).code).toBe('AccessDeniedException');
    const both = {
      DocumentName: 'AWS-RunShellScript',
      Targets: [{ Key: 'tag-key', Values: ['env'] }],
      Parameters: { commands: ['id'] },
    };
    expect(sandbox.fail('ssm:SendCommand', both, eve).message).toContain(instanceArn(prod));
    const mine = JSON.stringify({
      schemaVersion: '2.2',
      mainSteps: [{ action: 'aws:runShellScript', name: 'act', inputs: { runCommand: ['id'] } }],
    });
    sandbox.call('ssm:CreateDocument', { Name: 'Mine', Content: mine });
    expect(sandbox.fail('ssm:SendCommand', { DocumentName: 'Mine', InstanceIds: [dev] }, eve).message).toContain(
      documentArn('Mine'),
    );
  });
});

it('cancels what has not begun', () => {
  const node = givenNode(sandbox);
  const orders = withScripts(sandbox, () => ({}));
  const { CommandId } = send(shell(node, ['id']));
  sandbox.now += 1;
  // The call that is to cancel it comes before the clock does, as at a busy moment.
  sandbox.call('ssm:CancelCommand', { CommandId });
  sandbox.pass();
  expect(orders).toEqual([]);
  expect(invocation(CommandId, node).Status).toBe('Cancelled');
  expect(sandbox.fail('ssm:CancelCommand', { CommandId: '00000000-0000-4000-8000-000000000000' }).code).toBe(
    'InvalidCommandId',
  );
});

it('gives up what was begun and never came back, and runs it once only', () => {
  const node = givenNode(sandbox);
  const { CommandId } = send(shell(node, [], { Parameters: { commands: ['id'], executionTimeout: ['10'] } }));
  let stored = sandbox.world;
  sandbox.runs = (_order, world) => {
    stored = world;
    throw new Error('The server is ended');
  };
  expect(() => sandbox.pass()).toThrow('The server is ended');
  sandbox.world = stored;
  const orders = withScripts(sandbox, () => ({}));
  sandbox.pass();
  expect(invocation(CommandId, node).Status).toBe('InProgress');
  sandbox.now += 311_000;
  sandbox.pass();
  expect(invocation(CommandId, node)).toMatchObject({ Status: 'TimedOut', StatusDetails: 'ExecutionTimedOut' });
  expect(orders).toEqual([]);
});

it('loses nobody where the agent’s role was taken meanwhile', () => {
  const node = givenNode(sandbox);
  const orders = withScripts(sandbox, () => ({}));
  const { CommandId } = send(shell(node, ['id']));
  sandbox.call('iam:DeleteRolePolicy', { RoleName: 'Node', PolicyName: 'p' });
  sandbox.pass();
  expect(orders).toEqual([]);
  expect(invocation(CommandId, node).StatusDetails).toBe('Undeliverable');
});

it('keeps no more of what commands wrote than there is room for', () => {
  const node = givenNode(sandbox);
  withScripts(sandbox, () => ({ stdout: 'x'.repeat(24_000), stderr: 'x'.repeat(8000) }));
  for (let i = 0; i < 49; i++) {
    send(shell(node, ['x'.repeat(60_000)]));
    sandbox.pass();
  }
  expect(JSON.stringify(sandbox.world.accounts[accountId]?.ssm.commands).length).toBeLessThan(2.5 * 1024 * 1024);
});

it('keeps so many commands and no more', () => {
  const node = givenNode(sandbox);
  withScripts(sandbox, () => ({}));
  for (let i = 0; i < 51; i++) {
    sandbox.now += 1000;
    send(shell(node, ['id']));
    sandbox.pass();
  }
  expect(Object.keys(sandbox.world.accounts[accountId]?.ssm.commands ?? {})).toHaveLength(50);
});
