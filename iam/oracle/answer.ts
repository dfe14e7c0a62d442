/**
 * The oracle: the engine's semantics a second time, slow and obvious, to be fuzzed against `decide`. Written from IAM's
 * documentation and shares no code with the engine but the words of model.ts and policy.ts.
 *
 * An answer has three values. `doubtful` is where AWS does not say: such an Allow does not apply, such a Deny does.
 */
import type { Statement } from '../policy.ts';

export type Answer = 'yes' | 'no' | 'doubtful';

export const answer = (truth: boolean): Answer => (truth ? 'yes' : 'no');

export function not(asked: Answer): Answer {
  if (asked === 'doubtful') return 'doubtful';
  return asked === 'yes' ? 'no' : 'yes';
}

export function all(answers: readonly Answer[]): Answer {
  if (answers.includes('no')) return 'no';
  return answers.includes('doubtful') ? 'doubtful' : 'yes';
}

export function any(answers: readonly Answer[]): Answer {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('doubtful') ? 'doubtful' : 'no';
}

/** Whether a statement speaks, given the answer on its elements. */
export function applies(effect: Statement['effect'], asked: Answer): boolean {
  return asked === 'yes' || (asked === 'doubtful' && effect === 'Deny');
}
