import type { RewindStep } from '../../contract/index.ts';
import { renewProfiles } from '../../grading/index.ts';
import { ApiProblem } from '../problems/problems.ts';
import type { Step } from '../sandboxes/steps.ts';
import type { AttemptsContext } from './context.ts';
import { findOwn } from './read-attempt.ts';
import type { AttemptRecord } from './store.ts';

/** The call that rewinding would undo; null where the stage has none, or the sandbox cannot go back. */
export async function readStep(
  context: AttemptsContext,
  learnerId: string,
  attemptId: string,
): Promise<RewindStep | null> {
  const { attempt } = await findOwn(context, learnerId, attemptId);
  const sandbox = await openSandbox(context, attempt);
  const step = sandbox.backend === 'localstack' ? undefined : await sandbox.lastStep();
  return step === undefined ? null : stepView(step);
}

/**
 * Undoes the learner's last change with all that it set off. Sessions that were made after it are gone; profiles of roles that lose theirs
 * get new ones. Hints, answers and verdicts stay, and so do events: what was done was done.
 * @param wanted the id of the step that the learner saw; the last one where undefined
 */
export async function rewindStep(
  context: AttemptsContext,
  attempt: AttemptRecord,
  wanted: string | undefined,
): Promise<RewindStep> {
  const sandbox = await openSandbox(context, attempt);
  // The ids that LocalStack made up cannot be had again.
  if (sandbox.backend === 'localstack') throw new ApiProblem('rewind_unavailable');
  const platform = { cloud: context.cloud, realNow: Date.now() };
  const rewound = await sandbox.rewind(wanted, (world) => renewProfiles(world, attempt.profiles, platform));
  if (rewound.kind === 'nothing') throw new ApiProblem('nothing_to_rewind');
  if (rewound.kind === 'another') throw new ApiProblem('step_outdated');
  await context.store.saveProfiles(attempt.id, rewound.result);
  return stepView(rewound.step);
}

async function openSandbox(context: AttemptsContext, attempt: AttemptRecord) {
  if (attempt.state === 'ended') throw new ApiProblem('attempt_ended');
  const sandbox = await context.sandboxes.get(attempt.sandboxId);
  if (sandbox === undefined) throw new ApiProblem('sandbox_unavailable');
  return sandbox;
}

function stepView({ id, name, principal, at }: Step): RewindStep {
  return { id, call: name, principal, at: at.toISOString() };
}
