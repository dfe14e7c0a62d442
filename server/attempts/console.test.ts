/** The panels of the console: the root user, and signing in with a password; on the whole app. */
import { expect, test } from 'vitest';
import { totpCode, totpStep } from '../../cloud/services/iam/totp.ts';
import type { Attempt, CallEventList, LastStep } from '../../contract/index.ts';
import { nodeHashes } from '../hashes/node-hashes.ts';
import { Browser, openTestApp } from '../testing/app.ts';
import { callIn, sandboxOf } from '../testing/calling.ts';
import { madeApp } from '../testing/made-pack.ts';

const CHALLENGE = `
type: fix
you: [{ profile: boss, principal: user/Boss }]
console: [root, sign-in]
checks:
  - { id: mfa, title: The root user has MFA, state: { call: iam:GetAccountSummary, expect: "SummaryMap.AccountMFAEnabled == \`1\`" } }
`;
const ACCOUNT = `
Metadata:
  Leastwise:
    credentials:
      root: { key: { age: 800d } }
      user/Ana: { mfa: 10d }
Resources:
  Ana: { Type: "AWS::IAM::User", Properties: { UserName: Ana, LoginProfile: { Password: "Correct-Horse-1" } } }
  Ben:
    Type: AWS::IAM::User
    Properties: { UserName: Ben, LoginProfile: { Password: "Correct-Horse-2", PasswordResetRequired: true } }
  Boss:
    Type: AWS::IAM::User
    Properties:
      UserName: Boss
      Policies:
        - PolicyName: Everything
          PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "*", Resource: "*" }] }
`;

const opened = madeApp(CHALLENGE, ACCOUNT);

async function started(challenge = 'made/up') {
  const ana = new Browser(opened().app);
  const attempt = await ana.open(challenge);
  const act = async (body: object) => (await ana.request('POST', `/api/attempts/${attempt.id}/console`, body)).json();
  const call = (name: string, input: object = {}, key?: { accessKeyId: string }) =>
    callIn(opened().platform, attempt, name, { ...input }, key);
  /** Of the names of events, and more, newest first. */
  const trail = async () => {
    const outcome = await call('cloudtrail:LookupEvents');
    if (outcome.kind === 'error') throw outcome.error;
    const { Events } = outcome.output as { Events: { CloudTrailEvent: string }[] };
    return Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent));
  };
  return { ana, attempt, act, call, trail };
}

test('the root user gets and loses a device, a password, a key: journalled, told, and undone', async () => {
  const { ana, attempt, act, trail } = await started();
  const [rootKey = ''] = attempt.console.root?.accessKeys ?? [];
  expect(attempt.console).toEqual({
    panels: ['root', 'sign-in'],
    root: { mfa: false, password: true, accessKeys: [rootKey] },
  });
  expect((await ana.submit(attempt)).verdict).toBe('failed');
  const withDevice: Attempt = await act({ name: 'EnableRootMfa' });
  expect(withDevice.console.root?.mfa).toBe(true);
  expect((await ana.submit(attempt)).verdict).toBe('passed');
  expect(await act({ name: 'EnableRootMfa' })).toMatchObject({
    code: 'console_refused',
    detail: expect.stringContaining('EntityAlreadyExists'),
  });
  const without: Attempt = await act({ name: 'DeleteRootAccessKey', accessKeyId: rootKey });
  expect(without.console.root?.accessKeys).toEqual([]);
  const { step }: LastStep = (await ana.request('GET', `/api/attempts/${attempt.id}/rewind`)).json();
  expect(step?.call).toBe('console:DeleteRootAccessKey');
  await ana.request('POST', `/api/attempts/${attempt.id}/rewind`, {});
  const { events }: CallEventList = (await ana.request('GET', `/api/attempts/${attempt.id}/events`)).json();
  expect(events.map(({ service, operation, outcome }) => `${service}:${operation} ${outcome}`)).toEqual([
    'console:DeleteRootAccessKey ok',
    'console:EnableRootMfa error',
    'console:EnableRootMfa ok',
  ]);
  const records = (await trail()).filter(({ eventName }) => eventName !== 'LookupEvents');
  expect(records.map(({ eventName, userIdentity }) => `${eventName} ${userIdentity.type}`)).toEqual([
    'DeleteAccessKey Root',
    'EnableMFADevice Root',
    'EnableMFADevice Root',
  ]);
});

test('who knows a password signs in, with a code where there is a device, and acts as that user', async () => {
  const { ana, attempt, act, call, trail } = await started();
  const signIn = { name: 'SignIn', user: 'Ana', password: 'Correct-Horse-1' };
  expect(await act({ ...signIn, password: 'wrong' })).toMatchObject({ status: 409, code: 'console_refused' });
  expect(await act(signIn)).toMatchObject({ detail: expect.stringContaining('MfaCodeRequired') });
  const { world } = await sandboxOf(opened().platform, attempt);
  const devices = world.accounts[attempt.sandbox.accountId]?.iam.virtualMfaDevices ?? {};
  const seed = Object.values(devices).find(({ user }) => user === 'Ana')?.seed ?? '';
  const signed: Attempt = await act({ ...signIn, code: totpCode(seed, totpStep(Date.now()), nodeHashes) });
  const profile = signed.sandbox.profiles.find(({ name }) => name === 'console-ana');
  const who = await call('sts:GetCallerIdentity', {}, profile);
  expect(who.kind === 'ok' && (who.output as { Arn: string }).Arn).toMatch(/:user\/Ana$/);
  const [first, second, third] = (await trail()).filter(({ eventName }) => eventName === 'ConsoleLogin');
  expect(first).toMatchObject({
    eventSource: 'signin.amazonaws.com',
    eventType: 'AwsConsoleSignIn',
    responseElements: { ConsoleLogin: 'Success' },
    additionalEventData: { MFAUsed: 'Yes' },
    userIdentity: { type: 'IAMUser', userName: 'Ana' },
  });
  for (const failed of [second, third])
    expect(failed).toMatchObject({
      errorMessage: 'Failed authentication',
      responseElements: { ConsoleLogin: 'Failure' },
    });
  expect(JSON.stringify(await trail())).not.toContain('Correct-Horse');
  // The session ends with the reset, and with it the profile.
  const reset: Attempt = (await ana.request('POST', `/api/attempts/${attempt.id}/reset`)).json();
  expect(reset.sandbox.profiles.map(({ name }) => name)).toEqual(['boss']);
  const rows = await opened().platform.database.journalRow.findMany({ where: { name: 'console:SignIn' } });
  expect(JSON.stringify(rows)).not.toContain('Correct-Horse');
});

test('a password that must be changed is, and root signs in with the one that was set', async () => {
  const { act, call } = await started();
  const ben = { name: 'SignIn', user: 'Ben', password: 'Correct-Horse-2' };
  expect(await act(ben)).toMatchObject({ detail: expect.stringContaining('PasswordResetRequired') });
  expect(await act({ ...ben, newPassword: 'short' })).toMatchObject({
    detail: expect.stringContaining('PasswordPolicyViolation'),
  });
  expect((await act({ ...ben, newPassword: 'Better-Horse-3' })).sandbox.profiles).toHaveLength(2);
  expect(await act(ben)).toMatchObject({ code: 'console_refused' });
  const root = { name: 'SignIn', user: 'root', password: 'Battery-Staple-4' };
  expect(await act(root)).toMatchObject({ code: 'console_refused' });
  await act({ name: 'SetRootPassword', password: 'Battery-Staple-4' });
  const signed: Attempt = await act(root);
  const profile = signed.sandbox.profiles.find(({ name }) => name === 'console-root');
  const who = await call('sts:GetCallerIdentity', {}, profile);
  expect(who.kind === 'ok' && (who.output as { Arn: string }).Arn).toMatch(/:root$/);
  const again: Attempt = await act({ name: 'EnableRootMfa' });
  expect(again.sandbox.profiles.map(({ name }) => name)).toContain('console-root');
});

test('is refused where the challenge does not offer it, and for what is no act', async () => {
  const { act } = await started();
  expect(await act({ name: 'LaunchMissiles' })).toMatchObject({ status: 400, code: 'invalid_request' });
  expect(await act({ name: 'SignIn', user: 'nobody', password: 'x' })).toMatchObject({ code: 'console_refused' });
  const other = await openTestApp();
  const bob = new Browser(other.app);
  const attempt = await bob.open('foundations/first-policy');
  expect(attempt.console).toEqual({ panels: [], root: null });
  const refused = await bob.request('POST', `/api/attempts/${attempt.id}/console`, { name: 'EnableRootMfa' });
  expect(refused.json()).toMatchObject({ status: 409, code: 'console_not_offered' });
  await other.close();
});
