import type { Patch } from 'immer';
import { type Challenge, clockMoved, millisecondsOf, renewProfiles } from '../../grading/index.ts';
import { ApiProblem } from '../problems/problems.ts';
import type { AttemptsContext } from './context.ts';
import type { AttemptRecord } from './store.ts';

/** Milliseconds that a sandbox's clock may be ahead of real time: ten years. Dates of AWS's keep their four digits for the year. */
const FURTHEST = 3_650 * 24 * 3_600_000;

/**
 * Moves the clock of an attempt's sandbox forward by a length of time that its challenge offers. What falls due on the way is done before
 * this resolves, each at its own moment; sessions that the learner made end as they would. The profiles of roles get new ones.
 */
export async function moveClock(
  context: AttemptsContext,
  attempt: AttemptRecord,
  challenge: Challenge,
  by: string,
): Promise<void> {
  if (attempt.state === 'ended') throw new ApiProblem('attempt_ended');
  if (!challenge.clock.includes(by)) {
    const right = challenge.clock.length === 0 ? 'moves no clock' : `moves its clock by ${challenge.clock.join(', ')}`;
    throw new ApiProblem('clock_not_offered', `This challenge ${right}.`);
  }
  const sandbox = await context.sandboxes.get(attempt.sandboxId);
  if (sandbox === undefined) throw new ApiProblem('sandbox_unavailable');
  const profiles = await sandbox.act('clock', (now) => {
    const moved = clockMoved(now, millisecondsOf(by));
    if (moved.clockOffset > FURTHEST) throw new ApiProblem('clock_too_far');
    const renewed = renewProfiles(moved, attempt.profiles, { cloud: context.cloud, realNow: Date.now() });
    const patch: Patch = { op: 'replace', path: ['clockOffset'], value: moved.clockOffset };
    return { ...renewed, patches: [patch, ...renewed.patches] };
  });
  await sandbox.passTime(Date.now());
  await context.store.saveProfiles(attempt.id, profiles);
}
