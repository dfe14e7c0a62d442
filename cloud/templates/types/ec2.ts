/** AWS::EC2::Instance. */
import { fromBase64 } from '@smithy/core/serde';
import { differ } from '../differences.ts';
import {
  answered,
  booleanOf,
  given,
  numberOf,
  type Properties,
  type ResourceType,
  recordOf,
  type Steps,
  send,
  textOf,
} from '../resource-type.ts';
import { boolean, list, number, oneOf, record, tags, text } from '../shape.ts';
import { firstOf, retagResource, someOf, tagged } from './ec2-requests.ts';

const metadataOptions = record({
  HttpEndpoint: oneOf('enabled', 'disabled'),
  HttpPutResponseHopLimit: number,
  HttpTokens: oneOf('optional', 'required'),
  InstanceMetadataTags: oneOf('enabled', 'disabled'),
});

export const instance: ResourceType = {
  name: 'AWS::EC2::Instance',
  properties: record(
    {
      AvailabilityZone: text,
      DisableApiTermination: boolean,
      EbsOptimized: boolean,
      IamInstanceProfile: text,
      ImageId: text,
      InstanceInitiatedShutdownBehavior: oneOf('stop', 'terminate'),
      InstanceType: text,
      KeyName: text,
      MetadataOptions: metadataOptions,
      Monitoring: boolean,
      PrivateIpAddress: text,
      SecurityGroupIds: list(text),
      SecurityGroups: list(text),
      SubnetId: text,
      Tags: tags,
      UserData: text,
    },
    ['ImageId'],
  ),
  attributes: ['AvailabilityZone', 'InstanceId', 'PrivateDnsName', 'PrivateIp', 'PublicDnsName', 'PublicIp', 'VpcId'],
  fixed: [
    'AvailabilityZone',
    'EbsOptimized',
    'ImageId',
    'KeyName',
    'Monitoring',
    'PrivateIpAddress',
    'SecurityGroups',
    'SubnetId',
  ],
  *make(properties) {
    const launched = yield* send('ec2', 'RunInstances', launchOf(properties));
    const id = answered(firstOf(launched, 'Instances'), 'InstanceId');
    return { ref: id, attributes: yield* attributesOf(id) };
  },
  *update({ ref: InstanceId, properties: before }, properties) {
    yield* restart(InstanceId, before, properties);
    yield* modify(InstanceId, before, properties);
    yield* changeProfile(InstanceId, before, properties);
    yield* retagResource(InstanceId, before, properties);
    return { ref: InstanceId, attributes: yield* attributesOf(InstanceId) };
  },
  *remove({ ref }) {
    yield* send('ec2', 'TerminateInstances', { InstanceIds: [ref] });
  },
};

function* attributesOf(InstanceId: string): Steps<Readonly<Record<string, string>>> {
  const output = yield* send('ec2', 'DescribeInstances', { InstanceIds: [InstanceId] });
  const made = firstOf(firstOf(output, 'Reservations'), 'Instances');
  return {
    AvailabilityZone: answered(made, 'Placement', 'AvailabilityZone'),
    InstanceId,
    PrivateDnsName: answered(made, 'PrivateDnsName'),
    PrivateIp: answered(made, 'PrivateIpAddress'),
    PublicDnsName: answered(made, 'PublicDnsName'),
    PublicIp: answered(made, 'PublicIpAddress'),
    VpcId: answered(made, 'VpcId'),
  };
}

/** Its type and its user data change while it is stopped. */
function* restart(InstanceId: string, before: Properties, after: Properties): Steps<void> {
  if (!differ(before, after, 'InstanceType', 'UserData')) return;
  const InstanceIds = [InstanceId];
  yield* send('ec2', 'StopInstances', { InstanceIds });
  const type = textOf(after, 'InstanceType');
  if (differ(before, after, 'InstanceType') && type !== undefined) {
    yield* send('ec2', 'ModifyInstanceAttribute', { InstanceId, InstanceType: { Value: type } });
  }
  if (differ(before, after, 'UserData')) {
    const Value = fromBase64(textOf(after, 'UserData') ?? '');
    yield* send('ec2', 'ModifyInstanceAttribute', { InstanceId, UserData: { Value } });
  }
  yield* send('ec2', 'StartInstances', { InstanceIds });
}

function* modify(InstanceId: string, before: Properties, after: Properties): Steps<void> {
  const set = (attribute: Readonly<Record<string, unknown>>) =>
    send('ec2', 'ModifyInstanceAttribute', { InstanceId, ...attribute });
  if (differ(before, after, 'SecurityGroupIds')) yield* set({ Groups: someOf(after, 'SecurityGroupIds') });
  if (differ(before, after, 'DisableApiTermination')) {
    yield* set({ DisableApiTermination: { Value: booleanOf(after, 'DisableApiTermination') ?? false } });
  }
  if (differ(before, after, 'InstanceInitiatedShutdownBehavior')) {
    const Value = textOf(after, 'InstanceInitiatedShutdownBehavior') ?? 'stop';
    yield* set({ InstanceInitiatedShutdownBehavior: { Value } });
  }
  const options = recordOf(after, 'MetadataOptions');
  if (differ(before, after, 'MetadataOptions') && options !== undefined) {
    yield* send('ec2', 'ModifyInstanceMetadataOptions', { InstanceId, ...optionsOf(options) });
  }
}

function* changeProfile(InstanceId: string, before: Properties, after: Properties): Steps<void> {
  if (!differ(before, after, 'IamInstanceProfile')) return;
  const Name = textOf(after, 'IamInstanceProfile');
  const Filters = [{ Name: 'instance-id', Values: [InstanceId] }];
  const found = yield* send('ec2', 'DescribeIamInstanceProfileAssociations', { Filters });
  const AssociationId = answered(firstOf(found, 'IamInstanceProfileAssociations'), 'AssociationId');
  const IamInstanceProfile = { Name };
  if (AssociationId === '') yield* send('ec2', 'AssociateIamInstanceProfile', { InstanceId, IamInstanceProfile });
  else if (Name === undefined) yield* send('ec2', 'DisassociateIamInstanceProfile', { AssociationId });
  else yield* send('ec2', 'ReplaceIamInstanceProfileAssociation', { AssociationId, IamInstanceProfile });
}

function optionsOf(options: Properties): Readonly<Record<string, unknown>> {
  return given({
    HttpEndpoint: textOf(options, 'HttpEndpoint'),
    HttpPutResponseHopLimit: numberOf(options, 'HttpPutResponseHopLimit'),
    HttpTokens: textOf(options, 'HttpTokens'),
    InstanceMetadataTags: textOf(options, 'InstanceMetadataTags'),
  });
}

function launchOf(properties: Properties): Readonly<Record<string, unknown>> {
  const zone = textOf(properties, 'AvailabilityZone');
  const profile = textOf(properties, 'IamInstanceProfile');
  const options = recordOf(properties, 'MetadataOptions');
  const monitoring = booleanOf(properties, 'Monitoring');
  return given({
    MinCount: 1,
    MaxCount: 1,
    ImageId: textOf(properties, 'ImageId'),
    InstanceType: textOf(properties, 'InstanceType'),
    KeyName: textOf(properties, 'KeyName'),
    SubnetId: textOf(properties, 'SubnetId'),
    SecurityGroupIds: someOf(properties, 'SecurityGroupIds'),
    SecurityGroups: someOf(properties, 'SecurityGroups'),
    PrivateIpAddress: textOf(properties, 'PrivateIpAddress'),
    UserData: textOf(properties, 'UserData'),
    EbsOptimized: booleanOf(properties, 'EbsOptimized'),
    DisableApiTermination: booleanOf(properties, 'DisableApiTermination'),
    InstanceInitiatedShutdownBehavior: textOf(properties, 'InstanceInitiatedShutdownBehavior'),
    Placement: zone === undefined ? undefined : { AvailabilityZone: zone },
    IamInstanceProfile: profile === undefined ? undefined : { Name: profile },
    Monitoring: monitoring === undefined ? undefined : { Enabled: monitoring },
    MetadataOptions: options && optionsOf(options),
    ...tagged(properties, 'instance'),
  });
}
