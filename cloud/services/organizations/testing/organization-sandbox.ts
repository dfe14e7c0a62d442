/** A sandbox whose account manages an organization, with one member besides. */
import { accountId, type Output, partnerId, Sandbox } from '../../../testing/sandbox.ts';

export class OrganizationSandbox extends Sandbox {
  readonly id: string;
  readonly rootId: string;

  constructor() {
    super();
    this.id = this.call('organizations:CreateOrganization').Organization.Id;
    this.rootId = this.call('organizations:ListRoots').Roots[0].Id;
    this.#join();
    for (const PolicyType of ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY']) {
      this.call('organizations:EnablePolicyType', { RootId: this.rootId, PolicyType });
    }
  }

  /** The organization's members are there from the start: there are no invitations. */
  #join(): void {
    const account = this.world.accounts[accountId];
    const organization = account?.organizations.organization;
    if (account === undefined || organization === undefined) throw new Error('There is no organization');
    const member = { id: partnerId, name: 'Lab', email: 'lab@example.com', parentId: this.rootId, joinedAt: this.now };
    const joined = { ...organization, accounts: { ...organization.accounts, [partnerId]: member } };
    const accounts = { ...this.world.accounts, [accountId]: { ...account, organizations: { organization: joined } } };
    this.world = { ...this.world, accounts };
  }

  unit(Name: string, ParentId = this.rootId, Tags: readonly object[] = []): Output {
    return this.call('organizations:CreateOrganizationalUnit', { Name, ParentId, Tags }).OrganizationalUnit;
  }

  move(AccountId: string, DestinationParentId: string): void {
    const SourceParentId = this.call('organizations:ListParents', { ChildId: AccountId }).Parents[0].Id;
    this.call('organizations:MoveAccount', { AccountId, SourceParentId, DestinationParentId });
  }

  /** Makes a policy; answers its id. */
  policy(Content: string, Type = 'SERVICE_CONTROL_POLICY', Name = `Policy-${Content.length}`): string {
    const made = this.call('organizations:CreatePolicy', { Content, Description: '', Name, Type });
    return made.Policy.PolicySummary.Id;
  }

  /** Makes a policy and attaches it; answers its id. */
  control(TargetId: string, Content: string, Type = 'SERVICE_CONTROL_POLICY'): string {
    const PolicyId = this.policy(Content, Type);
    this.call('organizations:AttachPolicy', { PolicyId, TargetId });
    return PolicyId;
  }
}
