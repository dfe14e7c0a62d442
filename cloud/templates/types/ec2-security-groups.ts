/** AWS::EC2::SecurityGroup. */
import {
  answered,
  given,
  numberOf,
  type Properties,
  type ResourceType,
  recordsOf,
  type Steps,
  send,
  textOf,
} from '../resource-type.ts';
import { list, number, record, tags, text } from '../shape.ts';
import { firstOf, retagResource, tagged } from './ec2-requests.ts';

const peer = { IpProtocol: text, FromPort: number, ToPort: number, CidrIp: text, CidrIpv6: text, Description: text };

export const securityGroup: ResourceType = {
  name: 'AWS::EC2::SecurityGroup',
  properties: record(
    {
      GroupDescription: text,
      GroupName: text,
      SecurityGroupEgress: list(record({ ...peer, DestinationSecurityGroupId: text }, ['IpProtocol'])),
      SecurityGroupIngress: list(record({ ...peer, SourceSecurityGroupId: text }, ['IpProtocol'])),
      Tags: tags,
      VpcId: text,
    },
    ['GroupDescription'],
  ),
  attributes: ['GroupId', 'VpcId'],
  named: 'GroupName',
  fixed: ['GroupDescription', 'GroupName', 'VpcId'],
  *make(properties, making) {
    const { generatedName } = making;
    const output = yield* send(
      'ec2',
      'CreateSecurityGroup',
      given({
        GroupName: textOf(properties, 'GroupName') ?? generatedName(255),
        Description: textOf(properties, 'GroupDescription'),
        VpcId: textOf(properties, 'VpcId'),
        ...tagged(properties, 'security-group'),
      }),
    );
    const GroupId = answered(output, 'GroupId');
    const described = yield* send('ec2', 'DescribeSecurityGroups', { GroupIds: [GroupId] });
    return { ref: GroupId, attributes: { GroupId, VpcId: answered(firstOf(described, 'SecurityGroups'), 'VpcId') } };
  },
  settle: ({ ref }, properties) => changeRules(ref, {}, properties),
  *update({ ref, attributes, properties: before }, properties) {
    yield* changeRules(ref, before, properties);
    yield* retagResource(ref, before, properties);
    return { ref, attributes };
  },
  *remove({ ref }) {
    yield* send('ec2', 'DeleteSecurityGroup', { GroupId: ref });
  },
};

type Rule = Readonly<Record<string, unknown>>;

/** Rules for what goes out take the place of the one that lets all out. */
function* changeRules(GroupId: string, before: Properties, after: Properties): Steps<void> {
  const ingress = (properties: Properties) =>
    recordsOf(properties, 'SecurityGroupIngress').map((rule) => permissionOf(rule, 'SourceSecurityGroupId'));
  const egress = (properties: Properties): readonly Rule[] => {
    const rules = recordsOf(properties, 'SecurityGroupEgress');
    return rules.length === 0 ? [everything] : rules.map((rule) => permissionOf(rule, 'DestinationSecurityGroupId'));
  };
  yield* change('Ingress', GroupId, ingress(before), ingress(after));
  yield* change('Egress', GroupId, egress(before), egress(after));
}

const everything: Rule = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

function* change(
  direction: 'Ingress' | 'Egress',
  GroupId: string,
  before: readonly Rule[],
  after: readonly Rule[],
): Steps<void> {
  const without = (rules: readonly Rule[], others: readonly Rule[]) => {
    const left = others.map((rule) => JSON.stringify(rule));
    return rules.filter((rule) => !left.includes(JSON.stringify(rule)));
  };
  const gone = without(before, after);
  const come = without(after, before);
  if (gone.length > 0) yield* send('ec2', `RevokeSecurityGroup${direction}`, { GroupId, IpPermissions: gone });
  if (come.length > 0) yield* send('ec2', `AuthorizeSecurityGroup${direction}`, { GroupId, IpPermissions: come });
}

function permissionOf(rule: Properties, groupMember: string): Readonly<Record<string, unknown>> {
  const described = given({ Description: textOf(rule, 'Description') });
  const cidr = textOf(rule, 'CidrIp');
  const cidr6 = textOf(rule, 'CidrIpv6');
  const group = textOf(rule, groupMember);
  return given({
    IpProtocol: textOf(rule, 'IpProtocol'),
    FromPort: numberOf(rule, 'FromPort'),
    ToPort: numberOf(rule, 'ToPort'),
    IpRanges: cidr === undefined ? undefined : [{ CidrIp: cidr, ...described }],
    Ipv6Ranges: cidr6 === undefined ? undefined : [{ CidrIpv6: cidr6, ...described }],
    UserIdGroupPairs: group === undefined ? undefined : [{ GroupId: group, ...described }],
  });
}
