/** The changes that stop an allowed request: the grant that must go, where it goes alone, or else the least explicit Deny. */
import { hasPolicies } from '../../asked.ts';
import { usableGrant } from '../../kms-grants.ts';
import type { AclGrant, ApplicablePolicies, DecisiveStatement, Layer } from '../../model.ts';
import { isServiceLinked, isUnderServiceControl } from '../../organization.ts';
import { serviceOf } from '../../service-of.ts';
import type { Subject } from '../../statement.ts';
import type { Judgement } from '../decision.ts';
import type { Change } from './change.ts';
import { narrow, narrowExactly } from './narrow.ts';
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
  for (const layer of denyingLayers(allowed)) {
    const denial = addition('Deny', layer, allowed.subject, allowed.policies, levelOf(layer, allowed));
    if (denial !== undefined && isDenied(standingAfter(allowed, [denial]))) return { changes: [denial] };
  }
  return withoutGrants(allowed);
}

function isDenied({ judgement }: Standing): boolean {
  return judgement.kind !== 'allowed';
}

/** Where one statement alone gives one side's part, and can lose this request without losing more. */
function exactGrant({ grants }: Allowed, { subject }: Standing): Change | undefined {
  let own: DecisiveStatement | undefined;
  let given: DecisiveStatement | undefined;
  let owns = 0;
  let gives = 0;
  for (const { decisive } of grants) {
    if (decisive.policy.layer === 'acl') return undefined;
    if (decisive.policy.layer === 'identity') {
      own = decisive;
      owns++;
    } else {
      given = decisive;
      gives++;
    }
  }
  const ofOwn = own !== undefined && owns === 1 ? narrowExactly(own, subject) : undefined;
  return ofOwn ?? (given !== undefined && gives === 1 ? narrowExactly(given, subject) : undefined);
}

/** The layers where an explicit Deny may do: the caller's own policies, the resource's, the organization's. */
function denyingLayers({ subject: { request }, policies }: Standing): readonly Layer[] {
  const { caller } = request;
  const { resource } = policies;
  const own: readonly Layer[] = hasPolicies(caller) && !isServiceLinked(caller) ? ['identity'] : [];
  // A Deny for anonymous callers would be one for everybody.
  if (caller.kind === 'anonymous') return own;
  const layers: Layer[] = resource === undefined ? [...own] : [...own, resource.layer];
  if (caller.kind === 'root' && isUnderServiceControl(request)) layers.push('service-control');
  // Nobody can write a policy for these: what is left is one for the resource.
  const isLast = layers.length === 0 && 'accountId' in caller && resource === undefined && request.resource !== '*';
  if (isLast && WITH_DENIES.has(serviceOf(request.action))) layers.push('resource');
  return layers;
}

/**
 * Services whose resources take policies with a Deny, as far as that is sure. IAM User Guide, "AWS services that work with IAM"; Lambda
 * has such policies too, and takes Allows only.
 */
const WITH_DENIES: ReadonlySet<string> = new Set([
  'backup',
  'ecr',
  'glacier',
  'kms',
  's3',
  'secretsmanager',
  'sns',
  'sqs',
]);

/** Service control policies are attached to the account. */
function levelOf(layer: Layer, { policies }: Standing): number | undefined {
  return layer === 'service-control' ? Math.max(0, (policies.serviceControl?.length ?? 0) - 1) : undefined;
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
