/** CreateGrant, RevokeGrant, RetireGrant, ListGrants, ListRetirableGrants. AWS KMS Developer Guide, "Grants in AWS KMS". */
import type {
  CreateGrantRequest,
  CreateGrantResponse,
  GrantListEntry,
  ListGrantsRequest,
  ListGrantsResponse,
  ListRetirableGrantsRequest,
  RetireGrantRequest,
  RevokeGrantRequest,
} from '@aws-sdk/client-kms';
import type { Draft } from '../../call.ts';
import { hexOf } from '../../hex.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { dryRun, kmsError, limitExceeded, notFound, validationException } from './errors.ts';
import { checkUsable, findKeyById } from './finding-keys.ts';
import { checkDelegation } from './grant-delegation.ts';
import { shownPrincipal, storedPrincipal } from './grant-principals.ts';
import { checkGrantTokens, grantToken, readGrantToken } from './grant-tokens.ts';
import { keyArn } from './key-names.ts';
import { kmsLimits } from './limits.ts';
import { pageOf } from './pages.ts';
import type { GrantState } from './state.ts';

/** The operations of symmetric encryption keys that grants allow. AWS KMS Developer Guide, "Grant operations". */
const grantable = new Set([
  'Encrypt',
  'Decrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'CreateGrant',
  'DescribeKey',
  'RetireGrant',
]);

export const createGrant: ChangeOperation<CreateGrantRequest, CreateGrantResponse> = {
  kind: 'change',
  handle(account, input, call) {
    checkGrantTokens(input.GrantTokens);
    const found = findKeyById(account, input.KeyId, call);
    checkUsable(found);
    checkDelegation(found.arn, input, call);
    const { caller } = call;
    const wanted = wantedGrant(input, (principal) => storedPrincipal(principal, call.world));
    if (input.DryRun === true) throw dryRun();
    const existing = found.key.grants.find((grant) => input.Name !== undefined && isSame(grant, wanted));
    // A name makes the call safe to repeat.
    if (existing !== undefined) return { GrantId: existing.id, GrantToken: grantToken(found.arn, existing.id) };
    if (found.key.grants.length >= kmsLimits.grantsPerKey) {
      throw limitExceeded(`A key cannot have more than ${kmsLimits.grantsPerKey} grants.`);
    }
    const id = hexOf(call.random.bytes(32));
    const issuingAccountId = 'accountId' in caller ? caller.accountId : account.id;
    const grant: GrantState = { id, createdAt: call.now, issuingAccountId, ...wanted };
    found.key.grants.push(grant as Draft<GrantState>);
    return { GrantId: id, GrantToken: grantToken(found.arn, id) };
  },
};

type WantedGrant = Omit<GrantState, 'id' | 'createdAt' | 'issuingAccountId'>;

/** @throws ValidationException, InvalidArnException */
function wantedGrant(input: CreateGrantRequest, stored: (principal: string) => string): WantedGrant {
  const operations = [...new Set(input.Operations ?? [])];
  if (operations.length === 0) throw validationException('Operations must not be empty.');
  const strange = operations.find((operation) => !grantable.has(operation));
  if (strange !== undefined) {
    throw validationException(`Grant operation ${strange} is not supported by keys of spec SYMMETRIC_DEFAULT.`);
  }
  const { EncryptionContextSubset: subset, EncryptionContextEquals: equals } = input.Constraints ?? {};
  return {
    ...(input.Name !== undefined && { name: input.Name }),
    granteePrincipal: stored(input.GranteePrincipal ?? ''),
    ...(input.RetiringPrincipal !== undefined && { retiringPrincipal: stored(input.RetiringPrincipal) }),
    operations,
    ...(subset !== undefined && { subset: Object.entries(subset) }),
    ...(equals !== undefined && { equals: Object.entries(equals) }),
  };
}

function isSame(grant: GrantState, wanted: WantedGrant): boolean {
  const { id: _id, createdAt: _at, issuingAccountId: _by, ...rest } = grant;
  const text = ({ name, granteePrincipal, retiringPrincipal, operations, subset, equals }: WantedGrant) =>
    JSON.stringify([name, granteePrincipal, retiringPrincipal, [...operations].sort(), subset, equals]);
  return text(rest) === text(wanted);
}

export const revokeGrant: ChangeOperation<RevokeGrantRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const { key } = findKeyById(account, input.KeyId, call);
    removeGrant(key, input.GrantId ?? '', input.DryRun);
    return {};
  },
};

/** By its token, or by its id and its key's ARN. Whom the grant lets retire it is decided with the permissions. */
export const retireGrant: ChangeOperation<RetireGrantRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const byToken = input.GrantToken === undefined ? undefined : readGrantToken(input.GrantToken);
    const { keyArn: keyId = input.KeyId, grantId = input.GrantId } = byToken ?? {};
    if (keyId === undefined || grantId === undefined) {
      throw validationException('You must specify either a grant token, or a key ID and a grant ID.');
    }
    const { key } = findKeyById(account, keyId, call);
    removeGrant(key, grantId, input.DryRun);
    return {};
  },
};

function removeGrant(key: { grants: { readonly id: string }[] }, grantId: string, isDryRun: boolean | undefined): void {
  const place = key.grants.findIndex((grant) => grant.id === grantId);
  if (place < 0) throw notFound(`Grant ID ${grantId} not found`);
  if (isDryRun === true) throw dryRun();
  key.grants.splice(place, 1);
}

export const listGrants: ReadOperation<ListGrantsRequest, ListGrantsResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { key, arn } = findKeyById(account, input.KeyId, call);
    const show = shownPrincipal(call.world);
    const grants = key.grants
      .filter((grant) => input.GrantId === undefined || grant.id === input.GrantId)
      .map((grant) => entry(grant, arn, show))
      .filter((grant) => input.GranteePrincipal === undefined || grant.GranteePrincipal === input.GranteePrincipal);
    const { items, rest } = pageOf(grants, input, ({ GrantId = '' }) => GrantId);
    return { Grants: [...items], ...rest };
  },
};

/** The grants, on keys of any account, that a principal of the caller's account may retire. */
export const listRetirableGrants: ReadOperation<ListRetirableGrantsRequest, ListGrantsResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const principal = input.RetiringPrincipal ?? '';
    if (!/^arn:aws:(?:iam|sts)::\d{12}:/.test(principal)) {
      throw kmsError('InvalidArnException', `ARN does not refer to a valid principal: ${principal}`);
    }
    if (!principal.includes(`::${account.id}:`)) {
      throw kmsError('AccessDeniedException', 'The retiring principal is in another account.');
    }
    const { region } = call.request;
    const show = shownPrincipal(call.world);
    const all = Object.values(call.world.accounts).flatMap(({ id, kms }) =>
      Object.values(kms.keys)
        .filter((key) => key.region === region)
        .flatMap((key) =>
          key.grants.map((grant) => entry(grant, keyArn({ accountId: id, region, keyId: key.id }), show)),
        ),
    );
    const retirable = all.filter(({ RetiringPrincipal }) => RetiringPrincipal === principal);
    const { items, rest } = pageOf(retirable, input, ({ GrantId = '' }) => GrantId);
    return { Grants: [...items], ...rest };
  },
};

function entry(grant: GrantState, keyId: string, show: (stored: string) => string): GrantListEntry {
  const { id, name, createdAt, issuingAccountId, granteePrincipal, retiringPrincipal, operations } = grant;
  return {
    KeyId: keyId,
    GrantId: id,
    Name: name ?? '',
    CreationDate: new Date(createdAt),
    GranteePrincipal: show(granteePrincipal),
    ...(retiringPrincipal !== undefined && { RetiringPrincipal: show(retiringPrincipal) }),
    IssuingAccount: `arn:aws:iam::${issuingAccountId}:root`,
    Operations: [...operations] as NonNullable<GrantListEntry['Operations']>,
    ...((grant.subset || grant.equals) && {
      Constraints: {
        ...(grant.subset && { EncryptionContextSubset: Object.fromEntries(grant.subset) }),
        ...(grant.equals && { EncryptionContextEquals: Object.fromEntries(grant.equals) }),
      },
    }),
  };
}
