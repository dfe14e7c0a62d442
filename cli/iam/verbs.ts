/** The verbs of `leastwise iam`. */
import { startCheck } from './check.ts';
import { startCompare } from './compare.ts';
import { startDecide } from './decide.ts';
import { startReach } from './reach.ts';
import { startWhoCan } from './who-can.ts';

export interface VerbSetting {
  /** Whether `--explain` was given. */
  readonly explain: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface Verb {
  readonly options: readonly string[];
  /** Makes what answers the lines; it throws a LineFault for a line that is no valid input. */
  readonly start: (setting: VerbSetting) => (line: unknown) => unknown;
}

export const IAM_VERBS: Readonly<Record<string, Verb>> = {
  decide: { options: ['--explain'], start: startDecide },
  compare: { options: [], start: startCompare },
  check: { options: [], start: startCheck },
  'who-can': { options: [], start: startWhoCan },
  reach: { options: [], start: startReach },
};
