/**
 * Service-specific credentials of users: a user name and password for CodeCommit and Keyspaces, API keys of Bedrock and CloudWatch Logs.
 * IAM User Guide, "Service-specific credentials for IAM users". Who makes one for another user has a way in that no access key shows.
 */
import type {
  CreateServiceSpecificCredentialRequest,
  CreateServiceSpecificCredentialResponse,
  DeleteServiceSpecificCredentialRequest,
  ListServiceSpecificCredentialsRequest,
  ListServiceSpecificCredentialsResponse,
  ResetServiceSpecificCredentialRequest,
  ResetServiceSpecificCredentialResponse,
  ServiceSpecificCredential,
  ServiceSpecificCredentialMetadata,
  UpdateServiceSpecificCredentialRequest,
} from '@aws-sdk/client-iam';
import { toBase64 } from '@smithy/core/serde';
import type { AccountDraft, Call, Draft, Random } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { ownerOf } from './caller.ts';
import { noSuchEntity, quotaExceeded, validationError } from './errors.ts';
import { userNamed } from './names.ts';
import { pageOf } from './pages.ts';
import { onAll, onSubject, onUser } from './permissions.ts';
import { quotas } from './quotas.ts';
import type { ServiceCredentialState, UserState } from './state.ts';
import { shownTime } from './times.ts';
import { makeUniqueId } from './unique-id.ts';

const byPassword = ['codecommit.amazonaws.com', 'cassandra.amazonaws.com'];
const byApiKey = ['bedrock.amazonaws.com', 'logs.amazonaws.com'];
const day = 86_400_000;

/** @throws NotSupportedService */
function requireService(name: string): void {
  if ([...byPassword, ...byApiKey].includes(name)) return;
  throw new AwsError('NotSupportedService', `No such service ${name} is supported`);
}

/** @throws NoSuchEntity */
function credentialOf(user: Draft<UserState>, id: string | undefined): Draft<ServiceCredentialState> {
  const credential = user.serviceCredentials?.find((known) => known.id === id);
  if (credential === undefined) throw noSuchEntity(`No such credential ${id} exists`);
  return credential;
}

/** The first of a user for a service is called after the user alone. */
function userNameFor(user: UserState, accountId: string, others: number): string {
  return `${user.name}${others === 0 ? '' : `+${others}`}-at-${accountId}`;
}

/** What is shown once: of a password's credential the password, of an API key alias and secret. */
function secretsOf({ serviceName, serviceUserName }: ServiceCredentialState, random: Random) {
  const secret = toBase64(random.bytes(32));
  if (byPassword.includes(serviceName)) return { ServiceUserName: serviceUserName, ServicePassword: secret };
  return {
    ServiceCredentialAlias: serviceUserName,
    ServiceCredentialSecret: `ABSK${toBase64(new TextEncoder().encode(`${serviceUserName}:`))}${secret}`,
  };
}

function shown(credential: ServiceCredentialState, userName: string): Shown {
  const { id, serviceName, serviceUserName, status, createdAt, expiresAt } = credential;
  return {
    UserName: userName,
    Status: status,
    ...(byPassword.includes(serviceName)
      ? { ServiceUserName: serviceUserName }
      : { ServiceCredentialAlias: serviceUserName }),
    CreateDate: shownTime(createdAt),
    ...(expiresAt !== undefined && { ExpirationDate: shownTime(expiresAt) }),
    ServiceSpecificCredentialId: id,
    ServiceName: serviceName,
  };
}

type Shown = ServiceSpecificCredentialMetadata;

function shownOnce(credential: ServiceCredentialState, userName: string, call: Call): ServiceSpecificCredential {
  return { ...shown(credential, userName), ...secretsOf(credential, call.random) };
}

const createCredential: ChangeOperation<
  CreateServiceSpecificCredentialRequest,
  CreateServiceSpecificCredentialResponse
> = {
  kind: 'change',
  permissions: ({ UserName = '' }, facts) => [onUser('CreateServiceSpecificCredential', UserName, facts)],
  handle(account: AccountDraft, { UserName = '', ServiceName = '', CredentialAgeDays }, call) {
    const user = userNamed(account.iam, UserName);
    requireService(ServiceName);
    if (CredentialAgeDays !== undefined && byPassword.includes(ServiceName)) {
      throw validationError(`CredentialAgeDays is not supported for ${ServiceName}`);
    }
    const known = user.serviceCredentials ?? [];
    const others = known.filter(({ serviceName }) => serviceName === ServiceName).length;
    if (others >= quotas.serviceCredentialsPerService) {
      throw quotaExceeded('ServiceSpecificCredentialsPerUser', quotas.serviceCredentialsPerService);
    }
    const credential: ServiceCredentialState = {
      id: makeUniqueId('ACCA', call.random),
      serviceName: ServiceName,
      serviceUserName: userNameFor(user, account.id, others),
      status: 'Active',
      createdAt: call.now,
      ...(CredentialAgeDays !== undefined && { expiresAt: call.now + CredentialAgeDays * day }),
    };
    user.serviceCredentials = [...known, credential];
    return { ServiceSpecificCredential: shownOnce(credential, user.name, call) };
  },
};

const listCredentials: ReadOperation<ListServiceSpecificCredentialsRequest, ListServiceSpecificCredentialsResponse> = {
  kind: 'read',
  permissions: ({ UserName, AllUsers }, facts) => [
    AllUsers === true
      ? onAll('ListServiceSpecificCredentials', facts)
      : onSubject('ListServiceSpecificCredentials', UserName, facts),
  ],
  handle(account, request, call) {
    const { UserName, ServiceName, AllUsers } = request;
    if (ServiceName !== undefined) requireService(ServiceName);
    const users = usersAsked();
    const all = users.flatMap((user) =>
      (user.serviceCredentials ?? []).map((credential) => ({ credential, userName: user.name })),
    );
    const asked = all.filter(({ credential }) => ServiceName === undefined || credential.serviceName === ServiceName);
    const { items, position } = pageOf(asked, request, ({ credential }) => credential.id);
    return {
      ServiceSpecificCredentials: items.map(({ credential, userName }) => shown(credential, userName)),
      ...position,
    };

    function usersAsked(): readonly UserState[] {
      if (AllUsers === true) return Object.values(account.iam.users);
      // Root asks about itself, and has none.
      if (UserName === undefined && call.caller.kind === 'root') return [];
      return [ownerOf(account.iam, UserName, call.caller)];
    }
  },
};

const resetCredential: ChangeOperation<ResetServiceSpecificCredentialRequest, ResetServiceSpecificCredentialResponse> =
  {
    kind: 'change',
    permissions: ({ UserName }, facts) => [onSubject('ResetServiceSpecificCredential', UserName, facts)],
    handle(account, { UserName, ServiceSpecificCredentialId }, call) {
      const user = ownerOf(account.iam, UserName, call.caller);
      const credential = credentialOf(user, ServiceSpecificCredentialId);
      return { ServiceSpecificCredential: shownOnce(credential, user.name, call) };
    },
  };

const updateCredential: ChangeOperation<UpdateServiceSpecificCredentialRequest, object> = {
  kind: 'change',
  permissions: ({ UserName }, facts) => [onSubject('UpdateServiceSpecificCredential', UserName, facts)],
  handle(account, { UserName, ServiceSpecificCredentialId, Status }, call) {
    const credential = credentialOf(ownerOf(account.iam, UserName, call.caller), ServiceSpecificCredentialId);
    credential.status = Status === 'Inactive' ? 'Inactive' : 'Active';
    return {};
  },
};

const deleteCredential: ChangeOperation<DeleteServiceSpecificCredentialRequest, object> = {
  kind: 'change',
  permissions: ({ UserName }, facts) => [onSubject('DeleteServiceSpecificCredential', UserName, facts)],
  handle(account, { UserName, ServiceSpecificCredentialId }, call) {
    const user = ownerOf(account.iam, UserName, call.caller);
    const { id } = credentialOf(user, ServiceSpecificCredentialId);
    user.serviceCredentials = (user.serviceCredentials ?? []).filter((known) => known.id !== id);
    return {};
  },
};

export const serviceCredentialOperations = {
  CreateServiceSpecificCredential: createCredential,
  ListServiceSpecificCredentials: listCredentials,
  ResetServiceSpecificCredential: resetCredential,
  UpdateServiceSpecificCredential: updateCredential,
  DeleteServiceSpecificCredential: deleteCredential,
};
