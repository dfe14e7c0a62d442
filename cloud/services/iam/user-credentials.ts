/**
 * Credentials of users that this cloud keeps none of: SSH keys and signing certificates. Their lists are truly empty; tools ask for
 * them before they delete a user.
 */
import type {
  ListSigningCertificatesRequest,
  ListSigningCertificatesResponse,
  ListSSHPublicKeysRequest,
  ListSSHPublicKeysResponse,
} from '@aws-sdk/client-iam';
import type { AnyCaller } from '../../../iam/model.ts';
import type { ReadOperation } from '../../service.ts';
import { subjectOf } from './caller.ts';
import { userNamed } from './names.ts';
import { onSubject } from './permissions.ts';
import type { IamState } from './state.ts';

/** @throws NoSuchEntity for a user that does not exist */
function requireSubject(iam: IamState, userName: string | undefined, caller: AnyCaller): void {
  const subject = subjectOf(userName, caller);
  if (subject.kind === 'user') userNamed(iam, subject.name);
}

const listSshPublicKeys: ReadOperation<ListSSHPublicKeysRequest, ListSSHPublicKeysResponse> = {
  kind: 'read',
  permissions: ({ UserName }, facts) => [onSubject('ListSSHPublicKeys', UserName, facts)],
  handle(account, { UserName }, call) {
    requireSubject(account.iam, UserName, call.caller);
    return { SSHPublicKeys: [], IsTruncated: false };
  },
};

const listSigningCertificates: ReadOperation<ListSigningCertificatesRequest, ListSigningCertificatesResponse> = {
  kind: 'read',
  permissions: ({ UserName }, facts) => [onSubject('ListSigningCertificates', UserName, facts)],
  handle(account, { UserName }, call) {
    requireSubject(account.iam, UserName, call.caller);
    return { Certificates: [], IsTruncated: false };
  },
};

export const userCredentialOperations = {
  ListSSHPublicKeys: listSshPublicKeys,
  ListSigningCertificates: listSigningCertificates,
};
