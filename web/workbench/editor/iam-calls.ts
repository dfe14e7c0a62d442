import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeleteGroupPolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetGroupPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  paginateListGroups,
  paginateListPolicies,
  paginateListRoles,
  paginateListUsers,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import type { ClientOptions, ManagedPolicy, PolicyVersion } from './account.ts';
import type { OwnerKind } from './documents.ts';
import { refusalOf } from './refusal.ts';

/** A principal's or group's documents, by name. */
export interface OwnedPolicies {
  readonly inline: readonly string[];
  readonly attached: readonly ManagedPolicy[];
}

const decoded = (document: string | undefined): string => decodeURIComponent(document ?? '');

const managed = (policies: readonly { PolicyName?: string; PolicyArn?: string }[] | undefined): ManagedPolicy[] =>
  (policies ?? []).map((policy) => ({ name: policy.PolicyName ?? '', arn: policy.PolicyArn ?? '' }));

async function gather<P, T>(pages: AsyncIterable<P>, items: (page: P) => readonly T[] | undefined): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...(items(page) ?? []));
  return all;
}

/** The editor's IAM calls. Each rejects with an `AwsRefusal`. */
export class IamCalls {
  private readonly client: IAMClient;

  constructor(options: ClientOptions) {
    this.client = new IAMClient(options);
  }

  async owners(kind: OwnerKind): Promise<string[]> {
    const paging = { client: this.client };
    return await this.ask(async () => {
      switch (kind) {
        case 'user':
          return (await gather(paginateListUsers(paging, {}), (page) => page.Users)).map((user) => user.UserName ?? '');
        case 'role':
          return (await gather(paginateListRoles(paging, {}), (page) => page.Roles)).map((role) => role.RoleName ?? '');
        case 'group':
          return (await gather(paginateListGroups(paging, {}), (page) => page.Groups)).map(
            (group) => group.GroupName ?? '',
          );
      }
    });
  }

  /** The account's own managed policies. */
  async policies(): Promise<ManagedPolicy[]> {
    return await this.ask(async () =>
      (await gather(paginateListPolicies({ client: this.client }, { Scope: 'Local' }), (page) => page.Policies)).map(
        (policy) => ({ name: policy.PolicyName ?? '', arn: policy.Arn ?? '' }),
      ),
    );
  }

  async policiesOf(kind: OwnerKind, name: string): Promise<OwnedPolicies> {
    return await this.ask(async () => {
      const { client } = this;
      switch (kind) {
        case 'user': {
          const [inline, attached] = await Promise.all([
            client.send(new ListUserPoliciesCommand({ UserName: name })),
            client.send(new ListAttachedUserPoliciesCommand({ UserName: name })),
          ]);
          return { inline: inline.PolicyNames ?? [], attached: managed(attached.AttachedPolicies) };
        }
        case 'role': {
          const [inline, attached] = await Promise.all([
            client.send(new ListRolePoliciesCommand({ RoleName: name })),
            client.send(new ListAttachedRolePoliciesCommand({ RoleName: name })),
          ]);
          return { inline: inline.PolicyNames ?? [], attached: managed(attached.AttachedPolicies) };
        }
        case 'group': {
          const [inline, attached] = await Promise.all([
            client.send(new ListGroupPoliciesCommand({ GroupName: name })),
            client.send(new ListAttachedGroupPoliciesCommand({ GroupName: name })),
          ]);
          return { inline: inline.PolicyNames ?? [], attached: managed(attached.AttachedPolicies) };
        }
      }
    });
  }

  async readInline(kind: OwnerKind, owner: string, name: string): Promise<string> {
    return await this.ask(async () => {
      const { client } = this;
      const answer =
        kind === 'user'
          ? await client.send(new GetUserPolicyCommand({ UserName: owner, PolicyName: name }))
          : kind === 'role'
            ? await client.send(new GetRolePolicyCommand({ RoleName: owner, PolicyName: name }))
            : await client.send(new GetGroupPolicyCommand({ GroupName: owner, PolicyName: name }));
      return decoded(answer.PolicyDocument);
    });
  }

  async putInline(kind: OwnerKind, owner: string, name: string, document: string): Promise<void> {
    const policy = { PolicyName: name, PolicyDocument: document };
    await this.ask(async () => {
      if (kind === 'user') await this.client.send(new PutUserPolicyCommand({ UserName: owner, ...policy }));
      if (kind === 'role') await this.client.send(new PutRolePolicyCommand({ RoleName: owner, ...policy }));
      if (kind === 'group') await this.client.send(new PutGroupPolicyCommand({ GroupName: owner, ...policy }));
    });
  }

  async deleteInline(kind: OwnerKind, owner: string, name: string): Promise<void> {
    const policy = { PolicyName: name };
    await this.ask(async () => {
      if (kind === 'user') await this.client.send(new DeleteUserPolicyCommand({ UserName: owner, ...policy }));
      if (kind === 'role') await this.client.send(new DeleteRolePolicyCommand({ RoleName: owner, ...policy }));
      if (kind === 'group') await this.client.send(new DeleteGroupPolicyCommand({ GroupName: owner, ...policy }));
    });
  }

  async attach(kind: OwnerKind, owner: string, arn: string): Promise<void> {
    const policy = { PolicyArn: arn };
    await this.ask(async () => {
      if (kind === 'user') await this.client.send(new AttachUserPolicyCommand({ UserName: owner, ...policy }));
      if (kind === 'role') await this.client.send(new AttachRolePolicyCommand({ RoleName: owner, ...policy }));
      if (kind === 'group') await this.client.send(new AttachGroupPolicyCommand({ GroupName: owner, ...policy }));
    });
  }

  async detach(kind: OwnerKind, owner: string, arn: string): Promise<void> {
    const policy = { PolicyArn: arn };
    await this.ask(async () => {
      if (kind === 'user') await this.client.send(new DetachUserPolicyCommand({ UserName: owner, ...policy }));
      if (kind === 'role') await this.client.send(new DetachRolePolicyCommand({ RoleName: owner, ...policy }));
      if (kind === 'group') await this.client.send(new DetachGroupPolicyCommand({ GroupName: owner, ...policy }));
    });
  }

  /** The default version of a managed policy. */
  async readManaged(arn: string): Promise<string> {
    return await this.ask(async () => {
      const { Policy } = await this.client.send(new GetPolicyCommand({ PolicyArn: arn }));
      const version = { PolicyArn: arn, VersionId: Policy?.DefaultVersionId };
      const { PolicyVersion } = await this.client.send(new GetPolicyVersionCommand(version));
      return decoded(PolicyVersion?.Document);
    });
  }

  /** Answers the new policy's ARN. */
  async createManaged(name: string, document: string): Promise<string> {
    const input = { PolicyName: name, PolicyDocument: document };
    return await this.ask(async () => (await this.client.send(new CreatePolicyCommand(input))).Policy?.Arn ?? '');
  }

  /** Makes the document the policy's default version. Refused with `LimitExceeded` where five stand. */
  async addVersion(arn: string, document: string): Promise<void> {
    const input = { PolicyArn: arn, PolicyDocument: document, SetAsDefault: true };
    await this.ask(() => this.client.send(new CreatePolicyVersionCommand(input)));
  }

  /** The oldest version that is not the default one. */
  async oldestVersion(arn: string): Promise<PolicyVersion | undefined> {
    return await this.ask(async () => {
      const { Versions } = await this.client.send(new ListPolicyVersionsCommand({ PolicyArn: arn }));
      return (Versions ?? [])
        .filter((version) => !version.IsDefaultVersion)
        .map((version) => ({ id: version.VersionId ?? '', created: version.CreateDate ?? new Date(0) }))
        .sort((a, b) => a.created.getTime() - b.created.getTime() || Number(a.id.slice(1)) - Number(b.id.slice(1)))[0];
    });
  }

  async deleteVersion(arn: string, id: string): Promise<void> {
    await this.ask(() => this.client.send(new DeletePolicyVersionCommand({ PolicyArn: arn, VersionId: id })));
  }

  async readTrust(roleName: string): Promise<string> {
    return await this.ask(async () => {
      const { Role } = await this.client.send(new GetRoleCommand({ RoleName: roleName }));
      return decoded(Role?.AssumeRolePolicyDocument);
    });
  }

  async putTrust(roleName: string, document: string): Promise<void> {
    const input = { RoleName: roleName, PolicyDocument: document };
    await this.ask(() => this.client.send(new UpdateAssumeRolePolicyCommand(input)));
  }

  private async ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw refusalOf(error);
    }
  }
}
