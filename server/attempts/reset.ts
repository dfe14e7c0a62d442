import { type Challenge, renewProfiles } from '../../grading/index.ts';
import { ApiProblem } from '../problems/problems.ts';
import { wentBack } from '../sandboxes/going-back.ts';
import type { AttemptsContext } from './context.ts';
import type { AttemptRecord } from './store.ts';

/**
 * Puts the current stage back to its start: the same account, users' keys and variables; hints stay bought; the profiles of
 * roles get new sessions, and every other session is gone.
 */
export async function reset(context: AttemptsContext, attempt: AttemptRecord, challenge: Challenge): Promise<void> {
  if (attempt.state === 'ended') throw new ApiProblem('attempt_ended');
  const stage = challenge.stages[attempt.stage];
  const sandbox = await context.sandboxes.get(attempt.sandboxId);
  if (stage === undefined || sandbox === undefined) throw new ApiProblem('sandbox_unavailable');
  const start = await context.store.stageStart(attempt.id, attempt.stage);
  const profiles = await sandbox.act('reset', (now) => {
    const platform = { cloud: context.cloud, realNow: Date.now() };
    const back = wentBack(now, start);
    const renewed = renewProfiles(back.world, attempt.profiles, platform, () => true);
    return { ...renewed, patches: [...back.patches, ...renewed.patches] };
  });
  await context.store.resetStage(
    attempt.id,
    profiles,
    stage.checks.map((check) => check.id),
  );
}
