import { expect, test } from 'vitest';
import { Sandbox } from '../iam/testing/sandbox.ts';
import { stsLimits } from './limits.ts';

test('an account full of sessions takes no more until some end, and forgets those that ended first', () => {
  const sandbox = new Sandbox();
  const bea = sandbox.user('Bea');
  const first = sandbox.call('GetSessionToken', { DurationSeconds: 900 }, bea).Credentials.AccessKeyId;
  const account = sandbox.world.accounts['111122223333'];
  const model = account?.sts.sessions[first];
  if (account === undefined || model === undefined) throw new Error('The session is kept');
  const others = Array.from({ length: stsLimits.sessions - 1 }, (_, i) => `ASIA${String(i).padStart(16, 'A')}`);
  const sessions = Object.fromEntries(
    others.map((accessKeyId) => [accessKeyId, { ...model, accessKeyId, expiresAt: model.expiresAt + 1000 }]),
  );
  const sts = { ...account.sts, sessions: { ...account.sts.sessions, ...sessions } };
  sandbox.world = { ...sandbox.world, accounts: { ...sandbox.world.accounts, [account.id]: { ...account, sts } } };
  expect(sandbox.refused('GetSessionToken', {}, bea)).toBe('Throttling: Rate exceeded');
  sandbox.realNow += 900_000;
  sandbox.call('GetSessionToken', {}, bea);
  const kept = sandbox.world.accounts[account.id]?.sts.sessions ?? {};
  expect(Object.keys(kept)).toHaveLength(stsLimits.sessions);
  expect(kept).not.toHaveProperty(first);
});
