/** ReEncrypt: two permissions, on the key that decrypts and on the one that encrypts. */
import type { ReEncryptRequest, ReEncryptResponse } from '@aws-sdk/client-kms';
import type { Permission, PermissionFacts, ReadOperation } from '../../service.ts';
import { decryptUnder, encryptUnder } from './ciphertext.ts';
import { checkAlgorithm, keyForCiphertext, usableKey } from './cryptography.ts';
import { dryRun } from './errors.ts';
import { accountOfArn, placeOfArn } from './key-names.ts';
import { materialId } from './keys.ts';
import { encryptionContext, keyNamed, keyOfBlob, kmsResources, tagContext } from './permissions.ts';

function permissions(input: ReEncryptRequest, facts: PermissionFacts): readonly Permission[] {
  const source =
    input.SourceKeyId === undefined ? keyOfBlob(input.CiphertextBlob, facts) : keyNamed(input.SourceKeyId, facts);
  const destination = keyNamed(input.DestinationKeyId, facts);
  const isSame = { 'kms:ReEncryptOnSameKey': String(source === destination) };
  const on = (operation: string, arn: string, keyId: string | undefined, pairs: unknown): Permission => ({
    action: `kms:${operation}`,
    resource: arn,
    resourceAccountId: placeOfArn(arn)?.accountId ?? facts.callerAccountId,
    context: {
      ...tagContext(facts.world, arn),
      ...kmsResources.context?.({ KeyId: keyId }, facts, { operation, arn }),
      ...encryptionContext(pairs),
      ...isSame,
    },
  });
  return [
    on('ReEncryptFrom', source, input.SourceKeyId, input.SourceEncryptionContext),
    on('ReEncryptTo', destination, input.DestinationKeyId, input.DestinationEncryptionContext),
  ];
}

export const reEncrypt: ReadOperation<ReEncryptRequest, ReEncryptResponse> = {
  kind: 'read',
  permissions,
  handle(account, input, call) {
    checkAlgorithm(input.SourceEncryptionAlgorithm);
    checkAlgorithm(input.DestinationEncryptionAlgorithm);
    const ciphertext = input.CiphertextBlob ?? new Uint8Array();
    const source = keyForCiphertext(ciphertext, input.SourceKeyId, input.GrantTokens, call);
    const owner = accountOfArn(call.world, input.DestinationKeyId) ?? account;
    const destination = usableKey(owner, { KeyId: input.DestinationKeyId }, call);
    const plaintext = decryptUnder(source.key, ciphertext, input.SourceEncryptionContext ?? {});
    if (input.DryRun === true) throw dryRun();
    const context = input.DestinationEncryptionContext ?? {};
    return {
      CiphertextBlob: encryptUnder(destination.key, destination.place, plaintext, context, call.random),
      SourceKeyId: source.arn,
      KeyId: destination.arn,
      SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      SourceKeyMaterialId: materialId(source.key, call.hashes),
      DestinationKeyMaterialId: materialId(destination.key, call.hashes),
    };
  },
};
