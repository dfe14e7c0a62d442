import type { Attempt } from '../../contract/index.ts';
import type { Challenge } from '../../grading/index.ts';
import type { AttemptsContext } from './context.ts';
import { findOwn, readAttempt } from './read-attempt.ts';
import type { AttemptDetails } from './store.ts';

/**
 * Does one act on an attempt of this learner, after those that came before it, and tells the attempt's open pages how it stands
 * then. Answers what the act came to, and the attempt as they are told.
 */
export async function actOn<Result>(
  context: AttemptsContext,
  learnerId: string,
  attemptId: string,
  act: (details: AttemptDetails, challenge: Challenge) => Promise<Result>,
): Promise<{ result: Result; attempt: Attempt }> {
  const result = await context.turns.take(attemptId, async () => {
    const details = await findOwn(context, learnerId, attemptId);
    const { challenge } = await context.contents.get(details.attempt.contentDigest);
    return act(details, challenge);
  });
  const attempt = await readAttempt(context, learnerId, attemptId);
  context.live.publish(attemptId, { type: 'attempt', attempt });
  return { result, attempt };
}
