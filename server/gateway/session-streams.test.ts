/** Sessions on hosts as a client has them: inputs at the session's address, run by the real runner as the instance's role. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { agentActions } from '../../cloud/services/ssm/testing/nodes.ts';
import { allow, policy } from '../../cloud/testing/sandbox.ts';
import { type CodePlatform, type CodeSandbox, startCodePlatform } from '../code/testing/code-platform.ts';

let platform: CodePlatform;
let sandbox: CodeSandbox;
let node: string;
beforeAll(async () => {
  platform = await startCodePlatform();
  sandbox = await platform.newSandbox();
  const trust = policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
  await sandbox.call('iam:CreateRole', { RoleName: 'Node', AssumeRolePolicyDocument: trust });
  const PolicyDocument = policy(allow([...agentActions, 'iam:ListUsers']));
  await sandbox.call('iam:PutRolePolicy', { RoleName: 'Node', PolicyName: 'p', PolicyDocument });
  await sandbox.call('iam:CreateInstanceProfile', { InstanceProfileName: 'Node' });
  await sandbox.call('iam:AddRoleToInstanceProfile', { InstanceProfileName: 'Node', RoleName: 'Node' });
  const { Instances } = await sandbox.call('ec2:RunInstances', {
    ImageId: 'ami-0abcdef1234567890',
    InstanceType: 't2.micro',
    MinCount: 1,
    MaxCount: 1,
    IamInstanceProfile: { Name: 'Node' },
  });
  node = Instances[0].InstanceId;
}, 60_000);
afterAll(() => platform?.close());

async function post(target: string, body: unknown, method = 'POST') {
  const bytes = new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
  const request = { method, target, headers: [['host', '127.0.0.1:4566']] as const, body: bytes };
  const { status, body: answered } = await platform.gateway.answer(request, { sourceIp: '127.0.0.1' });
  return { status, answer: JSON.parse(new TextDecoder().decode(answered)) };
}

async function start() {
  const { StreamUrl, TokenValue, SessionId } = await sandbox.call('ssm:StartSession', { Target: node });
  const target = new URL(StreamUrl).pathname;
  return { target, SessionId, TokenValue, send: (Input: string) => post(target, { TokenValue, Input }) };
}

it('a shell on the host keeps its place, and its aws is the instance’s role', async () => {
  const { send } = await start();
  expect(await send('cd /tmp; NAME=there; echo hello > note')).toMatchObject({
    status: 200,
    answer: { state: 'open' },
  });
  expect((await send('pwd; cat note; echo $NAME; whoami')).answer.stdout).toBe('/tmp\nhello\nthere\nssm-user\n');
  const identity = (await send('aws sts get-caller-identity --query Arn --output text')).answer;
  expect(identity).toMatchObject({
    stdout: `arn:aws:sts::${sandbox.accountId}:assumed-role/Node/${node}\n`,
    exitCode: 0,
  });
  expect((await send('aws s3 ls')).answer).toMatchObject({ exitCode: 254 });
  expect((await send('false')).answer.exitCode).toBe(1);
  expect((await send('exit')).answer.state).toBe('ended');
  expect((await send('id')).status).toBe(403);
}, 60_000);

it('commands leave files for sessions, and run by themselves', async () => {
  const { Command } = await sandbox.call('ssm:SendCommand', {
    DocumentName: 'AWS-RunShellScript',
    InstanceIds: [node],
    Parameters: { commands: ['echo from-command > /tmp/left', 'whoami', 'nothing-such'] },
  });
  const found = async () => {
    const { CommandId } = Command;
    return await sandbox.call('ssm:GetCommandInvocation', { CommandId, InstanceId: node });
  };
  await expect
    .poll(found, { timeout: 20_000 })
    .toMatchObject({ Status: 'Failed', ResponseCode: 127, StandardOutputContent: 'root\n' });
  const { send } = await start();
  expect((await send('cat /tmp/left')).answer.stdout).toBe('from-command\n');
}, 60_000);

it('nobody else gets in', async () => {
  const mine = await start();
  const other = await start();
  expect((await post(mine.target, { TokenValue: other.TokenValue, Input: 'id' })).status).toBe(403);
  expect((await post('/_session/999999999999/x', { TokenValue: mine.TokenValue, Input: 'id' })).status).toBe(403);
  expect((await post('/_session/', {})).status).toBe(403);
  expect((await post(mine.target, '{')).status).toBe(400);
  expect((await post(mine.target, { TokenValue: mine.TokenValue })).status).toBe(400);
  expect((await post(mine.target, '', 'GET')).status).toBe(405);
  await sandbox.call('ssm:TerminateSession', { SessionId: mine.SessionId });
  expect((await mine.send('id')).status).toBe(403);
  expect((await other.send('id')).status).toBe(200);
}, 60_000);
