import { createHash } from 'node:crypto';
import type { Challenge } from '../../grading/challenge.ts';
import type { PackPlace } from '../../grading/index.ts';
import type { Problem } from '../../grading/problem.ts';
import { type ChallengeFiles, readChallenge } from '../../grading/reading/read-challenge.ts';

/** A challenge with the files that it was read from, under their digest. */
export interface Content {
  /** SHA-256 over the names and texts of the files, lower-case hex. */
  readonly digest: string;
  /** `<pack>/<id>`. */
  readonly challengeId: string;
  readonly files: Record<string, string>;
  readonly challenge: Challenge;
}

export type ReadContent =
  | { readonly kind: 'ok'; readonly content: Content }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

function digestOf(files: ChallengeFiles): string {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

/**
 * Reads a challenge's files; the same files always have the same digest.
 * @param place the pack that they must fit into; without it they are read by themselves, as what is stored is
 */
export function readContent(challengeId: string, files: ChallengeFiles, place?: PackPlace): ReadContent {
  const read = readChallenge(files, place);
  if (read.kind === 'invalid') return read;
  return { kind: 'ok', content: { digest: digestOf(files), challengeId, files, challenge: read.challenge } };
}
