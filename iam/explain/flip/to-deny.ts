/** The changes that stop an allowed request: the grant that must go, where it goes alone, or else the least explicit Deny. */
import { hasPolicies } from '../../asked.ts';
import { usableGrant } from '../../kms-grants.ts';
import type { AclGrant, ApplicablePolicies } from '../../model.ts';
import { isServiceLinked, isUnderServiceControl } from '../../organization.ts';
import type { Subject } from '../../statement.ts';
import type { Judgement } from '../decision.ts';
import type { Change } from './change.ts';
import { narrow } from './narrow.ts';
import { type Standing, standingAfter } from './standing.ts';
import type { Found } from './to-allow.ts';
import { addition } from './where.ts';

const MOST_STEPS = 32;

type Allowed = Judgement & { readonly kind: 'allowed' };

/**
 * The fewest changes that deny a request. A grant is taken away where that takes nothing else with it; else an explicit Deny of just
 * this request is added; where nobody can write one, all grants go.
 */
export function changesToDeny(allowed: Standing): Found {
  const { judgement } = allowed;
  if (judgement.kind !== 'allowed') return { changes: [] };
  const exact = exactGrant(judgement, allowed);
  if (exact !== undefined && isDenied(standingAfter(allowed, [exact]))) return { changes: [exact] };
  for (const denial of denials(allowed)) {
    if (isDenied(standingAfter(allowed, [denial]))) return { changes: [denial] };
  }
  return withoutGrants(allowed);
}

function isDenied({ judgement }: Standing): boolean {
  return judgement.kind !== 'allowed';
}

/** Where one statement alone gives one side's part, and can lose this request without losing more. */
function exactGrant({ grants }: Allowed, { subject }: Standing): Change | undefined {
  const statements = grants.map(({ decisive }) => decisive);
  const own = statements.filter(({ policy }) => policy.layer === 'identity');
  const given = statements.filter(({ policy }) => policy.layer === 'resource' || policy.layer === 'trust');
  for (const [only, ...more] of [own, given]) {
    if (only === undefined || more.length > 0) continue;
    const change = narrow(only, subject);
    if (change.reach === 0) return change;
  }
  return undefined;
}

/** The explicit Denies that may do, each by itself: of the caller's own policies, of the resource's, of the organization's. */
function* denials({ subject, policies }: Standing): Generator<Change> {
  const { request } = subject;
  const { caller } = request;
  if (hasPolicies(caller) && !isServiceLinked(caller)) {
    const own = addition('Deny', 'identity', subject, policies);
    if (own !== undefined) yield own;
  }
  // A Deny for anonymous callers would be one for everybody.
  if (policies.resource !== undefined && caller.kind !== 'anonymous') {
    const given = addition('Deny', policies.resource.layer, subject, policies);
    if (given !== undefined) yield given;
  }
  if (caller.kind === 'root' && isUnderServiceControl(request)) {
    const level = Math.max(0, (policies.serviceControl?.length ?? 0) - 1);
    const control = addition('Deny', 'service-control', subject, policies, level);
    if (control !== undefined) yield control;
  }
}

/** Takes away what grants, way by way, until none is left. */
function withoutGrants(allowed: Standing): Found {
  let changes: readonly Change[] = [];
  let standing = allowed;
  while (changes.length < MOST_STEPS) {
    const { judgement } = standing;
    if (judgement.kind !== 'allowed') return { changes };
    const next = withoutWay(judgement, standing);
    if (next.length === 0) return { impossible: whyNotDeniable(judgement, allowed.subject) };
    changes = [...changes, ...next];
    standing = standingAfter(allowed, changes);
  }
  return { impossible: 'more would have to change than can be told' };
}

function withoutWay({ layer, grants }: Allowed, { subject, policies }: Standing): readonly Change[] {
  if (layer === 'grant') {
    const usable = usableGrant(policies.grants ?? [], subject.request, subject.action);
    return usable === undefined ? [] : [{ kind: 'revoke-grant', grant: usable.grant }];
  }
  const statements = grants.map(({ decisive }) => decisive);
  const given = statements.filter(({ policy }) => policy.layer !== 'identity');
  if (given.length === 0 && isServiceLinked(subject.request.caller)) return [];
  return (given.length > 0 ? given : statements).flatMap((statement): readonly Change[] => {
    if (statement.policy.layer !== 'acl') return [narrow(statement, subject)];
    const grant = listedGrants(policies)[statement.index];
    return grant === undefined ? [] : [{ kind: 'remove-acl-grant', grant }];
  });
}

/** The grants of the access control lists, in the order of the statements that they are asked as. */
function listedGrants({ acl, publicAccessBlocks }: ApplicablePolicies): readonly AclGrant[] {
  const grants = [...(acl?.bucket ?? []), ...(acl?.object ?? [])];
  const isIgnored = publicAccessBlocks?.some(({ ignorePublicAcls }) => ignorePublicAcls) === true;
  return isIgnored ? grants.filter(({ grantee }) => grantee.kind === 'account') : grants;
}

function whyNotDeniable({ layer, because }: Allowed, { request }: Subject): string {
  if (layer === 'root')
    return 'its root user has every right in the management account, and no control policy reaches it';
  if (isServiceLinked(request.caller)) return "the policies of a service-linked role are AWS's own";
  return because ?? 'no policy takes it away';
}
