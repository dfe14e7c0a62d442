/** Steps, put together. */
import type { Foothold, Proof, Step } from './foothold.ts';

/** What a principal in hand does in one step. */
export function stepOf({ principal }: Foothold, to: string, path: string, proofs: readonly Proof[]): Step {
  return { from: principal.arn, to, path, actions: actionsOf(proofs), proofs };
}

function actionsOf(proofs: readonly Proof[]): readonly string[] {
  return [...new Set(proofs.map(({ request }) => request.action))];
}

/** The steps of both, each once, in order. */
export function joined(first: readonly Step[], second: readonly Step[]): readonly Step[] {
  return [...new Set([...first, ...second])];
}
