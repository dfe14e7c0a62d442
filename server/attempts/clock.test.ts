/** The clock of a learner's own account, on the whole app. */
import type { Patch } from 'immer';
import { expect, test } from 'vitest';
import type { Attempt } from '../../contract/index.ts';
import { Browser } from '../testing/app.ts';
import { callIn, sandboxOf } from '../testing/calling.ts';
import { bossAccount, madeApp } from '../testing/made-pack.ts';

const HOUR = 3_600_000;

const CHALLENGE = `
type: fix
you: [{ profile: boss, principal: role/Boss }]
clock: [1h, 1d]
checks:
  - { id: over, title: Something, state: { call: iam:ListUsers, expect: "length(Users) == \`9\`" } }
`;

const opened = madeApp(CHALLENGE, bossAccount);

async function started(): Promise<{ ana: Browser; attempt: Attempt }> {
  const ana = new Browser(opened().app);
  return { ana, attempt: await ana.open('made/up') };
}

const move = (ana: Browser, { id }: Attempt, by: string) => ana.request('POST', `/api/attempts/${id}/clock`, { by });

test('moves by what the challenge offers: sessions end, the profile gets a new one, and a day is a day', async () => {
  const { ana, attempt } = await started();
  expect(attempt.clock).toEqual({ ahead: 0, steps: ['1h', '1d'] });
  const RoleArn = `arn:aws:iam::${attempt.sandbox.accountId}:role/Boss`;
  const assumed = await callIn(opened().platform, attempt, 'sts:AssumeRole', { RoleArn, RoleSessionName: 'own' });
  const { Credentials } = (assumed.kind === 'ok' ? assumed.output : {}) as { Credentials: { AccessKeyId: string } };
  const own = { accessKeyId: Credentials.AccessKeyId };
  expect((await callIn(opened().platform, attempt, 'iam:ListUsers', {}, own)).kind).toBe('ok');

  const moved: Attempt = (await move(ana, attempt, '1d')).json();
  expect(moved.clock.ahead).toBe(24 * HOUR);
  await expect(callIn(opened().platform, attempt, 'iam:ListUsers', {}, own)).rejects.toThrow('ExpiredToken');
  expect(moved.sandbox.profiles[0]?.accessKeyId).not.toBe(attempt.sandbox.profiles[0]?.accessKeyId);
  const made = await callIn(opened().platform, moved, 'iam:CreateUser', { UserName: 'Late' });
  const { CreateDate } = (made.kind === 'ok' ? (made.output as { User: { CreateDate: Date } }) : undefined)?.User ?? {};
  expect(Math.abs((CreateDate?.getTime() ?? 0) - Date.now() - 24 * HOUR)).toBeLessThan(HOUR);
});

test('does what falls due on the way, each at its own moment, while calls come in', async () => {
  const { ana, attempt } = await started();
  const secret = { Name: 'old', SecretString: 'x', ClientRequestToken: 'a'.repeat(32) };
  await callIn(opened().platform, attempt, 'secretsmanager:CreateSecret', secret);
  const leave = { SecretId: 'old', RecoveryWindowInDays: 7 };
  expect((await callIn(opened().platform, attempt, 'secretsmanager:DeleteSecret', leave)).kind).toBe('ok');
  const calls = Array.from({ length: 20 }, (_, n) =>
    callIn(opened().platform, attempt, 'iam:CreateUser', { UserName: `User${n}` }),
  );
  const moves = Array.from({ length: 8 }, () => move(ana, attempt, '1d'));
  expect((await Promise.all(moves)).map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(200));
  expect((await Promise.all(calls)).map(({ kind }) => kind)).toEqual(Array(20).fill('ok'));
  const { world } = await sandboxOf(opened().platform, attempt);
  expect(world.clockOffset).toBe(8 * 24 * HOUR);
  expect(Object.keys(world.accounts[attempt.sandbox.accountId]?.secretsmanager.secrets ?? {})).toEqual([]);
  expect(Object.keys(world.accounts[attempt.sandbox.accountId]?.iam.users ?? {})).toHaveLength(20);
});

test('goes on at the same time after a reset', async () => {
  const { ana, attempt } = await started();
  await move(ana, attempt, '1h');
  const after: Attempt = (await ana.request('POST', `/api/attempts/${attempt.id}/reset`)).json();
  expect(after.clock.ahead).toBe(HOUR);
});

test('is refused for any other length, for another’s attempt, and beyond ten years', async () => {
  const { ana, attempt } = await started();
  const refused = async (by: string) => (await move(ana, attempt, by)).json();
  expect(await refused('2h')).toMatchObject({ status: 409, code: 'clock_not_offered' });
  expect(await refused('a lot of time')).toMatchObject({ status: 400, code: 'invalid_request' });
  expect((await move(new Browser(opened().app), attempt, '1h')).statusCode).not.toBe(200);
  const sandbox = await sandboxOf(opened().platform, attempt);
  await sandbox.act('clock', (world) => {
    const value = 3_650 * 24 * HOUR - HOUR;
    const patches: Patch[] = [{ op: 'replace', path: ['clockOffset'], value }];
    return { world: { ...world, clockOffset: value }, patches, newBlobs: new Map(), result: undefined };
  });
  expect(await refused('1d')).toMatchObject({ status: 409, code: 'clock_too_far' });
  expect((await move(ana, attempt, '1h')).statusCode).toBe(200);
});
