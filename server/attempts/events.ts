import type { CallEvent, CallEventList } from '../../contract/index.ts';
import type { Challenge } from '../../grading/index.ts';
import type { AttemptsContext } from './context.ts';
import { findOwn } from './read-attempt.ts';
import type { AttemptRecord } from './store.ts';

/** Whether a learner sees why their calls were decided so. */
export type Reasons = 'shown' | 'hidden';

/** Shown where the challenge explains always, and after it is solved. */
export function reasonsFor(challenge: Pick<Challenge, 'explain'>, attempt: Pick<AttemptRecord, 'solvedAt'>): Reasons {
  return challenge.explain === 'always' || attempt.solvedAt !== null ? 'shown' : 'hidden';
}

/** An event as the learner may see it. */
export function eventView(event: CallEvent, reasons: Reasons): CallEvent {
  return reasons === 'shown' ? event : { ...event, decisions: null };
}

/** The calls in the account of this learner's attempt, newest first; those of an ended attempt too. */
export async function readEvents(
  context: AttemptsContext,
  learnerId: string,
  attemptId: string,
  page: { before?: string; limit: number },
): Promise<CallEventList> {
  const { attempt } = await findOwn(context, learnerId, attemptId);
  const { challenge } = await context.contents.get(attempt.contentDigest);
  const reasons = reasonsFor(challenge, attempt);
  const events = await context.sandboxes.events(attempt.sandboxId, page);
  return {
    events: events.map((event) => eventView(event, reasons)),
    next: events.length < page.limit ? null : (events.at(-1)?.id ?? null),
  };
}
