/** Steps, put together. */
import type { Foothold, Proof, Step } from './foothold.ts';

/** What a principal in hand does in one step. */
export function stepOf({ principal, caller }: Foothold, to: string, path: string, proofs: readonly Proof[]): Step {
  const own = proofs.filter(({ request }) => request.caller === caller);
  return { from: principal.arn, to, path, actions: [...new Set(own.map(({ request }) => request.action))], proofs };
}

/** The steps of both, each once, in order. */
export function joined(first: readonly Step[], second: readonly Step[]): readonly Step[] {
  return [...new Set([...first, ...second])];
}
