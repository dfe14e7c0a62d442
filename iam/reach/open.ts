/** Resources that a principal in hand can open for itself, and what it can keep for ever. */
import type { AccountRole } from '../account/account.ts';
import { parseArn } from '../arn.ts';
import type { ApplicablePolicies, AttachedPolicy } from '../model.ts';
import type { Policy } from '../policy.ts';
import { rolesLettingIn } from './by-trust.ts';
import { type Foothold, foothold, type Proof, type Setting } from './foothold.ts';
import { type Bound, proveAll } from './prove.ts';
import type { Need, OpenResource, Persist } from './row.ts';

export interface Opening {
  readonly resource: string;
  readonly proofs: readonly Proof[];
}

/** Known resources of the kind where opening gives the caller something that it has not, as far as SCPs and denies let it. */
export function openResources(setting: Setting, actor: Foothold, way: OpenResource): readonly Opening[] {
  return resourcesOfKind(setting, actor, way).flatMap((resource) => {
    const bound: Bound = { resource };
    const proofs = proveAll(setting, actor, way.needs, bound);
    if (proofs === undefined) return [];
    const opened: Bound = { ...bound, written: writtenBy(actor, resource.arn, way) };
    const gained = way.gains.some(
      (gain) =>
        proveAll(setting, actor, [gain], bound) === undefined && proveAll(setting, actor, [gain], opened) !== undefined,
    );
    return gained ? [{ resource: resource.arn, proofs }] : [];
  });
}

/** Whose policy the estate knows, or which runs. Policies are written within the account that owns the resource. */
export function resourcesOfKind(
  { estate, workloads = [] }: Setting,
  { principal }: Foothold,
  { resource }: OpenResource,
) {
  const [, , service = '', , , ...rest] = resource.split(':');
  const known = new Map(estate.resourcePolicies.map(({ resource: arn, accountId }) => [arn, accountId]));
  for (const { arn } of workloads) {
    if (!known.has(arn)) known.set(arn, parseArn(arn)?.accountId || principal.accountId);
  }
  return [...known]
    .filter(([, accountId]) => accountId === principal.accountId)
    .filter(([arn]) => {
      const parsed = parseArn(arn);
      return parsed?.service === service && parsed.resource.startsWith(rest.join(':'));
    })
    .map(([arn, accountId]) => ({ arn, accountId }));
}

function writtenBy(
  { principal, caller }: Foothold,
  resource: string,
  { by }: OpenResource,
): Pick<ApplicablePolicies, 'resource' | 'grants'> {
  if ('grant' in by) {
    const grant = { id: 'new-grant', keyId: resource, granteePrincipal: principal.arn, operations: by.grant };
    return { grants: [grant] };
  }
  const name = caller.kind === 'role-session' ? caller.sessionArn : principal.arn;
  const policy: Policy = {
    version: '2012-10-17',
    statements: [
      {
        effect: 'Allow',
        principal: { not: false, everyone: false, aws: [name], service: [], federated: [], canonicalUser: [] },
        action: { not: false, values: ['*'] },
        resource: { not: false, values: [resource, `${resource}/*`] },
        conditions: [],
      },
    ],
  };
  const attached: AttachedPolicy = {
    layer: 'resource',
    name: resource,
    kind: 'resource',
    attachedTo: resource,
    policy,
  };
  return { resource: attached };
}

/** The calls by which a principal stays in hand, each with who makes them: alone, or by another role and back. */
export function persist(
  setting: Setting,
  actor: Foothold,
  way: Persist,
): readonly (readonly { readonly by: Foothold; readonly to: string; readonly proofs: readonly Proof[] }[])[] {
  const { principal } = actor;
  if (way.by === 'federation') {
    const proofs = principal.kind === 'user' ? proveAll(setting, actor, way.needs, {}) : undefined;
    return proofs === undefined ? [] : [[{ by: actor, to: principal.arn, proofs }]];
  }
  if (principal.kind !== 'role') return [];
  return rolesLettingIn(setting, actor).flatMap((other) => {
    const there = assume(setting, actor, other, way.needs);
    if (there === undefined) return [];
    const partner = foothold(other, [], setting.now);
    const back = assume(setting, partner, principal, way.needs);
    if (back === undefined) return [];
    return [
      [
        { by: actor, to: other.arn, proofs: there },
        { by: partner, to: principal.arn, proofs: back },
      ],
    ];
  });
}

function assume(setting: Setting, actor: Foothold, role: AccountRole, needs: readonly Need[]) {
  return proveAll(setting, actor, needs, { target: role.arn, boundary: role.boundary?.arn });
}
