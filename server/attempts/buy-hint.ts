import type { Hint } from '../../contract/index.ts';
import { type Challenge, personalTexts } from '../../grading/index.ts';
import { ApiProblem } from '../problems/problems.ts';
import type { AttemptsContext } from './context.ts';
import type { AttemptRecord } from './store.ts';
import { namesOf } from './view.ts';

/** Reveals a hint, by its number from 1, and keeps that it was bought. Buying it again costs nothing. */
export async function buyHint(
  context: AttemptsContext,
  attempt: AttemptRecord,
  challenge: Challenge,
  account: { accountId: string; region: string },
  n: number,
): Promise<Hint> {
  const hint = personalTexts(challenge, namesOf(attempt.variables, account)).hints[n - 1];
  if (hint === undefined) throw new ApiProblem('hint_not_found', `This challenge has ${challenge.hints.length} hints.`);
  if (attempt.state === 'open') await context.store.buyHint(attempt.id, n, hint.cost);
  else throw new ApiProblem('attempt_ended');
  return { title: hint.title, text: hint.text, cost: hint.cost };
}
