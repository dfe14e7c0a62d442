/** Changes of the policies of a request, and the policies after them. */
import type { Grant } from '../../findings.ts';
import type { AclGrant, ApplicablePolicies, AttachedPolicy, KmsGrant, Layer } from '../../model.ts';
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

/** Whether the change leaves nothing of its policy, of a kind without which the rest stays as it is. */
export function emptiesPolicy({ policy, to }: ChangeStatement): boolean {
  return to === undefined && policy.policy.statements.length === 1 && DISPENSABLE.has(policy.layer);
}

/** Layers of which a policy without statements, which IAM does not save, says the same as none. */
const DISPENSABLE: ReadonlySet<Layer> = new Set(['identity', 'resource', 'service-control', 'resource-control']);

/** The policies after all of the changes. Those that are not changed stay the same objects; one that has nothing left is gone. */
export function applyChanges(policies: ApplicablePolicies, changes: readonly Change[]): ApplicablePolicies {
  const edit = (attached: AttachedPolicy) => changedPolicy(attached, changes);
  const editAll = (attached: readonly AttachedPolicy[]) => attached.map(edit).filter(isLeft);
  const added = changes.filter((change) => change.kind === 'add-policy');
  const addedTo = (layer: AttachedPolicy['layer']) =>
    added.filter(({ policy }) => policy.layer === layer).map(({ policy }) => policy);
  const { boundary, session, resource, serviceControl, resourceControl, vpcEndpoint } = policies;
  const { resource: _, ...others } = policies;
  const owners =
    addedTo('resource').concat(addedTo('trust'))[0] ?? editAll(resource === undefined ? [] : [resource])[0];
  const sessions = [...(session ?? []).map(edit), ...addedTo('session')];
  const endpoints = [...(vpcEndpoint ?? []).map(edit), ...addedTo('vpc-endpoint')];
  return withGifts(
    {
      ...others,
      identity: [...editAll(policies.identity), ...addedTo('identity')],
      ...(boundary === undefined ? {} : { boundary: edit(boundary) }),
      ...(session === undefined && sessions.length === 0 ? {} : { session: sessions }),
      ...(owners === undefined ? {} : { resource: owners }),
      ...withLevels(serviceControl, added, editAll),
      ...(resourceControl === undefined ? {} : { resourceControl: resourceControl.map(editAll) }),
      ...(vpcEndpoint === undefined ? {} : { vpcEndpoint: endpoints }),
    },
    changes,
  );
}

function withLevels(
  levels: ApplicablePolicies['serviceControl'],
  added: readonly AddPolicy[],
  editAll: (attached: readonly AttachedPolicy[]) => readonly AttachedPolicy[],
): Pick<ApplicablePolicies, 'serviceControl'> {
  const controls = added.filter(({ policy }) => policy.layer === 'service-control');
  if (levels === undefined && controls.length === 0) return {};
  const edited = (levels ?? []).map((level, at) => [
    ...editAll(level),
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

function isLeft({ layer, policy }: AttachedPolicy): boolean {
  return policy.statements.length > 0 || !DISPENSABLE.has(layer);
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
