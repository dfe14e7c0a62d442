import { resolveCredential } from '../../cloud/credentials.ts';
import type { World } from '../../cloud/world.ts';
import type { AccessMatrix } from '../../contract/index.ts';
import { accessMatrix, type AccessMatrix as Matrix } from '../../grading/index.ts';
import type { Caller } from '../../iam/model.ts';
import { ApiProblem } from '../problems/problems.ts';
import type { AttemptsContext } from './context.ts';
import { findOwn } from './read-attempt.ts';
import type { AttemptRecord } from './store.ts';

/** The access matrix of an attempt's current stage, on the account as it stands. */
export async function readAccess(
  context: AttemptsContext,
  learnerId: string,
  attemptId: string,
): Promise<AccessMatrix> {
  const { attempt } = await findOwn(context, learnerId, attemptId);
  if (attempt.state === 'ended') throw new ApiProblem('attempt_ended');
  const { challenge } = await context.contents.get(attempt.contentDigest);
  const sandbox = await context.sandboxes.get(attempt.sandboxId);
  if (sandbox === undefined) throw new ApiProblem('sandbox_unavailable');
  const { world } = sandbox;
  const realNow = Date.now();
  const matrix = accessMatrix({
    checks: challenge.stages[attempt.stage]?.checks ?? [],
    world,
    variables: attempt.variables,
    learner: callersOf(attempt, world, realNow + world.clockOffset),
    cloud: context.cloud,
    realNow,
  });
  // The contract's types know no readonly: what is answered is nobody's any more.
  return matrix as Writable<Matrix>;
}

type Writable<T> = T extends object ? { -readonly [Key in keyof T]: Writable<T[Key]> } : T;

/** Everyone whose keys the learner was given, as far as the keys still work. None of the profiles is a federated user's. */
export function callersOf({ profiles }: AttemptRecord, world: World, now: number): readonly Caller[] {
  return profiles.flatMap(({ accessKeyId }) => {
    const credential = resolveCredential(world, accessKeyId, now);
    if (credential.kind !== 'found') return [];
    const { caller } = credential;
    return caller.kind === 'federated-user' || caller.kind === 'federated-identity' ? [] : [caller];
  });
}
