import { expect, it } from 'vitest';
import { limits } from './limits.ts';
import { stateSize } from './state-size.ts';
import { accountId, Sandbox } from './testing/sandbox.ts';
import type { World } from './world.ts';

/** The sandbox with a parameter of so many characters in the learner's account, as if the limits of Parameter Store let it pass. */
function holding({ world }: Sandbox, characters: number): World {
  const account = world.accounts[accountId];
  if (account === undefined) throw new Error('no account');
  const alias = 'x'.repeat(characters);
  return { ...world, accounts: { ...world.accounts, [accountId]: { ...account, iam: { ...account.iam, alias } } } };
}

it('is what JSON takes, near enough', () => {
  const sandbox = new Sandbox();
  for (let n = 0; n < 50; n++)
    sandbox.call('iam:CreateUser', { UserName: `Bea${n}`, Tags: [{ Key: 'a', Value: 'b' }] });
  const exact = JSON.stringify(sandbox.world.accounts).length;
  expect(stateSize(sandbox.world) / exact).toBeGreaterThan(0.9);
  expect(stateSize(sandbox.world) / exact).toBeLessThan(1.1);
});

it('a full sandbox grows no more, whatever the service, and can still be emptied', () => {
  const sandbox = new Sandbox();
  sandbox.call('iam:CreateUser', { UserName: 'Bea' });
  sandbox.world = holding(sandbox, limits.sandbox.stateBytes);
  const full = sandbox.world;
  expect(sandbox.fail('iam:CreateUser', { UserName: 'Sam' })).toMatchObject({ code: 'LimitExceeded', status: 409 });
  expect(sandbox.fail('ssm:PutParameter', { Name: 'n', Value: 'v', Type: 'String' })).toMatchObject({
    code: 'LimitExceededException',
    status: 400,
  });
  expect(sandbox.world).toBe(full);
  sandbox.call('iam:DeleteUser', { UserName: 'Bea' });
});
