import type { CallEvent } from '../../contract/index.ts';

/** May the learner see why: the challenge explains always, or it is solved. */
export function explains(explain: 'always' | 'after-solving', solved: boolean): boolean {
  return explain === 'always' || solved;
}

/** An event as the learner may see it. */
export function eventView(event: CallEvent, explained: boolean): CallEvent {
  return explained ? event : { ...event, decisions: null };
}
