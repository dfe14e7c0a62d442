/** What a line tells of a resource beside its policy: grants, access control lists, Block Public Access. */
import type { Static } from 'typebox';
import type { ApplicablePolicies, KmsGrant, PublicAccessBlock } from '../../iam/index.ts';
import { readAcl } from './acl.ts';
import type { BesideParts } from './schemas.ts';

type Parts = Static<typeof BesideParts>;

/** Reads `grants`, `acl` and `publicAccessBlock`. A grant that names no key is one of the resource. */
export function readBeside(
  { grants, acl, publicAccessBlock: block }: Parts,
  resource: string,
): Pick<ApplicablePolicies, 'grants' | 'acl' | 'publicAccessBlocks'> {
  return {
    ...(grants === undefined ? {} : { grants: grants.map((grant, at) => readGrant(grant, resource, at)) }),
    ...(acl === undefined ? {} : { acl: readAcl(acl, resource) }),
    ...(block === undefined ? {} : { publicAccessBlocks: (Array.isArray(block) ? block : [block]).map(readBlock) }),
  };
}

function readGrant(grant: NonNullable<Parts['grants']>[number], resource: string, at: number): KmsGrant {
  const { EncryptionContextSubset: subset, EncryptionContextEquals: equals } = grant.Constraints ?? {};
  return {
    id: grant.GrantId ?? String(at),
    keyId: grant.KeyId ?? resource,
    granteePrincipal: grant.GranteePrincipal,
    operations: grant.Operations,
    ...(grant.RetiringPrincipal === undefined ? {} : { retiringPrincipal: grant.RetiringPrincipal }),
    constraints: {
      ...(subset === undefined ? {} : { encryptionContextSubset: subset }),
      ...(equals === undefined ? {} : { encryptionContextEquals: equals }),
    },
  };
}

function readBlock(block: { IgnorePublicAcls?: boolean; RestrictPublicBuckets?: boolean }): PublicAccessBlock {
  return {
    ignorePublicAcls: block.IgnorePublicAcls ?? false,
    restrictPublicBuckets: block.RestrictPublicBuckets ?? false,
  };
}
