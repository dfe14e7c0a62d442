/** Changes of the policies of a request, and the policies after them. */
import type { Grant } from '../../findings.ts';
import type { AclGrant, ApplicablePolicies, AttachedPolicy, KmsGrant } from '../../model.ts';
import type { Policy, Statement } from '../../policy.ts';

export type Change =
  | AddStatement
  | ChangeStatement
  | AddPolicy
  | { readonly kind: 'revoke-grant'; readonly grant: KmsGrant }
  | { readonly kind: 'remove-acl-grant'; readonly grant: AclGrant }
  /** RestrictPublicBuckets of S3 Block Public Access. */
  | { readonly kind: 'let-public-in' }
  /** Object Ownership "bucket owner enforced". */
  | { readonly kind: 'turn-acls-off' };

export interface AddStatement {
  readonly kind: 'add-statement';
  readonly policy: AttachedPolicy;
  readonly statement: Statement;
  /** How far it reaches where it allows. */
  readonly reach: Pick<Grant, 'reach' | 'assumed'>;
}

/** What remains of the statement was asked, and does not speak of the request. */
export interface ChangeStatement {
  readonly kind: 'change-statement';
  readonly policy: AttachedPolicy;
  readonly index: number;
  /** Undefined: it is removed. */
  readonly to: Statement | undefined;
  /** `take s3:GetObject out of Action`. */
  readonly how: string;
  readonly reach: Reach;
}

/**
 * How far a change of a statement reaches beyond the request: 0 not at all; 1 along one element, as to all resources of the action;
 * 2 to all that the statement speaks of.
 */
export type Reach = 0 | 1 | 2;

export interface AddPolicy {
  readonly kind: 'add-policy';
  readonly policy: AttachedPolicy;
  /** Of a service control policy; one past the last: with AWS's FullAWSAccess, on a level of its own. */
  readonly level?: number;
}

/** The policies after all of the changes. Those that are not changed stay the same objects. */
export function applyChanges(policies: ApplicablePolicies, changes: readonly Change[]): ApplicablePolicies {
  const edit = (attached: AttachedPolicy) => changedPolicy(attached, changes);
  const added = changes.filter((change) => change.kind === 'add-policy');
  const addedTo = (layer: AttachedPolicy['layer']) =>
    added.filter(({ policy }) => policy.layer === layer).map(({ policy }) => policy);
  const { boundary, session, resource, serviceControl, resourceControl, vpcEndpoint } = policies;
  const owners =
    addedTo('resource').concat(addedTo('trust'))[0] ?? (resource === undefined ? undefined : edit(resource));
  const sessions = [...(session ?? []).map(edit), ...addedTo('session')];
  const endpoints = [...(vpcEndpoint ?? []).map(edit), ...addedTo('vpc-endpoint')];
  return withGifts(
    {
      ...policies,
      identity: [...policies.identity.map(edit), ...addedTo('identity')],
      ...(boundary === undefined ? {} : { boundary: edit(boundary) }),
      ...(session === undefined && sessions.length === 0 ? {} : { session: sessions }),
      ...(owners === undefined ? {} : { resource: owners }),
      ...withLevels(serviceControl, added, edit),
      ...(resourceControl === undefined ? {} : { resourceControl: resourceControl.map((level) => level.map(edit)) }),
      ...(vpcEndpoint === undefined ? {} : { vpcEndpoint: endpoints }),
    },
    changes,
  );
}

function withLevels(
  levels: ApplicablePolicies['serviceControl'],
  added: readonly AddPolicy[],
  edit: (attached: AttachedPolicy) => AttachedPolicy,
): Pick<ApplicablePolicies, 'serviceControl'> {
  const controls = added.filter(({ policy }) => policy.layer === 'service-control');
  if (levels === undefined && controls.length === 0) return {};
  const edited = (levels ?? []).map((level, at) => [
    ...level.map(edit),
    ...controls.filter((control) => control.level === at).map(({ policy }) => policy),
  ]);
  const over = controls.filter(({ level = 0 }) => level >= edited.length).map(({ policy }) => [FULL_ACCESS, policy]);
  return { serviceControl: [...edited, ...over] };
}

/** What AWS attaches wherever service control policies are turned on. AWS Organizations User Guide, "SCP evaluation". */
const FULL_ACCESS: AttachedPolicy = {
  layer: 'service-control',
  name: 'FullAWSAccess',
  kind: 'managed',
  arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess',
  attachedTo: 'account',
  policy: {
    version: '2012-10-17',
    statements: [
      {
        effect: 'Allow',
        action: { not: false, values: ['*'] },
        resource: { not: false, values: ['*'] },
        conditions: [],
      },
    ],
  },
};

/** What is given beside policies. */
function withGifts(policies: ApplicablePolicies, changes: readonly Change[]): ApplicablePolicies {
  let { grants, acl, publicAccessBlocks } = policies;
  for (const change of changes) {
    if (change.kind === 'revoke-grant') grants = grants?.filter((grant) => grant !== change.grant);
    if (change.kind === 'let-public-in') {
      publicAccessBlocks = publicAccessBlocks?.map((block) => ({ ...block, restrictPublicBuckets: false }));
    }
    if (acl === undefined) continue;
    if (change.kind === 'turn-acls-off') acl = { ...acl, ownership: 'BucketOwnerEnforced' };
    if (change.kind !== 'remove-acl-grant') continue;
    const keeps = (grant: AclGrant) => grant !== change.grant;
    const { object } = acl;
    acl = {
      ...acl,
      bucket: acl.bucket.filter(keeps),
      ...(object === undefined ? {} : { object: object.filter(keeps) }),
    };
  }
  return {
    ...policies,
    ...(grants === undefined ? {} : { grants }),
    ...(acl === undefined ? {} : { acl }),
    ...(publicAccessBlocks === undefined ? {} : { publicAccessBlocks }),
  };
}

function changedPolicy(attached: AttachedPolicy, changes: readonly Change[]): AttachedPolicy {
  const here = changes.filter(
    (change) => (change.kind === 'add-statement' || change.kind === 'change-statement') && change.policy === attached,
  );
  if (here.length === 0) return attached;
  return { ...attached, policy: { ...attached.policy, statements: changedStatements(attached.policy, here) } };
}

function changedStatements({ statements }: Policy, changes: readonly Change[]): readonly Statement[] {
  const changed: (Statement | undefined)[] = [...statements];
  for (const change of changes) {
    if (change.kind === 'add-statement') changed.push(change.statement);
    else if (change.kind === 'change-statement') changed[change.index] = change.to;
  }
  return changed.filter((statement) => statement !== undefined);
}
