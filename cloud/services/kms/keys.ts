/** CreateKey, DescribeKey, ListKeys, UpdateKeyDescription. */
import type {
  CreateKeyRequest,
  CreateKeyResponse,
  DescribeKeyRequest,
  DescribeKeyResponse,
  KeyMetadata,
  ListKeysRequest,
  ListKeysResponse,
  UpdateKeyDescriptionRequest,
} from '@aws-sdk/client-kms';
import { fromBase64, toBase64 } from '@smithy/core/serde';
import type { Draft, Hashes } from '../../call.ts';
import { hexOf } from '../../hex.ts';
import { changing, seeing } from '../../process.ts';
import { newRequestId } from '../../request-id.ts';
import type { ChangeOperation, ProcessOperation, ReadOperation } from '../../service.ts';
import { kmsError, limitExceeded, validationException } from './errors.ts';
import { checkNotPending, type Found, findKey, findOwnKey, keyStateOf } from './finding-keys.ts';
import { checkGrantTokens } from './grant-tokens.ts';
import { keyArn, placeKey } from './key-names.ts';
import { checkedKeyPolicy, checkLockout } from './key-policy.ts';
import { kmsLimits } from './limits.ts';
import { ensureManagedKey, hasManagedKey, isPredefined } from './managed-keys.ts';
import { pageOf } from './pages.ts';
import { callerContext } from './permissions.ts';
import type { KeyState } from './state.ts';
import { checkTags } from './tags.ts';

type CreateInput = CreateKeyRequest & {
  readonly CustomerMasterKeySpec?: string | undefined;
};

export const createKey: ChangeOperation<CreateInput, CreateKeyResponse> = {
  kind: 'change',
  alsoNeeds: (input, facts) =>
    (input.Tags ?? []).length === 0
      ? []
      : [
          {
            action: 'kms:TagResource',
            resource: '*',
            resourceAccountId: facts.callerAccountId,
            context: {
              ...callerContext(facts),
              ...Object.fromEntries(
                (input.Tags ?? []).map((tag) => [`aws:RequestTag/${tag.TagKey}`, `${tag.TagValue}`]),
              ),
              'aws:TagKeys': (input.Tags ?? []).map((tag) => `${tag.TagKey}`),
            },
          },
        ],
  handle(account, input, call) {
    checkOffered(input);
    if (Object.keys(account.kms.keys).length >= kmsLimits.keysPerAccount) {
      throw limitExceeded('Key limit has been exceeded.');
    }
    const { region } = call.request;
    const place = { accountId: account.id, region, keyId: newRequestId(call.random) };
    const arn = keyArn(place);
    const policy = input.Policy === undefined ? undefined : checkedKeyPolicy(input.Policy, call);
    if (policy !== undefined && input.BypassPolicyLockoutSafetyCheck !== true)
      checkLockout(policy, arn, account.id, call);
    const key: KeyState = {
      id: place.keyId,
      region,
      description: input.Description ?? '',
      createdAt: call.now,
      enabled: true,
      material: toBase64(call.random.bytes(32)),
      ...(policy !== undefined && { policy }),
      tags: checkTags(input.Tags ?? [], []),
      grants: [],
    };
    account.kms.keys[placeKey(region, place.keyId)] = key as Draft<KeyState>;
    return { KeyMetadata: metadata({ key, place, arn }, call.hashes) };
  },
};

/** @throws ValidationException, UnsupportedOperationException */
function checkOffered(input: CreateInput): void {
  const { KeySpec, CustomerMasterKeySpec } = input;
  if (KeySpec !== undefined && CustomerMasterKeySpec !== undefined)
    throw validationException(
      'You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.',
    );
  const spec = KeySpec ?? CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
  if (spec !== 'SYMMETRIC_DEFAULT' && input.KeyUsage === undefined)
    throw validationException(
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
    );
  if (spec !== 'SYMMETRIC_DEFAULT')
    throw kmsError('UnsupportedOperationException', `Keys of spec ${spec} are not offered here.`);
  if ((input.KeyUsage ?? 'ENCRYPT_DECRYPT') !== 'ENCRYPT_DECRYPT')
    throw validationException(`KeyUsage ${input.KeyUsage} is not compatible with KeySpec SYMMETRIC_DEFAULT`);
  if ((input.Origin ?? 'AWS_KMS') !== 'AWS_KMS')
    throw kmsError('UnsupportedOperationException', `Keys of origin ${input.Origin} are not offered here.`);
  if (input.MultiRegion === true)
    throw kmsError('UnsupportedOperationException', 'Multi-Region keys are not offered here.');
}

/** How the API describes a key. */
function metadata({ key, place, arn }: Found<KeyState>, hashes: Hashes): KeyMetadata {
  const state = keyStateOf(key);
  return {
    AWSAccountId: place.accountId,
    KeyId: key.id,
    Arn: arn,
    CreationDate: new Date(key.createdAt),
    Enabled: state === 'Enabled',
    Description: key.description,
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: state,
    ...(key.deletionAt !== undefined && { DeletionDate: new Date(key.deletionAt) }),
    Origin: 'AWS_KMS',
    KeyManager: key.managedAlias === undefined ? 'CUSTOMER' : 'AWS',
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
    CurrentKeyMaterialId: materialId(key, hashes),
  };
}

/** The id of what a key encrypts with: tells one material from another, and nothing about it. */
export function materialId({ material }: Pick<KeyState, 'material'>, { sha256 }: Pick<Hashes, 'sha256'>): string {
  return hexOf(sha256(fromBase64(material)));
}

/** Describing a predefined alias makes its key. */
export const describeKey: ProcessOperation<DescribeKeyRequest, DescribeKeyResponse> = {
  kind: 'process',
  readOnly: true,
  *run(account, input, call) {
    checkGrantTokens(input.GrantTokens);
    const { region } = call.request;
    const keyId = input.KeyId ?? '';
    if (isPredefined(keyId) && !hasManagedKey(account, region, keyId))
      yield* changing(account.id, (draft) => ensureManagedKey(draft, region, keyId, call));
    const { accounts } = yield* seeing();
    const found = findKey(accounts[account.id] ?? account, keyId, call);
    return { KeyMetadata: metadata(found, call.hashes) };
  },
};

export const listKeys: ReadOperation<ListKeysRequest, ListKeysResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const keys = Object.values(account.kms.keys).filter((key) => key.region === region);
    const { items, rest } = pageOf(keys, input, ({ id }) => id, 100);
    return {
      Keys: items.map(({ id }) => ({ KeyId: id, KeyArn: keyArn({ accountId: account.id, region, keyId: id }) })),
      ...rest,
    };
  },
};

export const updateKeyDescription: ChangeOperation<UpdateKeyDescriptionRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const found = findOwnKey(account, input.KeyId, call, 'UpdateKeyDescription');
    checkNotPending(found);
    found.key.description = input.Description ?? '';
    return {};
  },
};
