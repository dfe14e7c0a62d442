/** Rules of security groups: let in, let out, take back. */
import type {
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupIngressRequest,
  AuthorizeSecurityGroupIngressResult,
  DescribeSecurityGroupRulesRequest,
  DescribeSecurityGroupRulesResult,
  IpPermission,
  RevokeSecurityGroupEgressRequest,
  RevokeSecurityGroupIngressRequest,
  RevokeSecurityGroupIngressResult,
  SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import type { AccountDraft, Call, Draft } from '../../call.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { ec2Error, missingParameter, unknownId } from './errors.ts';
import { filtered } from './filters.ts';
import { makeId } from './ids.ts';
import { ec2Limits } from './limits.ts';
import { pageOf } from './pages.ts';
import { creationTags } from './permissions.ts';
import { regionDraft, regionOf } from './regions.ts';
import { describedRule, isSameRule, type RuleParts, readPermission, shownRule } from './rule-shapes.ts';
import { groupByName, groupNamed, unknownName } from './security-groups.ts';
import type { RegionState, SecurityGroupState } from './state.ts';
import { setTags, tagsFor, tagsOf } from './tags.ts';

/** What the four operations have in common. */
type RulesRequest = AuthorizeSecurityGroupIngressRequest & RevokeSecurityGroupIngressRequest;
type Direction = 'ingress' | 'egress';

function groupOf(state: Draft<RegionState>, { GroupId, GroupName }: RulesRequest): Draft<SecurityGroupState> {
  if (GroupId !== undefined) return groupNamed(state, GroupId) as Draft<SecurityGroupState>;
  if (GroupName === undefined) throw missingParameter('groupId or groupName');
  const found = groupByName(state, GroupName);
  if (found === undefined) throw unknownName(GroupName);
  return groupNamed(state, found.id) as Draft<SecurityGroupState>;
}

/** One rule may also be given by members of its own, as it was before there were lists. */
function permissionsIn(input: RulesRequest): readonly IpPermission[] {
  if (input.IpPermissions !== undefined && input.IpPermissions.length > 0) return input.IpPermissions;
  if (input.IpProtocol === undefined && input.CidrIp === undefined) return [];
  const { IpProtocol, FromPort, ToPort, CidrIp, SourceSecurityGroupName } = input;
  return [
    {
      IpProtocol,
      FromPort,
      ToPort,
      ...(CidrIp !== undefined && { IpRanges: [{ CidrIp }] }),
      ...(SourceSecurityGroupName !== undefined && { UserIdGroupPairs: [{ GroupName: SourceSecurityGroupName }] }),
    },
  ];
}

function rulesIn(state: RegionState, input: RulesRequest): readonly RuleParts[] {
  const permissions = permissionsIn(input);
  if (permissions.length === 0) throw missingParameter('ipPermissions');
  return permissions.flatMap((permission) => {
    const pairs = permission.UserIdGroupPairs?.map((pair) => {
      const id = pair.GroupId ?? groupByName(state, pair.GroupName ?? '')?.id;
      if (id === undefined) throw unknownName(pair.GroupName ?? '');
      return { ...pair, GroupId: groupNamed(state, id).id };
    });
    return readPermission({ ...permission, ...(pairs && { UserIdGroupPairs: pairs }) });
  });
}

function authorized(
  account: AccountDraft,
  input: RulesRequest,
  call: Call,
  direction: Direction,
): AuthorizeSecurityGroupIngressResult {
  const isEgress = direction === 'egress';
  const { region } = call.request;
  const state = regionDraft(account, region);
  const group = groupOf(state, input);
  const tags = tagsFor(input.TagSpecifications, 'security-group-rule');
  const shown: SecurityGroupRule[] = [];
  for (const parts of rulesIn(state, input)) {
    const sided = group.rules.filter((rule) => rule.isEgress === isEgress);
    if (sided.some((rule) => isSameRule(rule, parts))) {
      throw ec2Error('InvalidPermission.Duplicate', `the specified rule "${describedRule(parts)}" already exists`);
    }
    if (sided.length >= ec2Limits.rulesPerSecurityGroup) {
      throw ec2Error(
        'RulesPerSecurityGroupLimitExceeded',
        'The maximum number of rules per security group has been reached.',
      );
    }
    const rule = { ...parts, id: makeId('sgr', call.random), isEgress };
    group.rules.push(rule);
    setTags(state, rule.id, tags);
    shown.push(shownRule(rule, group.id, { accountId: account.id, region, state }));
  }
  return { Return: true, SecurityGroupRules: shown };
}

function revoked(
  account: AccountDraft,
  input: RulesRequest,
  call: Call,
  direction: Direction,
): RevokeSecurityGroupIngressResult {
  const isEgress = direction === 'egress';
  const state = regionDraft(account, call.request.region);
  const group = groupOf(state, input);
  const sided = group.rules.filter((rule) => rule.isEgress === isEgress);
  const { SecurityGroupRuleIds: ids } = input;
  const gone =
    ids === undefined || ids.length === 0
      ? rulesIn(state, input).map((parts) => sided.find((rule) => isSameRule(rule, parts))?.id)
      : ids.map((id) => {
          if (!sided.some((rule) => rule.id === id)) throw unknownId('sgr', id);
          return id;
        });
  if (gone.includes(undefined)) {
    throw ec2Error('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
  }
  const RevokedSecurityGroupRules = sided
    .filter(({ id }) => gone.includes(id))
    .map((rule) => {
      const {
        Tags: _,
        GroupOwnerId: __,
        SecurityGroupRuleArn: ___,
        ReferencedGroupInfo: peer,
        ...shown
      } = shownRule(rule, group.id, { accountId: account.id, region: call.request.region, state });
      return { ...shown, ...(peer && { ReferencedGroupId: peer.GroupId }) };
    });
  group.rules = group.rules.filter(({ id }) => !gone.includes(id));
  for (const id of gone) if (id !== undefined) delete state.tags[id];
  return { Return: true, RevokedSecurityGroupRules };
}

export const authorizeSecurityGroupIngress: ChangeOperation<
  AuthorizeSecurityGroupIngressRequest,
  AuthorizeSecurityGroupIngressResult
> = {
  kind: 'change',
  alsoNeeds: creationTags('AuthorizeSecurityGroupIngress'),
  handle: (account, input, call) => authorized(account, input, call, 'ingress'),
};

export const authorizeSecurityGroupEgress: ChangeOperation<
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupIngressResult
> = {
  kind: 'change',
  alsoNeeds: creationTags('AuthorizeSecurityGroupEgress'),
  handle: (account, input, call) => authorized(account, input, call, 'egress'),
};

export const revokeSecurityGroupIngress: ChangeOperation<
  RevokeSecurityGroupIngressRequest,
  RevokeSecurityGroupIngressResult
> = { kind: 'change', handle: (account, input, call) => revoked(account, input, call, 'ingress') };

export const revokeSecurityGroupEgress: ChangeOperation<
  RevokeSecurityGroupEgressRequest,
  RevokeSecurityGroupIngressResult
> = { kind: 'change', handle: (account, input, call) => revoked(account, input, call, 'egress') };

export const describeSecurityGroupRules: ReadOperation<
  DescribeSecurityGroupRulesRequest,
  DescribeSecurityGroupRulesResult
> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const state = regionOf(account, region);
    const { SecurityGroupRuleIds = [] } = input;
    const all = Object.values(state.securityGroups).flatMap((group) => group.rules.map((rule) => ({ group, rule })));
    const unknown = SecurityGroupRuleIds.filter((id) => !all.some(({ rule }) => rule.id === id));
    if (unknown.length > 0) throw unknownId('sgr', ...unknown);
    const found = filtered(
      all.filter(({ rule }) => SecurityGroupRuleIds.length === 0 || SecurityGroupRuleIds.includes(rule.id)),
      input.Filters,
      {
        'group-id': ({ group }) => group.id,
        'security-group-rule-id': ({ rule }) => rule.id,
      },
      ({ rule }) => tagsOf(state, rule.id),
    );
    const { items, NextToken } = pageOf(found, input, ({ rule }) => rule.id);
    return {
      SecurityGroupRules: items.map(({ group, rule }) =>
        shownRule(rule, group.id, { accountId: account.id, region, state }),
      ),
      NextToken,
    };
  },
};
