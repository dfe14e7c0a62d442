/** Key pairs whose owner has made them, and gives EC2 the public half. */
import type {
  DeleteKeyPairRequest,
  DeleteKeyPairResult,
  DescribeKeyPairsRequest,
  DescribeKeyPairsResult,
  ImportKeyPairRequest,
  ImportKeyPairResult,
} from '@aws-sdk/client-ec2';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { ec2Error, missingParameter, unknownId } from './errors.ts';
import { filtered } from './filters.ts';
import { makeId } from './ids.ts';
import { shownTime } from './instance-shape.ts';
import { keyPairNamed } from './key-pair-names.ts';
import { ec2Limits } from './limits.ts';
import { creationTags } from './permissions.ts';
import { readPublicKey } from './public-keys.ts';
import { regionDraft, regionOf } from './regions.ts';
import { setTags, shownTags, tagsFor, tagsOf } from './tags.ts';

export const importKeyPair: ChangeOperation<ImportKeyPairRequest, ImportKeyPairResult> = {
  kind: 'change',
  alsoNeeds: creationTags('ImportKeyPair'),
  handle(account, { KeyName, PublicKeyMaterial, TagSpecifications }, call) {
    if (KeyName === undefined || KeyName === '') throw missingParameter('KeyName');
    if (PublicKeyMaterial === undefined) throw missingParameter('PublicKeyMaterial');
    if (KeyName.length > 255 || !/^[\x20-\x7e]+$/.test(KeyName)) {
      throw ec2Error('InvalidParameterValue', `Value (${KeyName}) for parameter KeyName is invalid.`);
    }
    const state = regionDraft(account, call.request.region);
    if (keyPairNamed(state, KeyName) !== undefined) {
      throw ec2Error('InvalidKeyPair.Duplicate', 'The keypair already exists');
    }
    const key = readPublicKey(new TextDecoder().decode(PublicKeyMaterial), call.hashes);
    if (key === undefined) throw ec2Error('InvalidKey.Format', 'Key is not in valid OpenSSH public key format');
    if (Object.keys(state.keyPairs).length >= ec2Limits.keyPairs) {
      throw ec2Error('KeyPairLimitExceeded', 'The maximum number of key pairs has been reached.');
    }
    const id = makeId('key', call.random);
    state.keyPairs[id] = {
      id,
      name: KeyName,
      type: key.type,
      fingerprint: key.fingerprint,
      createdAt: call.now,
      publicKey: key.text,
    };
    setTags(state, id, tagsFor(TagSpecifications, 'key-pair'));
    return { KeyFingerprint: key.fingerprint, KeyName, KeyPairId: id, Tags: shownTags(state, id) };
  },
};

export const describeKeyPairs: ReadOperation<DescribeKeyPairsRequest, DescribeKeyPairsResult> = {
  kind: 'read',
  handle(account, { KeyNames = [], KeyPairIds = [], Filters, IncludePublicKey }, call) {
    const state = regionOf(account, call.request.region);
    const all = Object.values(state.keyPairs);
    const unknownName = KeyNames.find((name) => keyPairNamed(state, name) === undefined);
    if (unknownName !== undefined) {
      throw ec2Error('InvalidKeyPair.NotFound', `The key pair '${unknownName}' does not exist`);
    }
    const unknown = KeyPairIds.filter((id) => !all.some((pair) => pair.id === id));
    if (unknown.length > 0) throw unknownId('key', ...unknown);
    const isAsked = KeyNames.length + KeyPairIds.length > 0;
    const found = filtered(
      all.filter(({ id, name }) => !isAsked || KeyNames.includes(name) || KeyPairIds.includes(id)),
      Filters,
      {
        fingerprint: ({ fingerprint }) => fingerprint,
        'key-name': ({ name }) => name,
        'key-pair-id': ({ id }) => id,
      },
      ({ id }) => tagsOf(state, id),
    );
    return {
      KeyPairs: found.map((pair) => ({
        KeyPairId: pair.id,
        KeyFingerprint: pair.fingerprint,
        KeyName: pair.name,
        KeyType: pair.type,
        Tags: shownTags(state, pair.id),
        CreateTime: shownTime(pair.createdAt),
        ...(IncludePublicKey === true && { PublicKey: `${pair.publicKey} ${pair.name}\n` }),
      })),
    };
  },
};

/** A key pair that is not there is deleted as well. */
export const deleteKeyPair: ChangeOperation<DeleteKeyPairRequest, DeleteKeyPairResult> = {
  kind: 'change',
  handle(account, { KeyName, KeyPairId }, call) {
    if (KeyName === undefined && KeyPairId === undefined) throw missingParameter('KeyName');
    const state = regionDraft(account, call.request.region);
    const pair = Object.values(state.keyPairs).find(({ id, name }) =>
      KeyPairId === undefined ? name === KeyName : id === KeyPairId,
    );
    if (pair === undefined) return { Return: true };
    const { id } = pair;
    delete state.tags[id];
    delete state.keyPairs[id];
    return { Return: true, KeyPairId: id };
  },
};
