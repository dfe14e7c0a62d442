/** Answers of the analysis held against requests drawn at the borders of what the policies tell apart. */
import fc from 'fast-check';
import { compare } from '../compare.ts';
import { replayIdentity } from '../replays.ts';
import { identityPolicy, request, statements } from './policies.ts';

export interface Held {
  /** Requests that were decided for both sides of an answer `yes`. */
  readonly requests: number;
  readonly answers: Readonly<Record<'yes' | 'no' | 'unknown', number>>;
  /** Requests that an answer says cannot be, with the policies. */
  readonly contradictions: readonly unknown[];
}

/** Compares drawn pairs of policies, and decides the requests for each pair of which something is answered by `yes`. */
export function holdAgainstRequests(seed: number, pairs: number, requestsEach: number): Held {
  const answers = { yes: 0, no: 0, unknown: 0 };
  const contradictions: unknown[] = [];
  const drawn = fc.sample(request, { numRuns: requestsEach, seed });
  let requests = 0;
  for (const [one, two] of fc.sample(fc.tuple(statements, statements), { numRuns: pairs, seed })) {
    const [a, b] = [identityPolicy(one), identityPolicy(two)];
    const { aInB, bInA, disjoint } = compare([a], [b]);
    for (const answer of [aInB, bInA, disjoint]) answers[answer]++;
    if (![aInB, bInA, disjoint].includes('yes')) continue;
    const [byA, byB] = [replayIdentity([a]), replayIdentity([b])];
    for (const asked of drawn) {
      requests++;
      const [inA, inB] = [byA(asked), byB(asked)];
      const isWrong = inA ? (inB ? disjoint : aInB) === 'yes' : inB && bInA === 'yes';
      if (isWrong) contradictions.push({ a: one, b: two, asked });
    }
  }
  return { requests, answers, contradictions };
}
