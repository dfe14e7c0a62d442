/** Answers of `compareAccess` held against drawn requests: what buckets and keys have beside policies. */
import fc from 'fast-check';
import { decide } from '../../decide.ts';
import type { AnyRequest } from '../../model.ts';
import { type Access, compareAccess } from '../access.ts';
import { applicableTo, askedBy } from '../access-frame.ts';
import { scene } from './beside-policies.ts';
import type { Held } from './hold.ts';

/** Whether a side allows a request of its caller. */
export function allows(access: Access, request: AnyRequest): boolean {
  const asked = askedBy(access, request, true);
  return decide(asked, applicableTo(access, asked)).verdict === 'allowed';
}

/** Compares drawn pairs of accesses, and decides drawn requests of their caller for both sides. */
export function holdAccessAgainstRequests(seed: number, pairs: number, requestsEach: number): Held {
  const answers = { yes: 0, no: 0, unknown: 0 };
  const contradictions: unknown[] = [];
  let requests = 0;
  for (const { sides, asked } of fc.sample(scene, { numRuns: pairs, seed })) {
    const [a, b] = sides;
    const onUnreplayed = (request: AnyRequest) => contradictions.push({ a, b, unreplayed: request });
    const { aInB, bInA, disjoint } = compareAccess(a, b, { onUnreplayed });
    for (const answer of [aInB, bInA, disjoint]) answers[answer]++;
    for (const drawn of fc.sample(asked, { numRuns: requestsEach, seed })) {
      requests++;
      const request: AnyRequest = { caller: a.caller, resourceAccountId: '', ...drawn };
      const [inA, inB] = [allows(a, request), allows(b, request)];
      const isWrong = inA ? (inB ? disjoint : aInB) === 'yes' : inB && bInA === 'yes';
      if (isWrong) contradictions.push({ a, b, asked: request });
    }
  }
  return { requests, answers, contradictions };
}
