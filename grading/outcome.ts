/** What a check came to, before it is told. */

export type Outcome = { readonly verdict: 'passed' } | { readonly verdict: 'failed'; readonly reason: string };

export const passed: Outcome = { verdict: 'passed' };

export function failed(reason: string): Outcome {
  return { verdict: 'failed', reason };
}

/** A principal that a check speaks of and that is not there. */
export function gone(principal: string): string {
  return `There is no ${principal} in this account: its work must still be possible.`;
}
