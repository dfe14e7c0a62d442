import { applyPatches } from 'immer';
import { expect, it } from 'vitest';
import type { Clockwork } from './clockwork.ts';
import { newWorld } from './new-world.ts';
import { calling, changing } from './process.ts';
import { madeCloud } from './testing/made-cloud.ts';
import { nextDue, passTime } from './time.ts';
import type { World } from './world.ts';

const me = '111122223333';
const minute = 60_000;

/** Every minute, the account's alias counts the ticks and keeps the last one's time; a call that is refused comes with each. */
const everyMinute: Clockwork = {
  nextDue: (world) => lastTick(world).at + minute,
  *tick({ now, world }) {
    const { count } = lastTick(world);
    yield* changing(me, (account) => {
      account.iam.alias = `${count + 1} ${Math.floor(now / minute) * minute}`;
    });
    yield* calling({
      by: 'scheduler.amazonaws.com',
      as: { kind: 'service', source: { arn: 'arn:aws:scheduler:us-east-1:111122223333:schedule/g/s', accountId: me } },
      service: 'iam',
      operation: 'CreateUser',
      input: { UserName: 'Sam' },
    });
  },
};

function lastTick({ accounts }: World): { count: number; at: number } {
  const [count = 0, at = 0] = (accounts[me]?.iam.alias ?? '0 0').split(' ').map(Number);
  return { count, at };
}

const cloud = madeCloud({}, everyMinute);
const world = newWorld({ accountId: me, region: 'us-east-1' });

it('nothing is done before it is due', () => {
  expect(nextDue(cloud, world)).toBe(minute);
  expect(passTime(cloud, world, minute - 1)).toMatchObject({ world, patches: [], inner: [] });
});

it('each is done at its own moment, in one change', () => {
  const passed = passTime(cloud, world, 3 * minute + 5);
  expect(lastTick(passed.world)).toEqual({ count: 3, at: 3 * minute });
  expect(applyPatches(world, [...passed.patches])).toEqual(passed.world);
  expect(passed.inner.map(({ request }) => request.realNow)).toEqual([minute, 2 * minute, 3 * minute]);
  expect(passed.inner[0]).toMatchObject({
    request: { caller: { kind: 'service', service: 'scheduler.amazonaws.com' } },
    outcome: { kind: 'error', error: { code: 'AccessDenied' } },
  });
  expect(nextDue(cloud, passed.world)).toBe(4 * minute);
});

it("goes by the sandbox's clock", () => {
  const ahead = { ...world, clockOffset: 2 * minute };
  expect(lastTick(passTime(cloud, ahead, 0).world)).toEqual({ count: 2, at: 2 * minute });
});

it('catches up with a hundred moments, and does the rest at once', () => {
  const passed = passTime(cloud, world, 1000 * minute);
  expect(lastTick(passed.world)).toEqual({ count: 101, at: 1000 * minute });
});

it('is told of a service whose work is never done', () => {
  const stuck = madeCloud({}, { nextDue: () => 1, *tick() {} });
  expect(() => passTime(stuck, world, 2)).toThrow('ssm has work due at 1 after it was done');
});
