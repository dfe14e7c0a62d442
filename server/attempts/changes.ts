import type { AccountChanges } from '../../contract/index.ts';
import { changesBetween } from '../../grading/index.ts';
import { ApiProblem } from '../problems/problems.ts';
import { callersOf } from './access.ts';
import type { AttemptsContext } from './context.ts';
import { findOwn } from './read-attempt.ts';

/** What an account is compared with as it is now: how it was when the current stage began, or the challenge. */
export type Since = 'stage' | 'start';

/** What the learner has changed in their account. */
export async function readChanges(
  context: AttemptsContext,
  learnerId: string,
  attemptId: string,
  since: Since,
): Promise<AccountChanges> {
  const { attempt } = await findOwn(context, learnerId, attemptId);
  if (attempt.state === 'ended') throw new ApiProblem('attempt_ended');
  const sandbox = await context.sandboxes.get(attempt.sandboxId);
  if (sandbox === undefined) throw new ApiProblem('sandbox_unavailable');
  const before = await context.store.stageStart(attempt.id, since === 'stage' ? attempt.stage : 0);
  const { world } = sandbox;
  const realNow = Date.now();
  const { things, documents, leftOff } = changesBetween({
    before,
    world,
    variables: attempt.variables,
    learner: callersOf(attempt, world, realNow + world.clockOffset),
    cloud: context.cloud,
    realNow,
  });
  return {
    things: things.map((thing) => ({ ...thing, facts: [...thing.facts] })),
    documents: documents.map((document) => ({ ...document, needs: [...document.needs] })),
    leftOff,
  };
}
