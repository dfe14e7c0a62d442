/** Security groups. */
import type {
  CreateSecurityGroupRequest,
  CreateSecurityGroupResult,
  DeleteSecurityGroupRequest,
  DeleteSecurityGroupResult,
  DescribeSecurityGroupsRequest,
  DescribeSecurityGroupsResult,
  SecurityGroup,
} from '@aws-sdk/client-ec2';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { ec2Error, missingParameter, unknownId } from './errors.ts';
import { filtered } from './filters.ts';
import { ec2Arn, makeId } from './ids.ts';
import { ec2Limits } from './limits.ts';
import { pageOf } from './pages.ts';
import { creationTags } from './permissions.ts';
import { defaultVpcOf, regionDraft, regionOf } from './regions.ts';
import { shownPermissions } from './rule-shapes.ts';
import type { RegionState, SecurityGroupRuleState, SecurityGroupState } from './state.ts';
import { setTags, shownTags, tagsFor, tagsOf } from './tags.ts';
import { vpcNamed } from './vpcs.ts';

/** @throws AwsError `InvalidGroup.NotFound`, `InvalidGroupId.Malformed` */
export function groupNamed<Group extends SecurityGroupState>(
  state: { readonly securityGroups: Readonly<Record<string, Group>> },
  id: string,
): Group {
  const group = own(state.securityGroups, id);
  if (group === undefined) throw unknownId('sg', id);
  return group;
}

/** A group of the default VPC by its name. */
export function groupByName(state: RegionState, name: string): SecurityGroupState | undefined {
  const vpc = defaultVpcOf(state);
  return Object.values(state.securityGroups).find((group) => group.vpcId === vpc?.id && group.name === name);
}

function shownGroup(
  group: SecurityGroupState,
  place: { accountId: string; region: string; state: RegionState },
): SecurityGroup {
  const { accountId, region, state } = place;
  const sided = (isEgress: boolean) =>
    shownPermissions(
      group.rules.filter((rule) => rule.isEgress === isEgress),
      accountId,
    );
  return {
    Description: group.description,
    GroupName: group.name,
    IpPermissions: sided(false),
    OwnerId: accountId,
    GroupId: group.id,
    IpPermissionsEgress: sided(true),
    Tags: shownTags(state, group.id),
    VpcId: group.vpcId,
    SecurityGroupArn: ec2Arn(region, accountId, 'security-group', group.id),
  };
}

const ofRules = (isEgress: boolean, kind: SecurityGroupRuleState['peer']['kind']) => (group: SecurityGroupState) =>
  group.rules.flatMap((rule) => (rule.isEgress === isEgress && rule.peer.kind === kind ? [rule.peer.value] : []));
const values = (isEgress: boolean, member: 'protocol' | 'fromPort' | 'toPort') => (group: SecurityGroupState) =>
  group.rules.flatMap((rule) => (rule.isEgress === isEgress ? [rule[member]] : []));

const ruleFields = Object.fromEntries(
  [['ip-permission', false] as const, ['egress.ip-permission', true] as const].flatMap(([prefix, isEgress]) => [
    [`${prefix}.cidr`, ofRules(isEgress, 'ipv4')],
    [`${prefix}.ipv6-cidr`, ofRules(isEgress, 'ipv6')],
    [`${prefix}.group-id`, ofRules(isEgress, 'group')],
    [`${prefix}.prefix-list-id`, ofRules(isEgress, 'prefix-list')],
    [`${prefix}.protocol`, values(isEgress, 'protocol')],
    [`${prefix}.from-port`, values(isEgress, 'fromPort')],
    [`${prefix}.to-port`, values(isEgress, 'toPort')],
  ]),
);

export const describeSecurityGroups: ReadOperation<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const state = regionOf(account, region);
    const { GroupIds = [], GroupNames = [] } = input;
    for (const id of GroupIds) groupNamed(state, id);
    const byName = GroupNames.map((name) => {
      const group = groupByName(state, name);
      if (group === undefined) throw unknownName(name);
      return group.id;
    });
    const ids = [...GroupIds, ...byName];
    const found = filtered(
      Object.values(state.securityGroups).filter(({ id }) => ids.length === 0 || ids.includes(id)),
      input.Filters,
      {
        description: ({ description }) => description,
        'group-id': ({ id }) => id,
        'group-name': ({ name }) => name,
        'owner-id': () => account.id,
        'vpc-id': ({ vpcId }) => vpcId,
        ...ruleFields,
      },
      ({ id }) => tagsOf(state, id),
    );
    const { items, NextToken } = pageOf(found, input, ({ id }) => id);
    return {
      SecurityGroups: items.map((group) => shownGroup(group, { accountId: account.id, region, state })),
      NextToken,
    };
  },
};

export function unknownName(name: string) {
  return ec2Error('InvalidGroup.NotFound', `The security group '${name}' does not exist in default VPC`);
}

/** Amazon EC2 API Reference, CreateSecurityGroup: what names and descriptions are made of. */
const allowed = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/;

function checkNaming(name: string, description: string): void {
  if (name === '') throw missingParameter('groupName');
  if (description === '') throw missingParameter('groupDescription');
  if (name === 'default') {
    throw ec2Error('InvalidParameterValue', 'Cannot use reserved security group name: default');
  }
  if (name.startsWith('sg-')) {
    throw ec2Error(
      'InvalidParameterValue',
      `Value (${name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`,
    );
  }
  for (const [parameter, text] of [
    ['GroupName', name],
    ['GroupDescription', description],
  ]) {
    if (allowed.test(text ?? '')) continue;
    throw ec2Error(
      'InvalidParameterValue',
      `Value (${text}) for parameter ${parameter} is invalid. Character sets beyond ASCII are not supported.`,
    );
  }
}

export const createSecurityGroup: ChangeOperation<CreateSecurityGroupRequest, CreateSecurityGroupResult> = {
  kind: 'change',
  alsoNeeds: creationTags('CreateSecurityGroup'),
  handle(account, input, call) {
    const { region } = call.request;
    const { GroupName: name = '', Description: description = '' } = input;
    checkNaming(name, description);
    const state = regionDraft(account, region);
    const vpc = input.VpcId === undefined ? defaultVpcOf(state) : vpcNamed(state, input.VpcId);
    if (vpc === undefined) {
      throw ec2Error('VPCIdNotSpecified', 'No default VPC for this user');
    }
    const groups = Object.values(state.securityGroups);
    if (groups.some((group) => group.vpcId === vpc.id && group.name === name)) {
      throw ec2Error('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpc.id}'`);
    }
    if (groups.length >= ec2Limits.securityGroups) {
      throw ec2Error('SecurityGroupLimitExceeded', 'The maximum number of security groups has been reached.');
    }
    const id = makeId('sg', call.random);
    const everything = {
      id: makeId('sgr', call.random),
      isEgress: true,
      protocol: '-1',
      fromPort: -1,
      toPort: -1,
      peer: { kind: 'ipv4', value: '0.0.0.0/0' },
    } as const;
    state.securityGroups[id] = { id, name, description, vpcId: vpc.id, rules: [everything] };
    setTags(state, id, tagsFor(input.TagSpecifications, 'security-group'));
    return {
      GroupId: id,
      Tags: shownTags(state, id),
      SecurityGroupArn: ec2Arn(region, account.id, 'security-group', id),
    };
  },
};

/** Whether something is in the group, or lets its members in. */
function isUsed(state: RegionState, id: string): boolean {
  return (
    Object.values(state.instances).some(
      ({ securityGroupIds, state: name }) => name !== 'terminated' && securityGroupIds.includes(id),
    ) ||
    Object.values(state.vpcEndpoints).some(({ securityGroupIds }) => securityGroupIds.includes(id)) ||
    Object.values(state.securityGroups).some(
      (group) => group.id !== id && group.rules.some(({ peer }) => peer.kind === 'group' && peer.value === id),
    )
  );
}

export const deleteSecurityGroup: ChangeOperation<DeleteSecurityGroupRequest, DeleteSecurityGroupResult> = {
  kind: 'change',
  handle(account, { GroupId, GroupName }, call) {
    const state = regionDraft(account, call.request.region);
    if (GroupId === undefined && GroupName === undefined) throw missingParameter('groupName or groupId');
    const group = GroupId === undefined ? groupByName(state, GroupName ?? '') : groupNamed(state, GroupId);
    if (group === undefined) throw unknownName(GroupName ?? '');
    const { id, name, rules } = group;
    if (name === 'default') {
      throw ec2Error('CannotDelete', `the specified group: "${id}" name: "default" cannot be deleted by a user`);
    }
    if (isUsed(state, id)) throw ec2Error('DependencyViolation', `resource ${id} has a dependent object`);
    for (const tagged of [id, ...rules.map((rule) => rule.id)]) delete state.tags[tagged];
    delete state.securityGroups[id];
    return { Return: true, GroupId: id };
  },
};
