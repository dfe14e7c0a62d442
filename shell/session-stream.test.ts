import { beforeEach, expect, test } from 'vitest';
import { givenNode, withScripts } from '../cloud/services/ssm/testing/nodes.ts';
import { sendInput } from './session-stream.ts';
import { SandboxShell } from './testing/sandbox-shell.ts';

let shell: SandboxShell;
let node: string;
beforeEach(() => {
  shell = new SandboxShell();
  node = givenNode(shell.sandbox);
});

const scripts = () => withScripts(shell.sandbox, ({ script }) => ({ stdout: script === '' ? '' : `ran ${script}\n` }));
const begins = /^\nStarting session with SessionId: (admin-0[0-9a-f]{16})\n/;
const ends = /\n\nExiting session with sessionId: admin-0[0-9a-f]{16}\.\n\n$/;
const active = () => shell.sandbox.call('ssm:DescribeSessions', { State: 'Active' }).Sessions;

test('what comes by a pipe is run as one script, and ends the session', async () => {
  const orders = scripts();
  shell.stdin = 'cd /tmp\nid\n';
  const printed = await shell.ok('ssm', 'start-session', '--target', node);
  expect(printed).toMatch(begins);
  expect(printed).toContain('ran cd /tmp\nid\n');
  expect(printed).toMatch(ends);
  expect(orders.map(({ script }) => script)).toEqual(['cd /tmp\nid\n']);
  expect(active()).toEqual([]);
});

test('who types goes on in the session', async () => {
  scripts();
  shell.attached = [];
  const printed = await shell.ok('ssm', 'start-session', '--target', node);
  expect(printed).toMatch(begins);
  expect(printed).not.toMatch(ends);
  const [stream] = shell.attached;
  if (stream === undefined) throw new Error('Nobody went over');
  const { send } = shell.environment;
  expect(await sendInput(send, stream, 'id')).toEqual({ stdout: 'ran id\n', stderr: '', exitCode: 0, state: 'open' });
  expect((await sendInput(send, stream, 'exit')).state).toBe('ended');
  expect(await sendInput(send, stream, 'id')).toMatchObject({ state: 'ended', exitCode: 255 });
});

test('a session for one command runs it', async () => {
  const orders = scripts();
  shell.attached = [];
  const words = ['--document-name', 'AWS-StartNonInteractiveCommand', '--parameters', 'command=uptime'];
  expect(await shell.ok('ssm', 'start-session', '--target', node, ...words)).toMatch(/ran uptime\n\n\nExiting/);
  expect(orders.map(({ script }) => script)).toEqual(['uptime']);
  expect(shell.attached).toEqual([]);
});

test('a refusal is the call’s own', async () => {
  shell.sandbox.call('ec2:StopInstances', { InstanceIds: [node] });
  const refused = await shell.aws('ssm', 'start-session', '--target', node);
  expect(refused.exitCode).toBe(254);
  expect(refused.stderr).toContain(
    `An error occurred (TargetNotConnected) when calling the StartSession operation: ${node} is not connected.`,
  );
});
