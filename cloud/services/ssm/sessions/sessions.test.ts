import { beforeEach, describe, expect, it, test } from 'vitest';
import { accountId, allow, type Output, Sandbox } from '../../../testing/sandbox.ts';
import { documentArn, givenNode, instanceArn, withScripts } from '../testing/nodes.ts';

let sandbox: Sandbox;
let node: string;
beforeEach(() => {
  sandbox = new Sandbox();
  node = givenNode(sandbox, 'Node', { env: 'dev' });
});

const start = (more: object = {}, caller?: Parameters<Sandbox['call']>[2]) =>
  sandbox.call('ssm:StartSession', { Target: node, ...more }, caller);
const input = ({ SessionId, TokenValue }: Output, Input: string) => ({
  AccountId: accountId,
  SessionId,
  Token: TokenValue,
  Input,
});
const sessions = (State: string) => sandbox.call('ssm:DescribeSessions', { State }).Sessions;
const sessionArn = (id: string) => `arn:aws:ssm:us-east-1:${accountId}:session/${id}`;
const underCheck = { Condition: { BoolIfExists: { 'ssm:SessionDocumentAccessCheck': 'true' } } };

describe('a shell', () => {
  it('goes on where it was, as the agent’s user, until it exits', () => {
    const orders = withScripts(sandbox, ({ script, session }) => ({
      stdout: script,
      session: `${session ?? ''}${script};`,
    }));
    const session = start({ Reason: 'looking' });
    expect(session.SessionId).toMatch(/^root-0[0-9a-f]{16}$/);
    expect(session.StreamUrl).toBe(
      `https://ssmmessages.us-east-1.amazonaws.com/_session/${accountId}/${session.SessionId}`,
    );
    expect(sandbox.call('ssm:OpenDataChannel', input(session, 'cd /tmp'))).toEqual({
      stdout: 'cd /tmp',
      stderr: '',
      exitCode: 0,
      state: 'open',
    });
    sandbox.call('ssm:OpenDataChannel', input(session, 'pwd'));
    expect(orders).toMatchObject([
      { user: 'ssm-user', directory: '/usr/bin', instanceId: node },
      { session: 'cd /tmp;' },
    ]);
    expect(sessions('Active')).toMatchObject([
      { Status: 'Connected', Target: node, Reason: 'looking', DocumentName: 'SSM-SessionManagerRunShell' },
    ]);
    expect(sandbox.call('ssm:OpenDataChannel', input(session, ' exit 3 '))).toMatchObject({
      exitCode: 3,
      state: 'ended',
    });
    expect(orders).toHaveLength(2);
    expect(sessions('Active')).toEqual([]);
    const mine = [{ key: 'Target', value: node }];
    expect(sandbox.call('ssm:DescribeSessions', { State: 'History', Filters: mine }).Sessions).toMatchObject([
      { Status: 'Terminated', SessionId: session.SessionId },
    ]);
    expect(sandbox.fail('ssm:OpenDataChannel', input(session, 'id')).code).toBe('AccessDeniedException');
  });

  it('takes inputs with its token alone, and only while it is on', () => {
    withScripts(sandbox, () => ({}));
    const session = start();
    const other = start();
    const fail = (more: object) => sandbox.fail('ssm:OpenDataChannel', { ...input(session, 'id'), ...more }).code;
    expect(fail({ Token: other.TokenValue })).toBe('AccessDeniedException');
    expect(fail({ Token: '' })).toBe('AccessDeniedException');
    expect(fail({ SessionId: '__proto__' })).toBe('AccessDeniedException');
    expect(fail({ Input: 'x'.repeat(70_000) })).toBe('ValidationException');
    const resumed = sandbox.call('ssm:ResumeSession', { SessionId: session.SessionId });
    expect(fail({})).toBe('AccessDeniedException');
    sandbox.call('ssm:OpenDataChannel', input(resumed, 'id'));
    sandbox.now += 21 * 60_000;
    expect(sandbox.fail('ssm:OpenDataChannel', input(resumed, 'id')).code).toBe('AccessDeniedException');
    expect(sandbox.fail('ssm:ResumeSession', { SessionId: session.SessionId }).code).toBe('DoesNotExistException');
    const last = start();
    sandbox.call('ssm:TerminateSession', { SessionId: last.SessionId });
    expect(sandbox.fail('ssm:OpenDataChannel', input(last, 'id')).code).toBe('AccessDeniedException');
    sandbox.call('ssm:TerminateSession', { SessionId: 'Nobody-00000000000000000' });
  });

  it('that takes too long goes on; one whose instance stops is over', () => {
    withScripts(sandbox, () => 'timed-out');
    const session = start();
    expect(sandbox.call('ssm:OpenDataChannel', input(session, 'sleep 99'))).toMatchObject({
      exitCode: 137,
      state: 'open',
    });
    sandbox.call('ec2:StopInstances', { InstanceIds: [node] });
    expect(sandbox.fail('ssm:OpenDataChannel', input(session, 'id')).code).toBe('AccessDeniedException');
    expect(sessions('Active')).toMatchObject([{ Status: 'Disconnected' }]);
    expect(sandbox.fail('ssm:StartSession', { Target: node }).code).toBe('TargetNotConnected');
  });

  it('follows the account’s preferences', () => {
    const Content = JSON.stringify({
      schemaVersion: '1.0',
      sessionType: 'Standard_Stream',
      inputs: {
        runAsEnabled: true,
        runAsDefaultUser: 'ec2-user',
        idleSessionTimeout: '5',
        shellProfile: { linux: 'cd ~' },
      },
    });
    sandbox.call('ssm:CreateDocument', { Name: 'SSM-SessionManagerRunShell', DocumentType: 'Session', Content });
    const orders = withScripts(sandbox, () => ({ session: 's' }));
    const session = start();
    sandbox.call('ssm:OpenDataChannel', input(session, 'id'));
    sandbox.call('ssm:OpenDataChannel', input(session, 'id'));
    expect(orders).toMatchObject([{ user: 'ec2-user', script: 'cd ~\nid' }, { script: 'id' }]);
    sandbox.now += 6 * 60_000;
    expect(sessions('Active')).toEqual([]);
  });
});

it('for one command runs it, whatever is sent, and ends', () => {
  const orders = withScripts(sandbox, () => ({ stdout: 'up 3 days\n' }));
  const session = start({ DocumentName: 'AWS-StartNonInteractiveCommand', Parameters: { command: ['uptime'] } });
  expect(sandbox.call('ssm:OpenDataChannel', input(session, 'id'))).toMatchObject({
    stdout: 'up 3 days\n',
    state: 'ended',
  });
  expect(orders).toMatchObject([{ script: 'uptime' }]);
  expect(sandbox.fail('ssm:StartSession', { Target: node, DocumentName: 'AWS-StartNonInteractiveCommand' }).code).toBe(
    'InvalidParameters',
  );
  expect(sandbox.fail('ssm:StartSession', { Target: node, DocumentName: 'AWS-RunShellScript' }).code).toBe(
    'InvalidDocument',
  );
});

describe('who may', () => {
  it('start is asked of the instance by its tags, and of a document that is named', () => {
    expect(
      sandbox.asked('ssm:StartSession', {
        Target: node,
        DocumentName: 'AWS-StartInteractiveCommand',
        Parameters: { command: ['id'] },
      }),
    ).toEqual([
      `ssm:StartSession ${instanceArn(node)}`,
      `ssm:StartSession ${documentArn('AWS-StartInteractiveCommand')}`,
    ]);
    const prod = givenNode(sandbox, 'Prod', { env: 'prod' });
    const eve = sandbox.user(
      'eve',
      allow('ssm:StartSession', instanceArn('*'), { Condition: { StringEquals: { 'ssm:resourceTag/env': 'dev' } } }),
    );
    start({}, eve);
    expect(sandbox.fail('ssm:StartSession', { Target: prod }, eve).code).toBe('AccessDeniedException');
    expect(
      sandbox.fail('ssm:StartSession', { Target: node, DocumentName: 'SSM-SessionManagerRunShell' }, eve).code,
    ).toBe('AccessDeniedException');
  });

  it('start without a document needs the preferences’ permission where policies ask for the check', () => {
    const preferences = `arn:aws:ssm:us-east-1:${accountId}:document/SSM-SessionManagerRunShell`;
    const eve = sandbox.user('eve', allow('ssm:StartSession', instanceArn('*'), underCheck));
    const bea = sandbox.user('bea', allow('ssm:StartSession', [instanceArn('*'), preferences], underCheck));
    expect(sandbox.fail('ssm:StartSession', { Target: node }, eve).message).toContain(preferences);
    start({}, bea);
  });

  test.each([
    ['the user’s name', '*', { Resource: 'arn:aws:ssm:*:*:session/${aws:username}-*' }],
    [
      'the tag',
      '*',
      { Condition: { StringLike: { 'ssm:resourceTag/aws:ssmmessages:session-id': ['${aws:userid}'] } } },
    ],
  ])('end is theirs who started it, by %s', (_what, resource, more) => {
    const statements = [
      allow('ssm:StartSession'),
      allow(['ssm:TerminateSession', 'ssm:ResumeSession'], resource, more),
    ];
    const eve = sandbox.user('eve', ...statements);
    const bea = sandbox.user('bea', ...statements);
    const { SessionId } = start({}, eve);
    expect(SessionId).toMatch(/^eve-/);
    expect(sandbox.fail('ssm:TerminateSession', { SessionId }, bea).message).toContain(sessionArn(SessionId));
    sandbox.call('ssm:ResumeSession', { SessionId }, eve);
    sandbox.call('ssm:TerminateSession', { SessionId }, eve);
  });
});
