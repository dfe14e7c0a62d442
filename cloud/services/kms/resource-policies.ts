import type { KmsGrant } from '../../../iam/model.ts';
import type { PolicedResourceList, ResourcePolicyReader } from '../../resource-policies.ts';
import { keyArn, keyOfArn, placeOfArn } from './key-names.ts';
import { attachedKeyPolicy, keyPolicyText } from './key-policy.ts';
import { grantIdKey } from './permissions.ts';
import type { GrantState, KeyState } from './state.ts';

/** A key's policy, and its grants. */
export const kmsResourcePolicies: ResourcePolicyReader = (world, { action, resource, context }) => {
  const place = placeOfArn(resource);
  const key = place && keyOfArn(world, resource);
  if (place === undefined || key === undefined) return {};
  const resourcePolicy = attachedKeyPolicy(keyPolicyText(key, place.accountId), resource);
  const grants = action.toLowerCase() === 'kms:retiregrant' ? retired(key, context[grantIdKey]) : grantsOf(key);
  return { resource: resourcePolicy, ...(grants.length > 0 && { grants }) };
};

/** A grant gives the right to retire itself, and none of the key's others. */
function retired(key: KeyState, id: string | readonly string[] | undefined): readonly KmsGrant[] {
  return grantsOf(key).filter((grant) => grant.id === id);
}

const read = new WeakMap<KeyState, readonly KmsGrant[]>();

function grantsOf(key: KeyState): readonly KmsGrant[] {
  const known = read.get(key) ?? key.grants.map((grant) => kmsGrant(grant, key.id));
  read.set(key, known);
  return known;
}

function kmsGrant(grant: GrantState, keyId: string): KmsGrant {
  const { id, granteePrincipal, retiringPrincipal, operations, subset, equals } = grant;
  return {
    id,
    keyId,
    granteePrincipal,
    ...(retiringPrincipal !== undefined && { retiringPrincipal }),
    operations,
    ...((subset || equals) && {
      constraints: {
        ...(subset && { encryptionContextSubset: Object.fromEntries(subset) }),
        ...(equals && { encryptionContextEquals: Object.fromEntries(equals) }),
      },
    }),
  };
}

/** Every key, those that AWS manages among them. */
export const kmsPolicedResources: PolicedResourceList = ({ id: accountId, kms }) =>
  Object.values(kms.keys).map(({ region, id: keyId }) => ({
    arns: [keyArn({ accountId, region, keyId })],
    action: 'kms:DescribeKey',
  }));
