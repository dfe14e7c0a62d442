/**
 * IAM is written through: other services of an emulator look up roles and profiles there. It is never read back, and what it refuses is
 * let pass, because the embedded cloud has the account's IAM.
 */

import type { IamState } from '../../../../../cloud/services/iam/state.ts';
import { principalNames } from '../../../../../cloud/services/iam/trust.ts';
import { nameOfKey } from '../../../../../cloud/state-key.ts';
import type { Account } from '../../../../../cloud/world.ts';
import type { Input, There } from '../carried-service.ts';

/** Operations about credentials, whose secrets another would make otherwise, and about reports. */
const ofCredentials =
  /AccessKey|LoginProfile|Password|MFA|ServiceSpecificCredential|SSHPublicKey|SigningCertificate|ServerCertificate|Report|LastAccessed|Simulate|Organizations/;

/** Whether an operation of IAM that changes something is written through. */
export function isWrittenThrough(operation: string): boolean {
  return !ofCredentials.test(operation);
}

/** The tables of an account that are written through; the same objects where none of them has changed. */
export function writtenTables({ iam }: Account): readonly unknown[] {
  return [iam.users, iam.groups, iam.roles, iam.policies, iam.instanceProfiles];
}

const GLOBAL = 'us-east-1';

/** Makes an account's users, groups, roles, policies and instance profiles. */
export async function bringUpIam({ iam }: Account, there: There): Promise<void> {
  const call = (operation: string, input: Input) => there.tried(operation, input, GLOBAL);
  for (const policy of Object.values(iam.policies)) {
    const { name: PolicyName, path: Path, versions, defaultVersionId } = policy;
    const document = versions.find(({ id }) => id === defaultVersionId)?.document ?? '';
    await call('CreatePolicy', { PolicyName, Path, PolicyDocument: document });
  }
  for (const { name: GroupName, path: Path } of Object.values(iam.groups)) {
    await call('CreateGroup', { GroupName, Path });
  }
  for (const { name: UserName, path: Path, tags: Tags, groups } of Object.values(iam.users)) {
    await call('CreateUser', { UserName, Path, Tags });
    for (const GroupName of groups) await call('AddUserToGroup', { UserName, GroupName });
  }
  for (const { name: RoleName, path: Path, tags: Tags, trustPolicy, maxSessionDuration } of Object.values(iam.roles)) {
    const AssumeRolePolicyDocument = principalNames(there.world).show(trustPolicy);
    await call('CreateRole', {
      RoleName,
      Path,
      Tags,
      AssumeRolePolicyDocument,
      MaxSessionDuration: maxSessionDuration,
    });
  }
  for (const { name: InstanceProfileName, path: Path, role: RoleName } of Object.values(iam.instanceProfiles)) {
    await call('CreateInstanceProfile', { InstanceProfileName, Path });
    if (RoleName !== undefined) await call('AddRoleToInstanceProfile', { InstanceProfileName, RoleName });
  }
  await forAttached(iam, {
    attached: (kind, named, PolicyArn) => call(`Attach${kind}Policy`, { ...named, PolicyArn }),
    inline: (kind, named, PolicyName, PolicyDocument) =>
      call(`Put${kind}Policy`, { ...named, PolicyName, PolicyDocument }),
  });
}

/** Takes away what `bringUpIam` makes, whatever is attached to it by now. */
export async function emptyIam({ iam }: Account, there: There): Promise<void> {
  const call = (operation: string, input: Input) => there.tried(operation, input, GLOBAL);
  await forAttached(iam, {
    attached: (kind, named, PolicyArn) => call(`Detach${kind}Policy`, { ...named, PolicyArn }),
    inline: (kind, named, PolicyName) => call(`Delete${kind}Policy`, { ...named, PolicyName }),
  });
  for (const { name: InstanceProfileName, role: RoleName } of Object.values(iam.instanceProfiles)) {
    if (RoleName !== undefined) await call('RemoveRoleFromInstanceProfile', { InstanceProfileName, RoleName });
    await call('DeleteInstanceProfile', { InstanceProfileName });
  }
  for (const { name: RoleName } of Object.values(iam.roles)) await call('DeleteRole', { RoleName });
  for (const { name: UserName, groups } of Object.values(iam.users)) {
    for (const GroupName of groups) await call('RemoveUserFromGroup', { UserName, GroupName });
    await call('DeleteUser', { UserName });
  }
  for (const { name: GroupName } of Object.values(iam.groups)) await call('DeleteGroup', { GroupName });
  for (const { arn: PolicyArn, versions, defaultVersionId } of Object.values(iam.policies)) {
    for (const { id: VersionId } of versions) {
      if (VersionId !== defaultVersionId) await call('DeletePolicyVersion', { PolicyArn, VersionId });
    }
    await call('DeletePolicy', { PolicyArn });
  }
}

interface AttachedTo {
  readonly attached: (kind: string, named: Input, policyArn: string) => Promise<void>;
  readonly inline: (kind: string, named: Input, name: string, document: string) => Promise<void>;
}

async function forAttached({ users, groups, roles }: IamState, { attached, inline }: AttachedTo): Promise<void> {
  const holders = [
    ...Object.values(users).map((holder) => ({ kind: 'User', named: { UserName: holder.name }, holder })),
    ...Object.values(groups).map((holder) => ({ kind: 'Group', named: { GroupName: holder.name }, holder })),
    ...Object.values(roles).map((holder) => ({ kind: 'Role', named: { RoleName: holder.name }, holder })),
  ];
  for (const { kind, named, holder } of holders) {
    for (const arn of holder.attachedPolicies) await attached(kind, named, arn);
    for (const [key, document] of Object.entries(holder.inlinePolicies)) {
      await inline(kind, named, nameOfKey(key), document);
    }
  }
}
