/** The live socket on the whole app: who may open it, what it tells, and what it keeps back. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveCredential } from '../../cloud/credentials.ts';
import { type Attempt, LiveMessage } from '../../contract/index.ts';
import { Browser, type LiveListener, openTestApp, type TestApp } from '../testing/app.ts';

const PACK = `
title: Sockets
description: A challenge for this test.
language: en
licence: MIT
authors: [Test]
tracks: [{ id: only, title: Only }]
challenges: [quiet]
`;
const CHALLENGE = `
id: quiet
title: Quiet until solved
track: only
type: write
level: 1
minutes: 1
summary: Denials are explained after solving.
story: Make the user Robin.
explain: after-solving
objectives: [Make a user]
you: [{ profile: ann, principal: user/Ann }]
checks:
  - id: robin
    title: There is a user called Robin
    private: true
    state: { call: iam:ListUsers, expect: "contains(Users[].UserName, 'Robin')" }
`;
const ACCOUNT = `
Resources:
  Ann:
    Type: AWS::IAM::User
    Properties:
      UserName: Ann
      Policies:
        - PolicyName: MakeUsers
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{ Effect: Allow, Action: "iam:CreateUser", Resource: "*" }]
`;

let challenges = '';
let opened: TestApp;
beforeAll(async () => {
  challenges = await mkdtemp(join(tmpdir(), 'leastwise-pack-'));
  await mkdir(join(challenges, 'sockets/quiet'), { recursive: true });
  await writeFile(join(challenges, 'sockets/pack.yaml'), PACK);
  await writeFile(join(challenges, 'sockets/quiet/challenge.yaml'), CHALLENGE);
  await writeFile(join(challenges, 'sockets/quiet/account.yaml'), ACCOUNT);
  opened = await openTestApp({ challenges });
});
afterAll(async () => {
  await opened?.close();
  await rm(challenges, { recursive: true, force: true });
});

/** The next message; every one follows the contract, and has nothing beside it. */
async function next(socket: LiveListener): Promise<LiveMessage> {
  const message = await socket.next();
  expect(Value.Clean(LiveMessage, structuredClone(message))).toEqual(message);
  return Value.Parse(LiveMessage, message);
}

/** A call to IAM as the attempt's first profile, at the door behind the gateway. */
async function call(attempt: Attempt, operation: string, input: Record<string, unknown>): Promise<string> {
  const { accountId, profiles } = attempt.sandbox;
  const sandbox = await opened.platform.sandboxes.byAccount(accountId);
  const key = profiles[0]?.accessKeyId ?? '';
  const credential = sandbox && resolveCredential(sandbox.world, key, Date.now());
  if (sandbox === undefined || credential?.kind !== 'found') throw new Error('no such key');
  const { outcome } = await sandbox.call({
    service: 'iam',
    operation,
    input,
    caller: credential.caller,
    request: { sourceIp: '192.0.2.1', secureTransport: true, userAgent: 'test', region: 'us-east-1' },
    requestId: crypto.randomUUID(),
    realNow: Date.now(),
  });
  return outcome.kind;
}

async function learner(): Promise<{ browser: Browser; attempt: Attempt }> {
  const browser = new Browser(opened.app);
  return { browser, attempt: await browser.open('sockets/quiet') };
}

describe('the socket of an attempt', () => {
  test('tells its calls, submissions and standing; why a call was denied only after solving', async () => {
    const { browser, attempt } = await learner();
    const socket = await browser.listen(attempt);

    expect(await call(attempt, 'ListUsers', {})).toBe('error');
    const denied = await next(socket);
    expect(denied).toMatchObject({
      type: 'call',
      event: { operation: 'ListUsers', outcome: 'denied', errorCode: 'AccessDenied', decisions: null },
    });

    await browser.submit(attempt);
    const failed = await next(socket);
    expect(failed).toMatchObject({ type: 'submission', submission: { verdict: 'failed', solved: false } });
    expect(await next(socket)).toMatchObject({ type: 'attempt', attempt: { id: attempt.id, submissions: 1 } });

    expect(await call(attempt, 'CreateUser', { UserName: 'Robin' })).toBe('ok');
    expect(await next(socket)).toMatchObject({ type: 'call', event: { outcome: 'ok', decisions: null } });

    await browser.submit(attempt);
    expect(await next(socket)).toMatchObject({ type: 'submission', submission: { verdict: 'passed', solved: true } });
    expect(await next(socket)).toMatchObject({ type: 'attempt', attempt: { solved: true } });

    expect(await call(attempt, 'ListUsers', {})).toBe('error');
    expect(await next(socket)).toMatchObject({
      type: 'call',
      event: {
        outcome: 'denied',
        decisions: [{ action: 'iam:ListUsers', verdict: 'implicitly-denied', layer: 'identity' }],
      },
    });

    // A page that opens after solving is told the reasons from the start.
    const late = await browser.listen(attempt);
    await call(attempt, 'ListUsers', {});
    expect(await next(late)).toMatchObject({ type: 'call', event: { decisions: [{ action: 'iam:ListUsers' }] } });
    late.close();
    socket.close();
  });

  test('says neither title nor reason of a private check', async () => {
    const { browser, attempt } = await learner();
    const socket = await browser.listen(attempt);
    await browser.submit(attempt);
    const messages = JSON.stringify([await next(socket), await next(socket)]);
    expect(messages).toContain('"robin"');
    expect(messages).not.toContain('There is a user called Robin');
    expect(messages).not.toContain('contains(Users');
    socket.close();
  });

  test('hears nothing of another attempt', async () => {
    const [ana, ben] = [await learner(), await learner()];
    const [hers, his] = [await ana.browser.listen(ana.attempt), await ben.browser.listen(ben.attempt)];
    await call(ana.attempt, 'ListUsers', {});
    await ana.browser.submit(ana.attempt);
    for (let n = 0; n < 3; n += 1) await next(hers);
    await call(ben.attempt, 'GetUser', {});
    expect(await next(his)).toMatchObject({ type: 'call', event: { operation: 'GetUser' } });
    expect([...hers.waiting, ...his.waiting]).toEqual([]);
    hers.close();
    his.close();
  });

  test('is refused to another learner, to a visitor, and for an attempt that is not there', async () => {
    const [ana, ben] = [await learner(), await learner()];
    const refused = 'Unexpected server response: 404';
    await expect(ben.browser.listen(ana.attempt)).rejects.toThrow(refused);
    await expect(new Browser(opened.app).listen(ana.attempt)).rejects.toThrow(refused);
    await expect(ana.browser.listen({ ...ana.attempt, id: 'none' })).rejects.toThrow(refused);
  });

  test('is refused to the page of another site', async () => {
    const { browser, attempt } = await learner();
    const host = 'localhost:3000';
    await expect(browser.listen(attempt, { host, origin: 'https://evil.example' })).rejects.toThrow('403');
    const own = await browser.listen(attempt, { host, origin: 'http://localhost:3000' });
    own.close();
  });

  test('tells that the attempt was started over, and opens for it afterwards too', async () => {
    const { browser, attempt } = await learner();
    const socket = await browser.listen(attempt);
    await browser.request('POST', `/api/attempts/${attempt.id}/start-over`);
    expect(await next(socket)).toMatchObject({ type: 'attempt', attempt: { id: attempt.id, state: 'ended' } });
    socket.close();
    (await browser.listen(attempt)).close();
  });
});
