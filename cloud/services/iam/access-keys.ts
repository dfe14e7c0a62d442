import type {
  AccessKeyMetadata,
  CreateAccessKeyRequest,
  CreateAccessKeyResponse,
  DeleteAccessKeyRequest,
  GetAccessKeyLastUsedRequest,
  GetAccessKeyLastUsedResponse,
  ListAccessKeysRequest,
  ListAccessKeysResponse,
  UpdateAccessKeyRequest,
} from '@aws-sdk/client-iam';
import type { AnyCaller } from '../../../iam/model.ts';
import { makeAccessKeyId } from '../../access-key.ts';
import type { Random } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { notAuthorized } from '../sts/identity.ts';
import { rootArn } from './arns.ts';
import { subjectOf } from './caller.ts';
import { noSuchEntity, quotaExceeded } from './errors.ts';
import { userNamed } from './names.ts';
import { pageOf } from './pages.ts';
import { iamOf, iamPermission, onSubject, onUser } from './permissions.ts';
import { quotas } from './quotas.ts';
import type { AccessKeyState, IamState } from './state.ts';
import { shownTime } from './times.ts';

const secretAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A secret access key: 40 letters of base64's alphabet. */
export function makeSecretAccessKey(random: Random): string {
  return Array.from(random.bytes(40), (byte) => secretAlphabet.charAt(byte % 64)).join('');
}

/** The name that keys of a call's subject are kept under; undefined for root. Throws NoSuchEntity. */
function ownerOf(iam: IamState, userName: string | undefined, caller: AnyCaller): string | undefined {
  const subject = subjectOf(userName, caller);
  return subject.kind === 'root' ? undefined : userNamed(iam, subject.name).name;
}

const createAccessKey: ChangeOperation<CreateAccessKeyRequest, CreateAccessKeyResponse> = {
  kind: 'change',
  permissions: ({ UserName }, facts) => [onSubject('CreateAccessKey', UserName, facts)],
  handle(account, { UserName }, call) {
    const user = ownerOf(account.iam, UserName, call.caller);
    const keys = Object.values(account.iam.accessKeys).filter((key) => key.user === user);
    if (keys.length >= quotas.accessKeysPerUser) throw quotaExceeded('AccessKeysPerUser', quotas.accessKeysPerUser);
    const key = {
      id: makeAccessKeyId('AKIA', account.id, call.random),
      secret: makeSecretAccessKey(call.random),
      ...(user !== undefined && { user }),
      status: 'Active' as const,
      createdAt: call.now,
    };
    account.iam.accessKeys[key.id] = key;
    return {
      AccessKey: {
        UserName: user,
        AccessKeyId: key.id,
        Status: key.status,
        SecretAccessKey: key.secret,
        CreateDate: shownTime(key.createdAt),
      },
    };
  },
};

const listAccessKeys: ReadOperation<ListAccessKeysRequest, ListAccessKeysResponse> = {
  kind: 'read',
  permissions: ({ UserName }, facts) => [onSubject('ListAccessKeys', UserName, facts)],
  handle(account, request, call) {
    const user = ownerOf(account.iam, request.UserName, call.caller);
    const keys = Object.values(account.iam.accessKeys).filter((key) => key.user === user);
    const { items, position } = pageOf(keys, request, ({ createdAt, id }) => String(createdAt).padStart(16, '0') + id);
    return { AccessKeyMetadata: items.map(shownKey), ...position };
  },
};

function shownKey(key: AccessKeyState): AccessKeyMetadata {
  return {
    ...(key.user !== undefined && { UserName: key.user }),
    AccessKeyId: key.id,
    Status: key.status,
    CreateDate: shownTime(key.createdAt),
  };
}

/** The key of an id among the subject's own. Throws NoSuchEntity. */
function keyOf<T extends AccessKeyState>(
  iam: IamState & { readonly accessKeys: Readonly<Record<string, T>> },
  request: { readonly UserName?: string | undefined; readonly AccessKeyId: string | undefined },
  caller: AnyCaller,
): T {
  const user = ownerOf(iam, request.UserName, caller);
  const key = own(iam.accessKeys, request.AccessKeyId ?? '');
  if (key === undefined || key.user !== user) {
    throw noSuchEntity(`The Access Key with id ${request.AccessKeyId} cannot be found.`);
  }
  return key;
}

const updateAccessKey: ChangeOperation<UpdateAccessKeyRequest, object> = {
  kind: 'change',
  permissions: ({ UserName }, facts) => [onSubject('UpdateAccessKey', UserName, facts)],
  handle(account, request, call) {
    const key = keyOf(account.iam, request, call.caller);
    key.status = request.Status === 'Inactive' ? 'Inactive' : 'Active';
    return {};
  },
};

const deleteAccessKey: ChangeOperation<DeleteAccessKeyRequest, object> = {
  kind: 'change',
  permissions: ({ UserName }, facts) => [onSubject('DeleteAccessKey', UserName, facts)],
  handle(account, request, call) {
    delete account.iam.accessKeys[keyOf(account.iam, request, call.caller).id];
    return {};
  },
};

const getAccessKeyLastUsed: ReadOperation<GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse> = {
  kind: 'read',
  permissions: ({ AccessKeyId = '' }, facts) => {
    const key = own(iamOf(facts).accessKeys, AccessKeyId);
    // AWS says of a key that does not exist no more than of one that is someone else's.
    if (key === undefined) {
      throw notAuthorized(facts.caller, 'iam:GetAccessKeyLastUsed', `access key ${AccessKeyId}`);
    }
    if (key.user === undefined) {
      return [iamPermission('GetAccessKeyLastUsed', rootArn(facts.callerAccountId), facts)];
    }
    return [{ ...onUser('GetAccessKeyLastUsed', key.user, facts), shownAs: `access key ${AccessKeyId}` }];
  },
  handle(account, { AccessKeyId = '' }) {
    const { user, lastUsed } = account.iam.accessKeys[AccessKeyId] ?? {};
    return {
      ...(user !== undefined && { UserName: user }),
      AccessKeyLastUsed:
        lastUsed === undefined
          ? // Never used: AWS leaves the date out.
            { LastUsedDate: undefined, ServiceName: 'N/A', Region: 'N/A' }
          : { LastUsedDate: shownTime(lastUsed.at), ServiceName: lastUsed.service, Region: lastUsed.region },
    };
  },
};

export const accessKeyOperations = {
  CreateAccessKey: createAccessKey,
  ListAccessKeys: listAccessKeys,
  UpdateAccessKey: updateAccessKey,
  DeleteAccessKey: deleteAccessKey,
  GetAccessKeyLastUsed: getAccessKeyLastUsed,
};
