import type {
  CreatePolicyVersionRequest,
  CreatePolicyVersionResponse,
  DeletePolicyVersionRequest,
  GetPolicyVersionRequest,
  GetPolicyVersionResponse,
  ListPolicyVersionsRequest,
  ListPolicyVersionsResponse,
  PolicyVersion,
  SetDefaultPolicyVersionRequest,
} from '@aws-sdk/client-iam';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { checkManagedDocument, encodeDocument } from './documents.ts';
import { deleteConflict, noSuchEntity } from './errors.ts';
import {
  customerPolicyToChange,
  findPolicy,
  type ManagedPolicyView,
  policyWithArn,
  requirePolicyArn,
} from './managed-policies.ts';
import { pageOf } from './pages.ts';
import { onPolicy } from './permissions.ts';
import { quotas } from './quotas.ts';
import { shownTime } from './times.ts';

type Version = ManagedPolicyView['versions'][number];

function shownVersion(version: Version, defaultVersionId: string): PolicyVersion {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.id === defaultVersionId,
    CreateDate: shownTime(version.createdAt),
  };
}

function noSuchVersion(arn: string, versionId: string): AwsError {
  return noSuchEntity(`Policy ${arn} version ${versionId} does not exist or is not attachable.`);
}

const createPolicyVersion: ChangeOperation<CreatePolicyVersionRequest, CreatePolicyVersionResponse> = {
  kind: 'change',
  permissions: ({ PolicyArn = '' }, facts) => [onPolicy('CreatePolicyVersion', PolicyArn, facts)],
  handle(account, { PolicyArn: arn = '', PolicyDocument: document = '', SetAsDefault = false }, call) {
    const policy = customerPolicyToChange(account.iam, arn, 'CreatePolicyVersion', call);
    if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
    checkManagedDocument(document);
    if (policy.versions.length >= quotas.versionsPerPolicy) {
      throw new AwsError(
        'LimitExceeded',
        `A managed policy can have up to ${quotas.versionsPerPolicy} versions. Before you create a new version, you must delete an existing version.`,
      );
    }
    const version = { id: `v${policy.nextVersion}`, document, createdAt: call.now };
    policy.versions.push(version);
    policy.nextVersion += 1;
    policy.updatedAt = call.now;
    if (SetAsDefault) policy.defaultVersionId = version.id;
    return { PolicyVersion: shownVersion(version, policy.defaultVersionId) };
  },
};

const getPolicyVersion: ReadOperation<GetPolicyVersionRequest, GetPolicyVersionResponse> = {
  kind: 'read',
  permissions: ({ PolicyArn = '' }, facts) => [onPolicy('GetPolicyVersion', PolicyArn, facts)],
  handle(account, { PolicyArn: arn = '', VersionId = '' }, call) {
    requirePolicyArn(arn);
    const policy = findPolicy(account.iam, arn, call);
    const version = policy?.versions.find(({ id }) => id === VersionId);
    if (policy === undefined || version === undefined) throw noSuchVersion(arn, VersionId);
    return {
      PolicyVersion: {
        Document: encodeDocument(version.document),
        ...shownVersion(version, policy.defaultVersionId),
      },
    };
  },
};

const listPolicyVersions: ReadOperation<ListPolicyVersionsRequest, ListPolicyVersionsResponse> = {
  kind: 'read',
  permissions: ({ PolicyArn = '' }, facts) => [onPolicy('ListPolicyVersions', PolicyArn, facts)],
  handle(account, request, call) {
    const policy = policyWithArn(account.iam, request.PolicyArn ?? '', call);
    const { items, position } = pageOf(policy.versions, request, newestFirst);
    return { Versions: items.map((version) => shownVersion(version, policy.defaultVersionId)), ...position };
  },
};

/** `v12` before `v3`: the key falls as the number grows. */
function newestFirst({ id }: Version): string {
  return String(1_000_000_000 - Number(id.slice(1))).padStart(10, '0');
}

const setDefaultPolicyVersion: ChangeOperation<SetDefaultPolicyVersionRequest, object> = {
  kind: 'change',
  permissions: ({ PolicyArn = '' }, facts) => [onPolicy('SetDefaultPolicyVersion', PolicyArn, facts)],
  handle(account, { PolicyArn: arn = '', VersionId = '' }, call) {
    const policy = customerPolicyToChange(account.iam, arn, 'SetDefaultPolicyVersion', call);
    if (!policy?.versions.some(({ id }) => id === VersionId)) throw noSuchVersion(arn, VersionId);
    policy.defaultVersionId = VersionId;
    policy.updatedAt = call.now;
    return {};
  },
};

const deletePolicyVersion: ChangeOperation<DeletePolicyVersionRequest, object> = {
  kind: 'change',
  permissions: ({ PolicyArn = '' }, facts) => [onPolicy('DeletePolicyVersion', PolicyArn, facts)],
  handle(account, { PolicyArn: arn = '', VersionId = '' }, call) {
    const policy = customerPolicyToChange(account.iam, arn, 'DeletePolicyVersion', call);
    if (!policy?.versions.some(({ id }) => id === VersionId)) throw noSuchVersion(arn, VersionId);
    if (VersionId === policy.defaultVersionId) throw deleteConflict('Cannot delete the default version of a policy.');
    policy.versions = policy.versions.filter(({ id }) => id !== VersionId);
    policy.updatedAt = call.now;
    return {};
  },
};

export const policyVersionOperations = {
  CreatePolicyVersion: createPolicyVersion,
  GetPolicyVersion: getPolicyVersion,
  ListPolicyVersions: listPolicyVersions,
  SetDefaultPolicyVersion: setDefaultPolicyVersion,
  DeletePolicyVersion: deletePolicyVersion,
};
