/** The smallest change of policies that turns a decision. */

import { askAll } from '../../asked.ts';
import { judgeAsked, judgeByRule, subjectOf } from '../../decide.ts';
import type { AnyRequest, ApplicablePolicies } from '../../model.ts';
import type { Flip } from '../explanation.ts';
import type { Standing } from './standing.ts';
import { stepOf } from './steps.ts';
import { changesToAllow, type Found } from './to-allow.ts';
import { changesToDeny } from './to-deny.ts';

/**
 * The changes that turn a decision, each of them needed: fewest statements first, then those that touch least else. They were proved
 * by judging again. `impossible` where no change of a policy turns it.
 */
export function findChanges(standing: Standing): Found {
  return standing.judgement.kind === 'allowed' ? changesToDeny(standing) : changesToAllow(standing);
}

/** The same as a flip of an explanation. */
export function findFlip(standing: Standing): Flip {
  const found = findChanges(standing);
  if ('impossible' in found) return { kind: 'impossible', because: found.impossible };
  const to = standing.judgement.kind === 'allowed' ? 'denied' : 'allowed';
  return { kind: 'change', to, steps: found.changes.map((change) => stepOf(change, standing.policies)) };
}

/** Where a request stands; undefined where a rule settles it before policies are read. */
export function standingOf(request: AnyRequest, policies: ApplicablePolicies): Standing | undefined {
  const subject = subjectOf(request, policies);
  if (judgeByRule(subject) !== undefined) return undefined;
  const asked = askAll(subject, policies);
  return { subject, policies, asked, judgement: judgeAsked(asked, subject, policies) };
}
