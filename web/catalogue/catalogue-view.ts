import type { AttemptList, ChallengeSummary, ChallengeType } from '../../contract/index.ts';

/** How far the learner is with a challenge. */
export type Progress = 'solved' | 'begun' | 'untouched';

export interface Track {
  readonly id: string;
  readonly title: string;
  readonly challenges: readonly ChallengeSummary[];
}

type AttemptSummary = AttemptList['attempts'][number];

/** Solved once stays solved, also when the challenge was started over since. */
export function progressOf(challenge: string, attempts: readonly AttemptSummary[]): Progress {
  const own = attempts.filter((attempt) => attempt.challenge === challenge);
  if (own.some((attempt) => attempt.solved)) return 'solved';
  return own.some((attempt) => attempt.state === 'open') ? 'begun' : 'untouched';
}

/** Challenges whose words hold every word of the search, and whose type is among `types` (none: all). */
export function matching(
  challenges: readonly ChallengeSummary[],
  search: string,
  types: ReadonlySet<ChallengeType>,
): ChallengeSummary[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return challenges.filter((challenge) => {
    if (types.size > 0 && !types.has(challenge.type)) return false;
    const text = [challenge.title, challenge.summary, challenge.track.title, challenge.type, ...challenge.objectives]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The tracks in the order in which their first challenge comes. */
export function tracksOf(challenges: readonly ChallengeSummary[]): Track[] {
  const tracks = new Map<string, { id: string; title: string; challenges: ChallengeSummary[] }>();
  for (const challenge of challenges) {
    const id = `${challenge.pack.id}/${challenge.track.id}`;
    const track = tracks.get(id) ?? { id, title: challenge.track.title, challenges: [] };
    track.challenges.push(challenge);
    tracks.set(id, track);
  }
  return [...tracks.values()];
}

/** Where to go on: the newest open attempt that is not solved; else the first challenge that nobody has tried yet. */
export function nextChallenge(
  challenges: readonly ChallengeSummary[],
  attempts: readonly AttemptSummary[],
): { readonly challenge: ChallengeSummary; readonly attempt: AttemptSummary | undefined } | undefined {
  const graded = challenges.filter((challenge) => challenge.type !== 'free');
  for (const attempt of attempts) {
    const challenge = graded.find((one) => one.id === attempt.challenge);
    if (challenge && attempt.state === 'open' && progressOf(challenge.id, attempts) !== 'solved') {
      return { challenge, attempt };
    }
  }
  const challenge = graded.find((one) => progressOf(one.id, attempts) !== 'solved');
  return challenge && { challenge, attempt: undefined };
}

/** The challenge after this one that is not solved: later ones first, then from the start. */
export function challengeAfter(
  id: string,
  challenges: readonly ChallengeSummary[],
  attempts: readonly AttemptSummary[],
): ChallengeSummary | undefined {
  const here = challenges.findIndex((challenge) => challenge.id === id);
  const order = [...challenges.slice(here + 1), ...challenges.slice(0, Math.max(here, 0))];
  return order.find((challenge) => challenge.type !== 'free' && progressOf(challenge.id, attempts) !== 'solved');
}
