/** What a challenge's file must agree on with the pack that it stands in. */
import type { ChallengeFile } from '../challenge.ts';
import type { Pack } from '../pack.ts';
import type { Problem } from '../problem.ts';
import type { YamlFile } from './document.ts';

/** Where a challenge stands. */
export interface PackPlace {
  /** The name of its folder. */
  readonly folder: string;
  readonly tracks: Pack['tracks'];
}

/** Problems of a challenge with its place in the pack. */
export function placeProblems(yaml: YamlFile, file: ChallengeFile, { folder, tracks }: PackPlace): readonly Problem[] {
  const found: Problem[] = [];
  if (file.id !== folder) {
    found.push(yaml.problem('wrong_value', ['id'], `id is "${file.id}"; it takes the name of its folder, ${folder}.`));
  }
  if (!tracks.some(({ id }) => id === file.track)) {
    const known = tracks.map(({ id }) => id).join(', ');
    const message = `track is "${file.track}", which pack.yaml does not have: its tracks are ${known}.`;
    found.push(yaml.problem('wrong_value', ['track'], message));
  }
  return found;
}
