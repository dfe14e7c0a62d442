/** Rewinding the learner's own account by a step, on the whole app. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Attempt, LastStep, Rewound } from '../../contract/index.ts';
import { codeSourceIp } from '../code/source-ip.ts';
import { Browser } from '../testing/app.ts';
import { callIn, sandboxOf } from '../testing/calling.ts';
import { bossAccount, madeApp } from '../testing/made-pack.ts';

const CHALLENGE = `
type: fix
you: [{ profile: boss, principal: role/Boss }]
clock: [1d]
checks:
  - { id: over, title: Something, state: { call: iam:ListUsers, expect: "length(Users) == \`9\`" } }
`;

const opened = madeApp(CHALLENGE, bossAccount);

/** A learner with an account of their own. */
async function started() {
  const ana = new Browser(opened().app);
  const attempt = await ana.open('made/up');
  const call = (name: string, input: object = {}, key?: { accessKeyId: string }) =>
    callIn(opened().platform, attempt, name, { ...input }, key);
  const rewind = (body: object = {}) => ana.request('POST', `/api/attempts/${attempt.id}/rewind`, body);
  const step = async () => ((await ana.request('GET', `/api/attempts/${attempt.id}/rewind`)).json() as LastStep).step;
  const sandbox = await sandboxOf(opened().platform, attempt);
  const users = () => Object.keys(sandbox.world.accounts[attempt.sandbox.accountId]?.iam.users ?? {});
  return { ana, attempt, call, rewind, step, sandbox, users };
}

test('undoes the last change, again and again, back to the start of the stage, and not behind it', async () => {
  const { call, rewind, step, users, sandbox } = await started();
  const start = sandbox.world;
  expect(await step()).toBeNull();
  await call('iam:CreateUser', { UserName: 'Ann' });
  await call('iam:CreateUser', { UserName: 'Bea' });
  await call('iam:ListUsers');
  await call('iam:DeleteUser', { UserName: 'Ann' });
  expect(await step()).toMatchObject({ call: 'iam:DeleteUser' });
  const undone: Rewound = (await rewind()).json();
  expect(undone.undone).toMatchObject({ call: 'iam:DeleteUser', principal: expect.stringContaining('/Boss/') });
  expect(users()).toEqual(['Ann', 'Bea']);
  await rewind();
  expect(users()).toEqual(['Ann']);
  await call('iam:CreateUser', { UserName: 'Cem' });
  await rewind();
  expect(users()).toEqual(['Ann']);
  await rewind();
  expect(JSON.stringify(sandbox.world.accounts)).toBe(JSON.stringify(start.accounts));
  expect((await rewind()).json()).toMatchObject({ status: 409, code: 'nothing_to_rewind' });
});

test('kills sessions that were born after that point, and no others', async () => {
  const { call, rewind, attempt } = await started();
  const RoleArn = `arn:aws:iam::${attempt.sandbox.accountId}:role/Boss`;
  const assume = async () => {
    const outcome = await call('sts:AssumeRole', { RoleArn, RoleSessionName: 'own' });
    if (outcome.kind === 'error') throw outcome.error;
    return { accessKeyId: (outcome.output as { Credentials: { AccessKeyId: string } }).Credentials.AccessKeyId };
  };
  const older = await assume();
  await call('iam:CreateUser', { UserName: 'Ann' });
  const younger = await assume();
  expect((await rewind()).json()).toMatchObject({ undone: { call: 'iam:CreateUser' } });
  expect((await call('iam:ListUsers', {}, older)).kind).toBe('ok');
  await expect(call('iam:ListUsers', {}, younger)).rejects.toThrow('InvalidClientTokenId');
});

test('takes what a call set off with it, and leaves the clock and the learner’s profile', async () => {
  const { ana, attempt, call, rewind, sandbox, users } = await started();
  await call('iam:CreateUser', { UserName: 'Ann' });
  // Code that the call set off.
  const { caller } = { caller: { kind: 'root', accountId: attempt.sandbox.accountId } as const };
  await sandbox.call({
    service: 'iam',
    operation: 'CreateUser',
    input: { UserName: 'ByCode' },
    caller,
    request: { sourceIp: codeSourceIp, secureTransport: true, userAgent: 'code', region: 'us-east-1' },
    requestId: randomUUID(),
    realNow: Date.now(),
  });
  const moved: Attempt = (await ana.request('POST', `/api/attempts/${attempt.id}/clock`, { by: '1d' })).json();
  const rewound: Rewound = (await rewind()).json();
  expect(rewound.undone.call).toBe('iam:CreateUser');
  expect(users()).toEqual([]);
  expect(rewound.attempt.clock).toEqual(moved.clock);
  // Its session was made when the clock was moved.
  const [profile] = rewound.attempt.sandbox.profiles;
  expect(profile?.accessKeyId).not.toBe(moved.sandbox.profiles[0]?.accessKeyId);
  expect((await call('iam:ListUsers', {}, profile)).kind).toBe('ok');
});

test('undoes the step that was shown, or nothing', async () => {
  const { call, rewind, step, users } = await started();
  await call('iam:CreateUser', { UserName: 'Ann' });
  const shown = await step();
  await call('iam:CreateUser', { UserName: 'Bea' });
  expect((await rewind({ step: shown?.id })).json()).toMatchObject({ status: 409, code: 'step_outdated' });
  expect(users()).toEqual(['Ann', 'Bea']);
  expect((await rewind({ step: (await step())?.id })).statusCode).toBe(200);
  expect(users()).toEqual(['Ann']);
});

test('does not go back behind a reset, and keeps account and journal whole while calls come in', async () => {
  const { ana, attempt, call, rewind, sandbox, users } = await started();
  await call('iam:CreateUser', { UserName: 'Ann' });
  await ana.request('POST', `/api/attempts/${attempt.id}/reset`);
  const now: Attempt = (await ana.request('GET', `/api/attempts/${attempt.id}`)).json();
  const [key] = now.sandbox.profiles;
  expect((await rewind()).json()).toMatchObject({ code: 'nothing_to_rewind' });
  const made = Array.from({ length: 30 }, (_, n) => call('iam:CreateUser', { UserName: `User${n}` }, key));
  const rewinds = Array.from({ length: 10 }, () => rewind());
  expect((await Promise.all(made)).every(({ kind }) => kind === 'ok')).toBe(true);
  const codes = (await Promise.all(rewinds)).map(({ statusCode }) => statusCode);
  const undone = codes.filter((code) => code === 200).length;
  expect(codes.every((code) => code === 200 || code === 409)).toBe(true);
  expect(users()).toHaveLength(30 - undone);
  expect((await opened().platform.database.journalRow.count({ where: { sandboxId: sandbox.id } })) > 40).toBe(true);
});

test('goes back over more changes than between two snapshots', async () => {
  const { call, rewind, users } = await started();
  for (let n = 0; n < 310; n += 1) await call('iam:CreateUser', { UserName: `User${n}` });
  for (let n = 0; n < 15; n += 1) expect((await rewind()).statusCode).toBe(200);
  expect(users()).toHaveLength(295);
});
