/**
 * Reads the answer of iam:GetAccountAuthorizationDetails. IAM API, "GetAccountAuthorizationDetails", "UserDetail", "GroupDetail",
 * "RoleDetail", "ManagedPolicyDetail", "PolicyVersion".
 */
import { isAccountId, parseArn } from '../arn.ts';
import type { AttachedPolicy, Tags } from '../model.ts';
import type { Account, AccountGroup, AccountManagedPolicy, AccountRole, AccountUser } from './account.ts';
import { type AwsManagedPolicies, PolicyShelf } from './policy-shelf.ts';
import {
  DetailsFault,
  type Node,
  neededTextIn,
  nodeIn,
  nodeOf,
  nodesIn,
  textIn,
  textsIn,
  truthIn,
  valueIn,
} from './reading.ts';

/** An account, or what is wrong with the answer and where. */
export type ReadAccount =
  | { readonly kind: 'read'; readonly account: Account }
  | {
      readonly kind: 'invalid';
      /**
       * `invalid-details`: something is missing or of another type. `malformed-policy`: AWS would not save the document, the message
       * begins with AWS's own. `missing-policy`: the document of an attached policy is nowhere.
       */
      readonly code: 'invalid-details' | 'malformed-policy' | 'missing-policy';
      readonly message: string;
      /** RFC 6901, from the answer's root. */
      readonly pointer: string;
    };

/**
 * Reads an answer whose pages have been joined. Documents may be objects, JSON text or URL-encoded. Only ARNs are needed, everything
 * else may be left out; what is not known is passed over. AWS managed policies that are attached while their documents are not in
 * `Policies` (a filtered answer) are taken from `awsManaged`. Never throws.
 */
export function readAccountDetails(answer: unknown, awsManaged: AwsManagedPolicies): ReadAccount {
  try {
    return { kind: 'read', account: new DetailsReader(nodeOf(answer, ''), awsManaged).account() };
  } catch (error) {
    if (!(error instanceof DetailsFault)) throw error;
    const { code, message, pointer } = error;
    return { kind: 'invalid', code, message, pointer };
  }
}

class DetailsReader {
  readonly #root: Node;
  readonly #shelf: PolicyShelf;
  #accountId = '';

  constructor(root: Node, awsManaged: AwsManagedPolicies) {
    this.#root = root;
    this.#shelf = new PolicyShelf(awsManaged);
  }

  account(): Account {
    if (truthIn(this.#root, 'IsTruncated') === true) {
      const message = 'The answer goes on (IsTruncated): join its pages first.';
      throw new DetailsFault('invalid-details', message, '/IsTruncated');
    }
    const managedPolicies = nodesIn(this.#root, 'Policies').map((node) => this.#managedPolicy(node));
    const groups = nodesIn(this.#root, 'GroupDetailList').map((node) => this.#group(node));
    const byName = new Map(groups.map((group) => [group.name, group]));
    const users = nodesIn(this.#root, 'UserDetailList').map((node) => this.#user(node, byName));
    const roles = nodesIn(this.#root, 'RoleDetailList').map((node) => this.#role(node));
    return { accountId: this.#accountId, users, roles, groups, managedPolicies };
  }

  #managedPolicy(node: Node): AccountManagedPolicy {
    const arn = neededTextIn(node, 'Arn');
    const isAwsManaged = parseArn(arn)?.accountId === 'aws';
    if (!isAwsManaged) this.#belongs(arn, node);
    const defaultVersionId = textIn(node, 'DefaultVersionId');
    const versions = nodesIn(node, 'PolicyVersionList').map((version) => {
      const id = textIn(version, 'VersionId') ?? '';
      const isDefault = truthIn(version, 'IsDefaultVersion') ?? id === defaultVersionId;
      const policy = this.#shelf.read(valueIn(version, 'Document'), 'identity', `${version.pointer}/Document`);
      return { id, isDefault, policy };
    });
    const inForce = versions.find(({ isDefault }) => isDefault);
    if (inForce !== undefined) this.#shelf.put(arn, inForce.policy);
    return {
      arn,
      name: textIn(node, 'PolicyName') ?? lastOf(arn),
      isAwsManaged,
      isAttachable: truthIn(node, 'IsAttachable') ?? true,
      defaultVersionId: defaultVersionId ?? inForce?.id ?? '',
      versions,
    };
  }

  #group(node: Node): AccountGroup {
    const arn = this.#arnOf(node, 'group/');
    const name = textIn(node, 'GroupName') ?? lastOf(arn);
    return {
      arn,
      name,
      id: textIn(node, 'GroupId') ?? '',
      path: textIn(node, 'Path') ?? pathIn(arn),
      identity: this.#identity(node, 'GroupPolicyList', `group/${name}`),
    };
  }

  #user(node: Node, groups: ReadonlyMap<string, AccountGroup>): AccountUser {
    const arn = this.#arnOf(node, 'user/');
    const name = textIn(node, 'UserName') ?? lastOf(arn);
    const names = textsIn(node, 'GroupList');
    const ofGroups = names.flatMap((group, at) => {
      const found = groups.get(group);
      if (found !== undefined) return found.identity;
      const message = `There is no group ${group} in GroupDetailList: its policies are missing.`;
      throw new DetailsFault('missing-policy', message, `${node.pointer}/GroupList/${at}`);
    });
    const own = this.#identity(node, 'UserPolicyList', `user/${name}`);
    return {
      kind: 'user',
      ...this.#principal(node, arn, name, 'UserId'),
      groups: names,
      identity: [...own, ...ofGroups],
    };
  }

  #role(node: Node): AccountRole {
    const arn = this.#arnOf(node, 'role/');
    const name = textIn(node, 'RoleName') ?? lastOf(arn);
    const document = valueIn(node, 'AssumeRolePolicyDocument');
    const pointer = `${node.pointer}/AssumeRolePolicyDocument`;
    const policy =
      document === undefined
        ? { version: '2012-10-17' as const, statements: [] }
        : this.#shelf.read(document, 'trust', pointer);
    return {
      kind: 'role',
      ...this.#principal(node, arn, name, 'RoleId'),
      trust: { layer: 'trust', name, kind: 'trust', attachedTo: arn, policy },
      ...(valueIn(node, 'InstanceProfileList') === undefined
        ? {}
        : { instanceProfiles: nodesIn(node, 'InstanceProfileList').map((profile) => neededTextIn(profile, 'Arn')) }),
      identity: this.#identity(node, 'RolePolicyList', `role/${name}`),
    };
  }

  #principal(node: Node, arn: string, name: string, idName: 'UserId' | 'RoleId') {
    const boundary = this.#boundary(node, `${idName === 'UserId' ? 'user' : 'role'}/${name}`);
    return {
      arn,
      name,
      id: textIn(node, idName) ?? '',
      accountId: this.#accountId,
      path: textIn(node, 'Path') ?? pathIn(arn),
      tags: tagsIn(node),
      ...(boundary === undefined ? {} : { boundary }),
    };
  }

  #boundary(node: Node, attachedTo: string): AttachedPolicy | undefined {
    const boundary = nodeIn(node, 'PermissionsBoundary');
    if (boundary === undefined) return undefined;
    const arn = neededTextIn(boundary, 'PermissionsBoundaryArn');
    const policy = this.#shelf.get(arn, `${boundary.pointer}/PermissionsBoundaryArn`);
    return { layer: 'boundary', name: lastOf(arn), kind: 'managed', arn, attachedTo, policy };
  }

  /** Inline policies, then attached ones. */
  #identity(node: Node, inlineName: string, attachedTo: string): readonly AttachedPolicy[] {
    const inline = nodesIn(node, inlineName).map((policy): AttachedPolicy => {
      const pointer = `${policy.pointer}/PolicyDocument`;
      const read = this.#shelf.read(valueIn(policy, 'PolicyDocument'), 'identity', pointer);
      return { layer: 'identity', name: textIn(policy, 'PolicyName') ?? '', kind: 'inline', attachedTo, policy: read };
    });
    const managed = nodesIn(node, 'AttachedManagedPolicies').map((attached): AttachedPolicy => {
      const arn = neededTextIn(attached, 'PolicyArn');
      const policy = this.#shelf.get(arn, `${attached.pointer}/PolicyArn`);
      const name = textIn(attached, 'PolicyName') ?? lastOf(arn);
      return { layer: 'identity', name, kind: 'managed', arn, attachedTo, policy };
    });
    return [...inline, ...managed];
  }

  /** The node's ARN, which must be of that type and of the account that the others are of. */
  #arnOf(node: Node, type: string): string {
    const arn = neededTextIn(node, 'Arn');
    const parsed = parseArn(arn);
    if (parsed?.service !== 'iam' || !parsed.resource.startsWith(type)) {
      throw new DetailsFault('invalid-details', `It must be the ARN of a ${type.slice(0, -1)}.`, `${node.pointer}/Arn`);
    }
    this.#belongs(arn, node);
    return arn;
  }

  #belongs(arn: string, node: Node): void {
    const accountId = parseArn(arn)?.accountId ?? '';
    if (!isAccountId(accountId)) {
      throw new DetailsFault('invalid-details', `${arn} names no account.`, `${node.pointer}/Arn`);
    }
    if (this.#accountId !== '' && this.#accountId !== accountId) {
      const message = `${arn} is not of account ${this.#accountId}: an answer is about one account.`;
      throw new DetailsFault('invalid-details', message, `${node.pointer}/Arn`);
    }
    this.#accountId = accountId;
  }
}

function tagsIn(node: Node): Tags {
  return Object.fromEntries(nodesIn(node, 'Tags').map((tag) => [neededTextIn(tag, 'Key'), textIn(tag, 'Value') ?? '']));
}

/** `arn:aws:iam::111122223333:user/staff/Bea` → `/staff/`. */
function pathIn(arn: string): string {
  const resource = parseArn(arn)?.resource ?? '';
  return resource.slice(resource.indexOf('/'), resource.lastIndexOf('/') + 1);
}

function lastOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
