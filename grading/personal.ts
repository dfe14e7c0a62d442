import type { Challenge } from './challenge.ts';
import { substituteAll, type Variables } from './variables.ts';

/** What a learner reads of a challenge. The template, the scripts and the patterns are no part of it. */
export type PersonalTexts = Pick<Challenge, 'story' | 'stages' | 'hints' | 'debrief' | 'home'>;

/** A challenge’s texts with a learner’s own names in them (`withAccount` adds the account’s). */
export function personalTexts(challenge: Challenge, variables: Variables): PersonalTexts {
  const { story, stages, hints, debrief, home } = challenge;
  return substituteAll({ story, stages, hints, debrief, home }, variables);
}
