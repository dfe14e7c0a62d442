/** Rules of security groups: one for one in the state, gathered by protocol and ports in requests and answers. */
import type { IpPermission, SecurityGroupRule } from '@aws-sdk/client-ec2';
import { readCidr, shownCidr } from './cidr.ts';
import { ec2Error, invalidValue } from './errors.ts';
import { ec2Arn } from './ids.ts';
import type { RegionState, SecurityGroupRuleState } from './state.ts';
import { shownTags } from './tags.ts';

/** A rule without its id. */
export type RuleParts = Omit<SecurityGroupRuleState, 'id' | 'isEgress'>;

const protocols: Readonly<Record<string, string>> = { all: '-1', '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };
const named = ['-1', 'tcp', 'udp', 'icmp', 'icmpv6'];

/** The rules that a permission stands for. @throws AwsError `InvalidParameterValue`, `MissingParameter` */
export function readPermission(permission: IpPermission): readonly RuleParts[] {
  const range = portRange(permission);
  const { IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [], PrefixListIds = [] } = permission;
  const peers = [
    ...IpRanges.map(({ CidrIp, Description }) => ({ kind: 'ipv4' as const, value: ipv4(CidrIp ?? ''), Description })),
    ...Ipv6Ranges.map(({ CidrIpv6, Description }) => ({
      kind: 'ipv6' as const,
      value: ipv6(CidrIpv6 ?? ''),
      Description,
    })),
    ...PrefixListIds.map(({ PrefixListId = '', Description }) => ({
      kind: 'prefix-list' as const,
      value: PrefixListId,
      Description,
    })),
    ...UserIdGroupPairs.map(({ GroupId = '', Description }) => ({
      kind: 'group' as const,
      value: GroupId,
      Description,
    })),
  ];
  if (peers.length === 0) {
    throw ec2Error('InvalidParameterValue', 'Invalid value for IpPermissions: a source or destination must be given.');
  }
  return peers.map(({ kind, value, Description }) => ({
    ...range,
    peer: { kind, value },
    ...(Description !== undefined && { description: Description }),
  }));
}

function portRange({
  IpProtocol,
  FromPort,
  ToPort,
}: IpPermission): Pick<RuleParts, 'protocol' | 'fromPort' | 'toPort'> {
  if (IpProtocol === undefined) throw ec2Error('MissingParameter', 'The request must contain the parameter ipProtocol');
  const text = IpProtocol.toLowerCase();
  const protocol = protocols[text] ?? text;
  if (!named.includes(protocol) && !/^\d{1,3}$/.test(protocol)) {
    throw invalidValue(IpProtocol, 'protocol', 'Unknown protocol.');
  }
  if (protocol !== 'tcp' && protocol !== 'udp') {
    const hasTypes = protocol === 'icmp' || protocol === 'icmpv6';
    return { protocol, fromPort: hasTypes ? (FromPort ?? -1) : -1, toPort: hasTypes ? (ToPort ?? -1) : -1 };
  }
  if (FromPort === undefined || ToPort === undefined) {
    throw ec2Error(
      'InvalidParameterValue',
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    );
  }
  for (const port of [FromPort, ToPort]) {
    if (port < 0 || port > 65_535) {
      throw ec2Error(
        'InvalidParameterValue',
        `Invalid value '${port}' for ${port === FromPort ? 'fromPort' : 'toPort'}. Must be between 0 and 65535.`,
      );
    }
  }
  if (FromPort > ToPort) {
    throw ec2Error(
      'InvalidParameterValue',
      `Invalid value '${FromPort}' for fromPort. Must not be greater than toPort.`,
    );
  }
  return { protocol, fromPort: FromPort, toPort: ToPort };
}

function ipv4(text: string): string {
  const cidr = readCidr(text);
  if (cidr === undefined) throw ec2Error('InvalidParameterValue', `CIDR block ${text} is malformed`);
  return shownCidr(cidr);
}

function ipv6(text: string): string {
  const [address = '', length = ''] = text.split('/');
  const isRange =
    /^[0-9a-f:]{2,39}$/i.test(address) && address.includes(':') && /^\d{1,3}$/.test(length) && Number(length) <= 128;
  if (!isRange) throw ec2Error('InvalidParameterValue', `CIDR block ${text} is malformed`);
  return text.toLowerCase();
}

/** Whether two rules say the same; descriptions aside. */
export function isSameRule(one: RuleParts, other: RuleParts): boolean {
  return (
    one.protocol === other.protocol &&
    one.fromPort === other.fromPort &&
    one.toPort === other.toPort &&
    one.peer.kind === other.peer.kind &&
    one.peer.value === other.peer.value
  );
}

/** As EC2's errors name a rule. */
export function describedRule({ protocol, fromPort, toPort, peer }: RuleParts): string {
  const what = protocol === '-1' ? 'ALL' : protocol.toUpperCase();
  const ports = fromPort === -1 ? '' : `, from port: ${fromPort}, to port: ${toPort}`;
  return `peer: ${peer.value}, ${what}${ports}, ALLOW`;
}

/** Rules with the same protocol and ports as one permission. */
export function shownPermissions(rules: readonly SecurityGroupRuleState[], accountId: string): IpPermission[] {
  const gathered = new Map<string, SecurityGroupRuleState[]>();
  for (const rule of rules) {
    const key = `${rule.protocol} ${rule.fromPort} ${rule.toPort}`;
    gathered.set(key, [...(gathered.get(key) ?? []), rule]);
  }
  return [...gathered.values()].map((list) => shownPermission(list, accountId));
}

function shownPermission(rules: readonly SecurityGroupRuleState[], accountId: string): IpPermission {
  const of = <Shown>(kind: SecurityGroupRuleState['peer']['kind'], show: (value: string) => Shown) =>
    rules.flatMap(({ peer, description }) =>
      peer.kind === kind
        ? [{ ...show(peer.value), ...(description !== undefined && { Description: description }) }]
        : [],
    );
  const [first] = rules;
  return {
    IpProtocol: first?.protocol,
    ...(first !== undefined && first.protocol !== '-1' && { FromPort: first.fromPort, ToPort: first.toPort }),
    UserIdGroupPairs: of('group', (GroupId) => ({ UserId: accountId, GroupId })),
    IpRanges: of('ipv4', (CidrIp) => ({ CidrIp })),
    Ipv6Ranges: of('ipv6', (CidrIpv6) => ({ CidrIpv6 })),
    PrefixListIds: of('prefix-list', (PrefixListId) => ({ PrefixListId })),
  };
}

/** One rule by itself. */
export function shownRule(
  rule: SecurityGroupRuleState,
  groupId: string,
  { accountId, region, state }: { readonly accountId: string; readonly region: string; readonly state: RegionState },
): SecurityGroupRule {
  const { kind, value } = rule.peer;
  return {
    SecurityGroupRuleId: rule.id,
    GroupId: groupId,
    GroupOwnerId: accountId,
    IsEgress: rule.isEgress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort,
    ToPort: rule.toPort,
    ...(kind === 'ipv4' && { CidrIpv4: value }),
    ...(kind === 'ipv6' && { CidrIpv6: value }),
    ...(kind === 'prefix-list' && { PrefixListId: value }),
    ...(kind === 'group' && { ReferencedGroupInfo: { GroupId: value, UserId: accountId } }),
    ...(rule.description !== undefined && { Description: rule.description }),
    Tags: shownTags(state, rule.id),
    SecurityGroupRuleArn: ec2Arn(region, accountId, 'security-group-rule', rule.id),
  };
}
