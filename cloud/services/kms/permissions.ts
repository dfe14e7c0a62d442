/**
 * Which keys and aliases a call is about, and the condition keys of KMS. Service Authorization Reference, "AWS Key Management
 * Service"; AWS KMS Developer Guide, "AWS KMS condition keys".
 */
import type { Tags } from '../../../iam/model.ts';
import { own } from '../../own.ts';
import type { Permission, PermissionFacts, ResourceRules } from '../../service.ts';
import type { World } from '../../world.ts';
import { keyOfCiphertext } from './ciphertext.ts';
import { invalidCiphertext, unknownCiphertextKey, validationException } from './errors.ts';
import { readGrantToken } from './grant-tokens.ts';
import { aliasArn, aliasesOf, keyArn, keyOfArn, placeKey, placeOfArn, readKeyId } from './key-names.ts';
import { isPredefined, managedKeyId } from './managed-keys.ts';

type Input = Readonly<Record<string, unknown>>;
type Context = Permission['context'];

/** Not a key of AWS's: tells the grant that is being retired, because a grant of the key gives no right over another. */
export const grantIdKey = 'kms:GrantId';

/** Whose names of keys a call's are: by id alone a key is the caller's account's. */
function from({ world, callerAccountId: accountId, region }: PermissionFacts) {
  return { world, accountId, region };
}

export const kmsResources: ResourceRules = {
  named(input, facts, { operation, type }) {
    if (type === 'alias') return aliasArn(facts.callerAccountId, facts.region, String(input['AliasName']));
    return keysNamed(input, facts, operation);
  },
  tagsOf: tagsOfKey,
  context: (input, facts, { operation, arn }) => ({
    ...callerContext(facts),
    ...keyContext(facts, arn),
    ...aliasContext(input, facts),
    ...(operation === 'CreateGrant' || operation === 'ListGrants' || operation === 'RevokeGrant'
      ? { 'kms:GrantIsForAWSResource': String(facts.by !== undefined) }
      : {}),
    ...own(byOperation, operation)?.(input),
  }),
};

function tagsOfKey(world: World, arn: string): Tags | undefined {
  const tags = keyOfArn(world, arn)?.tags;
  return tags && Object.fromEntries(tags.map(({ TagKey, TagValue }) => [TagKey, TagValue]));
}

/** The tags of a key as condition keys, for an operation that says its permissions by itself. */
export function tagContext(world: World, arn: string): Context {
  const tags = Object.entries(tagsOfKey(world, arn) ?? {});
  return Object.fromEntries(tags.map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}

function keysNamed(input: Input, facts: PermissionFacts, operation: string): string | readonly string[] {
  const { KeyId, AliasName, TargetKeyId, GrantToken, CiphertextBlob } = input;
  if (operation === 'UpdateAlias' || operation === 'DeleteAlias') {
    const current = own(
      own(facts.world.accounts, facts.callerAccountId)?.kms.aliases ?? {},
      placeKey(facts.region, String(AliasName)),
    )?.targetKeyId;
    const place = { accountId: facts.callerAccountId, region: facts.region };
    return [
      ...(current === undefined ? [] : [keyArn({ ...place, keyId: current })]),
      ...(TargetKeyId === undefined ? [] : [keyNamed(TargetKeyId, facts)]),
    ];
  }
  if (TargetKeyId !== undefined) return keyNamed(TargetKeyId, facts);
  if (operation === 'RetireGrant' && typeof GrantToken === 'string') return readGrantToken(GrantToken).keyArn;
  if (KeyId !== undefined) return keyNamed(KeyId, facts);
  return operation === 'Decrypt' ? keyOfBlob(CiphertextBlob, facts) : [];
}

/** The ARN of the key that a text names. @throws NotFoundException */
export function keyNamed(text: unknown, facts: PermissionFacts): string {
  const { callerAccountId: accountId, region, hashes } = facts;
  if (typeof text === 'string' && isPredefined(text))
    return keyArn({ accountId, region, keyId: managedKeyId(accountId, region, text, hashes) });
  return keyArn(readKeyId(String(text), from(facts)));
}

/** The ARN of the key that a ciphertext names. @throws ValidationException, InvalidCiphertextException, AccessDeniedException */
export function keyOfBlob(blob: unknown, { region, world }: PermissionFacts): string {
  if (!(blob instanceof Uint8Array)) {
    throw validationException(
      "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null",
    );
  }
  const place = keyOfCiphertext(blob);
  if (place === undefined) throw invalidCiphertext();
  if (place.region !== region || keyOfArn(world, keyArn(place)) === undefined) throw unknownCiphertextKey();
  return keyArn(place);
}

/** Who calls, and through which service. */
export function callerContext({ callerAccountId, region, by }: PermissionFacts): Context {
  const service = by?.service.replace(/\.amazonaws\.com$/, '');
  return {
    'kms:CallerAccount': callerAccountId,
    ...(service !== undefined && { 'kms:ViaService': `${service}.${region}.amazonaws.com` }),
  };
}

/** What the key is. */
export function keyContext({ world }: PermissionFacts, arn: string): Context {
  const place = placeOfArn(arn);
  const account = place && own(world.accounts, place.accountId);
  if (place === undefined || account === undefined || keyOfArn(world, arn) === undefined) return {};
  const aliases = aliasesOf(account.kms, place);
  return {
    'kms:KeySpec': 'SYMMETRIC_DEFAULT',
    'kms:KeyUsage': 'ENCRYPT_DECRYPT',
    'kms:KeyOrigin': 'AWS_KMS',
    'kms:MultiRegion': 'false',
    ...(aliases.length > 0 && { 'kms:ResourceAliases': aliases }),
  };
}

function aliasContext({ KeyId }: Input, facts: PermissionFacts): Context {
  if (typeof KeyId !== 'string' || !/^(?:arn:[^/]*:)?alias\//.test(KeyId)) return {};
  const alias = isPredefined(KeyId) ? KeyId : readKeyId(KeyId, from(facts)).alias;
  return alias === undefined ? {} : { 'kms:RequestAlias': alias };
}

/** The keys of a cryptographic operation: those of its encryption context by pair, and all together. */
export function encryptionContext(pairs: unknown): Context {
  const context = pairsContext((pairs ?? {}) as Readonly<Record<string, string>>);
  return { 'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT', ...context };
}

function pairsContext(pairs: Readonly<Record<string, string>>): Context {
  const entries = Object.entries(pairs);
  if (entries.length === 0) return {};
  return {
    ...Object.fromEntries(entries.map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
    'kms:EncryptionContextKeys': entries.map(([key]) => key),
  };
}

const cryptographic = ({ EncryptionContext }: Input): Context => encryptionContext(EncryptionContext);

/** The keys that single operations have. */
const byOperation: Readonly<Record<string, (input: Input) => Context>> = {
  Encrypt: cryptographic,
  Decrypt: cryptographic,
  GenerateDataKey: cryptographic,
  GenerateDataKeyWithoutPlaintext: cryptographic,
  CreateKey: (input) => ({
    'kms:KeySpec': String(input['KeySpec'] ?? input['CustomerMasterKeySpec'] ?? 'SYMMETRIC_DEFAULT'),
    'kms:KeyUsage': String(input['KeyUsage'] ?? 'ENCRYPT_DECRYPT'),
    'kms:KeyOrigin': String(input['Origin'] ?? 'AWS_KMS'),
    'kms:MultiRegion': String(input['MultiRegion'] ?? false),
    ...bypassContext(input),
  }),
  PutKeyPolicy: bypassContext,
  CreateGrant: grantContext,
  RetireGrant: ({ GrantId, GrantToken }): Context => {
    const id = typeof GrantToken === 'string' ? readGrantToken(GrantToken).grantId : GrantId;
    return id === undefined ? {} : { [grantIdKey]: String(id) };
  },
  ScheduleKeyDeletion: ({ PendingWindowInDays }) => ({
    'kms:ScheduleKeyDeletionPendingWindowInDays': String(PendingWindowInDays ?? 30),
  }),
  EnableKeyRotation: ({ RotationPeriodInDays }) => ({
    'kms:RotationPeriodInDays': String(RotationPeriodInDays ?? 365),
  }),
};

function bypassContext({ BypassPolicyLockoutSafetyCheck }: Input): Context {
  return { 'kms:BypassPolicyLockoutSafetyCheck': String(BypassPolicyLockoutSafetyCheck ?? false) };
}

/** A constraint gives its pairs as encryption context too. */
function grantContext({ Operations, GranteePrincipal, RetiringPrincipal, Constraints }: Input): Context {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = (Constraints ?? {}) as {
    readonly EncryptionContextEquals?: Readonly<Record<string, string>>;
    readonly EncryptionContextSubset?: Readonly<Record<string, string>>;
  };
  const type = equals ? 'EncryptionContextEquals' : subset ? 'EncryptionContextSubset' : undefined;
  return {
    'kms:GrantOperations': ((Operations ?? []) as readonly string[]).map(String),
    'kms:GranteePrincipal': String(GranteePrincipal),
    ...(RetiringPrincipal !== undefined && { 'kms:RetiringPrincipal': String(RetiringPrincipal) }),
    ...(type && { 'kms:GrantConstraintType': type }),
    ...pairsContext(equals ?? subset ?? {}),
  };
}
