/** SSH public keys of users, by which CodeCommit would know them. IAM API Reference, UploadSSHPublicKey. */
import type {
  DeleteSSHPublicKeyRequest,
  GetSSHPublicKeyRequest,
  GetSSHPublicKeyResponse,
  ListSSHPublicKeysRequest,
  ListSSHPublicKeysResponse,
  SSHPublicKey,
  UpdateSSHPublicKeyRequest,
  UploadSSHPublicKeyRequest,
  UploadSSHPublicKeyResponse,
} from '@aws-sdk/client-iam';
import type { Draft, Hashes } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { hexOf } from '../../hex.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { subjectOf } from './caller.ts';
import { noSuchEntity, quotaExceeded } from './errors.ts';
import { userNamed } from './names.ts';
import { pageOf } from './pages.ts';
import { onSubject, onUser } from './permissions.ts';
import { quotas } from './quotas.ts';
import { bitsOf, pemText, type RsaPublicKey, readRsaPublicKey, sshBlob, sshText } from './rsa-public-key.ts';
import type { SshPublicKeyState, UserState } from './state.ts';
import { shownTime } from './times.ts';
import { makeUniqueId } from './unique-id.ts';

const leastBits = 2048;

/** @throws UnrecognizedPublicKeyEncoding, InvalidPublicKey */
function readKey(body: string): RsaPublicKey {
  if (!/^(ssh-rsa |-----BEGIN PUBLIC KEY-----)/.test(body.trim())) {
    throw new AwsError('UnrecognizedPublicKeyEncoding', 'The public key encoding format is unsupported.');
  }
  const key = readRsaPublicKey(body);
  if (key !== undefined && bitsOf(key) >= leastBits) return key;
  throw new AwsError('InvalidPublicKey', 'The public key is malformed or otherwise invalid.');
}

/** Every key in the state was read when it was uploaded. */
function storedKey({ body }: SshPublicKeyState): RsaPublicKey {
  const key = readRsaPublicKey(body);
  if (key === undefined) throw new Error('A stored SSH public key cannot be read');
  return key;
}

function fingerprint(key: RsaPublicKey, hashes: Hashes): string {
  return hexOf(hashes.md5(sshBlob(key))).replace(/(..)(?=.)/g, '$1:');
}

/** @throws NoSuchEntity */
function keyOf(user: Pick<UserState, 'sshPublicKeys'>, id: string | undefined): Draft<SshPublicKeyState> {
  const key = user.sshPublicKeys?.find((known) => known.id === id);
  if (key === undefined) throw noSuchEntity(`The Public Key with id ${id} cannot be found.`);
  return key;
}

function shown(user: UserState, key: SshPublicKeyState, body: string, hashes: Hashes): SSHPublicKey {
  return {
    UserName: user.name,
    SSHPublicKeyId: key.id,
    Fingerprint: fingerprint(storedKey(key), hashes),
    SSHPublicKeyBody: body,
    Status: key.status,
    UploadDate: shownTime(key.uploadedAt),
  };
}

const uploadKey: ChangeOperation<UploadSSHPublicKeyRequest, UploadSSHPublicKeyResponse> = {
  kind: 'change',
  permissions: ({ UserName = '' }, facts) => [onUser('UploadSSHPublicKey', UserName, facts)],
  handle(account, { UserName = '', SSHPublicKeyBody = '' }, call) {
    const user: Draft<UserState> = userNamed(account.iam, UserName);
    const key = readKey(SSHPublicKeyBody);
    const known = user.sshPublicKeys ?? [];
    if (known.some((other) => sshText(storedKey(other)) === sshText(key))) {
      throw new AwsError('DuplicateSSHPublicKey', 'The SSH public key is already associated with the user.');
    }
    if (known.length >= quotas.sshPublicKeysPerUser) {
      throw quotaExceeded('SSHPublicKeysPerUser', quotas.sshPublicKeysPerUser);
    }
    const uploaded: SshPublicKeyState = {
      id: makeUniqueId('APKA', call.random),
      body: SSHPublicKeyBody.trim(),
      status: 'Active',
      uploadedAt: call.now,
    };
    user.sshPublicKeys = [...known, uploaded];
    return { SSHPublicKey: shown(user, uploaded, uploaded.body, call.hashes) };
  },
};

const getKey: ReadOperation<GetSSHPublicKeyRequest, GetSSHPublicKeyResponse> = {
  kind: 'read',
  permissions: ({ UserName = '' }, facts) => [onUser('GetSSHPublicKey', UserName, facts)],
  handle(account, { UserName = '', SSHPublicKeyId, Encoding }, call) {
    const user = userNamed(account.iam, UserName);
    const key = keyOf(user, SSHPublicKeyId);
    const isAsAsked = (Encoding === 'SSH') === key.body.startsWith('ssh-rsa ');
    const other = Encoding === 'SSH' ? sshText(storedKey(key)) : pemText(storedKey(key));
    return { SSHPublicKey: shown(user, key, isAsAsked ? key.body : other, call.hashes) };
  },
};

const listKeys: ReadOperation<ListSSHPublicKeysRequest, ListSSHPublicKeysResponse> = {
  kind: 'read',
  permissions: ({ UserName }, facts) => [onSubject('ListSSHPublicKeys', UserName, facts)],
  handle(account, request, call) {
    const subject = subjectOf(request.UserName, call.caller);
    const user = subject.kind === 'user' ? userNamed(account.iam, subject.name) : undefined;
    const { items, position } = pageOf(user?.sshPublicKeys ?? [], request, ({ id }) => id);
    const SSHPublicKeys = items.map(({ id, status, uploadedAt }) => ({
      UserName: user?.name,
      SSHPublicKeyId: id,
      Status: status,
      UploadDate: shownTime(uploadedAt),
    }));
    return { SSHPublicKeys, ...position };
  },
};

const updateKey: ChangeOperation<UpdateSSHPublicKeyRequest, object> = {
  kind: 'change',
  permissions: ({ UserName = '' }, facts) => [onUser('UpdateSSHPublicKey', UserName, facts)],
  handle(account, { UserName = '', SSHPublicKeyId, Status }) {
    const key = keyOf(userNamed(account.iam, UserName), SSHPublicKeyId);
    key.status = Status === 'Inactive' ? 'Inactive' : 'Active';
    return {};
  },
};

const deleteKey: ChangeOperation<DeleteSSHPublicKeyRequest, object> = {
  kind: 'change',
  permissions: ({ UserName = '' }, facts) => [onUser('DeleteSSHPublicKey', UserName, facts)],
  handle(account, { UserName = '', SSHPublicKeyId }) {
    const user: Draft<UserState> = userNamed(account.iam, UserName);
    const { id } = keyOf(user, SSHPublicKeyId);
    user.sshPublicKeys = (user.sshPublicKeys ?? []).filter((known) => known.id !== id);
    return {};
  },
};

export const sshPublicKeyOperations = {
  UploadSSHPublicKey: uploadKey,
  GetSSHPublicKey: getKey,
  ListSSHPublicKeys: listKeys,
  UpdateSSHPublicKey: updateKey,
  DeleteSSHPublicKey: deleteKey,
};
