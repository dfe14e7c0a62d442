import { randomUUID } from 'node:crypto';
import { issueProfiles, provision } from '../../grading/index.ts';
import type { Content } from '../catalogue/content.ts';
import { ApiProblem } from '../problems/problems.ts';
import type { ReadyStart } from '../reserve/reserve.ts';
import type { AttemptsContext } from './context.ts';
import { drawLearner } from './draw-learner.ts';
import type { AttemptRecord } from './store.ts';

/** Opens a challenge for a learner: the attempt that is open already, or a new one in an AWS account of its own. */
export async function startAttempt(
  context: AttemptsContext,
  learnerId: string,
  challengeId: string,
): Promise<{ kind: 'started' | 'resumed'; attempt: AttemptRecord }> {
  const open = await context.store.findOpen(learnerId, challengeId);
  if (open !== undefined) return { kind: 'resumed', attempt: open };
  const content = context.catalogue.content(challengeId);
  if (content === undefined) throw new ApiProblem('challenge_not_found', `There is no challenge ${challengeId}.`);
  const attempt = await newAttempt(context, learnerId, content);
  if (attempt !== undefined) return { kind: 'started', attempt };
  // Another request of the same learner was faster: theirs is the attempt.
  const theirs = await context.store.findOpen(learnerId, challengeId);
  if (theirs === undefined) throw new ApiProblem('internal');
  return { kind: 'resumed', attempt: theirs };
}

/**
 * Ends an attempt and begins the same challenge again, with a new account and new variables. The old one stays readable; its
 * keys are dead. Where the challenge is in the catalogue no more, its content as the attempt had it is used.
 */
export async function startOver(context: AttemptsContext, attempt: AttemptRecord): Promise<AttemptRecord> {
  if (attempt.state === 'ended') throw new ApiProblem('attempt_ended');
  const content = context.catalogue.content(attempt.challengeId) ?? (await context.contents.get(attempt.contentDigest));
  const fresh = await newAttempt(context, attempt.learnerId, content, attempt.id);
  if (fresh === undefined) throw new ApiProblem('attempt_ended');
  await context.sandboxes.retire(attempt.sandboxId);
  return fresh;
}

async function newAttempt(
  context: AttemptsContext,
  learnerId: string,
  content: Content,
  instead?: string,
): Promise<AttemptRecord | undefined> {
  const { cloud, reserve, sandboxes, store } = context;
  const realNow = Date.now();
  const start = (await reserve.claim(content, realNow)) ?? (await freshStart(context, content, realNow));
  const issued = issueProfiles(start.world, content.challenge.stages[0]?.you ?? [], { cloud, realNow });
  await context.contents.keep(content);
  const sandbox = await sandboxes.create(issued.world, new Map([...start.newBlobs, ...issued.newBlobs]));
  const attempt: AttemptRecord = {
    id: randomUUID(),
    learnerId,
    challengeId: content.challengeId,
    contentDigest: content.digest,
    variables: start.variables,
    sandboxId: sandbox.id,
    state: 'open',
    stage: 0,
    profiles: issued.result,
    startedAt: new Date(realNow),
    solvedAt: null,
  };
  if ((await store.create(attempt, sandbox.world, instead)) === 'created') return attempt;
  await sandboxes.retire(sandbox.id);
  return undefined;
}

/** A start state made on the spot. */
async function freshStart(
  { cloud, sandboxes }: AttemptsContext,
  { challenge }: Content,
  realNow: number,
): Promise<ReadyStart> {
  return provision(challenge, await drawLearner({ cloud, sandboxes }, challenge), { cloud, realNow });
}
