/** Who asks for what in which field, and the policies that can speak of it. */
import fc from 'fast-check';
import type {
  AccessControl,
  AclGrant,
  AnyCaller,
  ApplicablePolicies,
  AttachedPolicy,
  KmsGrant,
  Organization,
  PublicAccessBlock,
} from '../../model.ts';
import { BY_CREDENTIALS, BY_TOKEN, FIELDS, type FieldName } from './fields.ts';
import { AWS_NAMES, CALLERS, MANAGEMENT, namesOf, OTHER, OWN, SERVICES } from './people.ts';
import { often, policiesOf } from './policies.ts';
import { nearlyPublicPolicy } from './public-policies.ts';

export interface Scene {
  readonly field: FieldName;
  readonly caller: AnyCaller;
  readonly action: string;
  readonly policies: ApplicablePolicies;
}

const ACCOUNTS = [OWN, OTHER, MANAGEMENT];
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const aclGrant: fc.Arbitrary<AclGrant> = fc.record({
  grantee: fc.oneof(
    fc.constantFrom(...ACCOUNTS).map((accountId) => ({ kind: 'account' as const, accountId })),
    fc.constantFrom({ kind: 'all-users' as const }, { kind: 'authenticated-users' as const }),
  ),
  permission: fc.constantFrom('READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL'),
});

/** Access control lists of a bucket and an object in it. */
export const acl: fc.Arbitrary<AccessControl> = fc.record(
  {
    ownership: fc.constantFrom('ObjectWriter', 'ObjectWriter', 'BucketOwnerPreferred', 'BucketOwnerEnforced'),
    bucket: fc.array(aclGrant, { maxLength: 2 }),
    object: fc.array(aclGrant, { maxLength: 2 }),
    objectOwnerAccountId: fc.constantFrom(...ACCOUNTS),
  },
  { requiredKeys: ['ownership', 'bucket'] },
);

export const block: fc.Arbitrary<PublicAccessBlock> = fc.record({
  ignorePublicAcls: fc.boolean(),
  restrictPublicBuckets: fc.constantFrom(true, true, false),
});

const pairs = fc.constantFrom<Readonly<Record<string, string>>[]>(
  {},
  { team: 'blue' },
  { Team: 'Blue' },
  { stage: 'a' },
);

/** A grant of the key `1234abcd`, most often, half of the time to the caller. */
export function grantFor(caller: AnyCaller): fc.Arbitrary<KmsGrant> {
  const own = caller.kind === 'service' ? [caller.service] : namesOf(caller);
  const grantee = fc.constantFrom(...own, ...own, ...AWS_NAMES, ...SERVICES);
  return fc.record(
    {
      id: fc.constant('a1b2c3'),
      keyId: often(
        fc.constant('1234abcd'),
        4,
        fc.constantFrom('0987dcba', `arn:aws:kms:eu-west-1:${OWN}:key/1234abcd`),
      ),
      granteePrincipal: grantee,
      retiringPrincipal: grantee,
      operations: fc.subarray(['Decrypt', 'Encrypt', 'GenerateDataKey', 'DescribeKey', 'RetireGrant'], {
        minLength: 2,
      }),
      constraints: fc.record({ encryptionContextSubset: pairs, encryptionContextEquals: pairs }, { requiredKeys: [] }),
    },
    { requiredKeys: ['id', 'keyId', 'granteePrincipal', 'operations'] },
  );
}

/** What S3 or KMS have beside policies. */
function beside(field: FieldName, caller: AnyCaller): fc.Arbitrary<Partial<ApplicablePolicies>> {
  if (field === 'key') return fc.record({ grants: fc.array(grantFor(caller), { maxLength: 4 }) }, { requiredKeys: [] });
  if (field !== 'bucket') return fc.constant({});
  return fc.record({ acl, publicAccessBlocks: fc.array(block, { minLength: 1, maxLength: 2 }) }, { requiredKeys: [] });
}

/** An organization with this caller's account in it, or not. */
export const organization: fc.Arbitrary<Organization> = fc.record(
  {
    id: fc.constant('o-a1b2c3d4e5'),
    managementAccountId: often(fc.constant(MANAGEMENT), 3, fc.constantFrom(OWN, OTHER)),
    paths: fc.dictionary(
      fc.constantFrom(...ACCOUNTS),
      fc.constantFrom('o-a1b2c3d4e5/r-ab12/', 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'),
    ),
    delegatedAdministrators: fc.subarray([OWN, OTHER]),
  },
  { requiredKeys: ['id', 'managementAccountId'] },
);

/** The actions that a caller can ask for: nobody calls AssumeRole with a token, or tags a session as root. */
function actionsOf({ kind }: AnyCaller, field: FieldName): readonly string[] {
  if (field !== 'trust') return FIELDS[field].actions;
  if (kind === 'federated-identity') return BY_TOKEN;
  if (kind === 'anonymous') return [];
  return kind === 'root' ? BY_CREDENTIALS.slice(0, 1) : BY_CREDENTIALS;
}

const cast = fc
  .record({
    caller: fc.constantFrom(...CALLERS),
    field: fc.oneof(
      { weight: 6, arbitrary: fc.constant('ordinary' as const) },
      { weight: 4, arbitrary: fc.constant('trust' as const) },
      { weight: 4, arbitrary: fc.constant('bucket' as const) },
      { weight: 4, arbitrary: fc.constant('key' as const) },
      { weight: 1, arbitrary: fc.constant('root' as const) },
    ),
  })
  .map(({ caller, field }) => {
    const isByToken = caller.kind === 'federated-identity';
    const fallback: FieldName = isByToken ? 'trust' : 'ordinary';
    return { caller, field: actionsOf(caller, field).length === 0 || isByToken ? fallback : field };
  });

function ownersPolicy(caller: AnyCaller, field: FieldName): fc.Arbitrary<AttachedPolicy> {
  const { trust, resource } = policiesOf(FIELDS[field], caller);
  if (field === 'trust') return trust;
  return field === 'bucket' ? fc.oneof(resource, nearlyPublicPolicy(caller)) : resource;
}

/** Policies only where the caller can have them: a service has none, a user's own credentials no session policy. */
export const scene: fc.Arbitrary<Scene> = cast.chain(({ caller, field }) => {
  const drawn = policiesOf(FIELDS[field], caller);
  const signs = caller.kind === 'user' || caller.kind === 'role-session' || caller.kind === 'federated-user';
  const isTask = caller.kind === 'root' && caller.session?.assumedRoot === true;
  const hasSession = caller.kind === 'role-session' || caller.kind === 'federated-user' || isTask;
  const level = fc.array(drawn.serviceControl, { minLength: 1, maxLength: 2 });
  const owners = ownersPolicy(caller, field);
  return fc
    .record({
      action: fc.constantFrom(...actionsOf(caller, field)),
      identity: signs ? fc.array(drawn.identity, { maxLength: 2 }) : fc.constant([]),
      boundary: signs ? maybe(drawn.boundary) : fc.constant(undefined),
      session: hasSession ? maybe(fc.array(drawn.session, { maxLength: 2 })) : fc.constant(undefined),
      resource: often(owners, field === 'bucket' ? 5 : 2, fc.constant(undefined)),
      vpcEndpoint: often(fc.constant(undefined), 12, fc.array(drawn.vpcEndpoint, { minLength: 1, maxLength: 2 })),
      serviceControl: often(fc.constant(undefined), 3, fc.array(level, { maxLength: 2 })),
      resourceControl: often(
        fc.constant(undefined),
        3,
        fc.array(fc.array(drawn.resourceControl, { maxLength: 2 }), { maxLength: 2 }),
      ),
      other: beside(field, caller),
    })
    .map(({ action, identity, other, ...layers }) => {
      const given = Object.entries(layers).filter(([, layer]) => layer !== undefined);
      return { field, caller, action, policies: { identity, ...Object.fromEntries(given), ...other } };
    });
});
