/** The condition keys that say what a resource is (Service Authorization Reference, "Resource types defined by Amazon EC2"). */
import { own } from '../../own.ts';
import type { Permission, PermissionFacts } from '../../service.ts';
import { ec2Arn } from './ids.ts';
import { publicImage } from './images.ts';
import { keyPairNamed } from './key-pair-names.ts';
import type { ResourcePlace } from './permissions.ts';
import type { InstanceState, MetadataOptions, RegionState } from './state.ts';
import { zoneIdOf } from './zones.ts';

type Context = Permission['context'];

/** What is known of a resource; nothing of one that is not there, or is about to be made. */
export function resourceContext(
  { type, id }: ResourcePlace,
  state: RegionState,
  { region, callerAccountId }: Pick<PermissionFacts, 'region' | 'callerAccountId'>,
): Context {
  const vpcKey = (vpcId: string) => ({ 'ec2:Vpc': ec2Arn(region, callerAccountId, 'vpc', vpcId) });
  switch (type) {
    case 'instance': {
      const instance = own(state.instances, id);
      return instance === undefined ? {} : { 'ec2:InstanceID': id, ...instanceContext(instance, region) };
    }
    case 'image':
      return imageContext(id);
    case 'security-group': {
      const group = own(state.securityGroups, id);
      return group === undefined ? {} : { 'ec2:SecurityGroupID': id, ...vpcKey(group.vpcId) };
    }
    case 'subnet': {
      const subnet = own(state.subnets, id);
      if (subnet === undefined) return {};
      return { 'ec2:SubnetID': id, ...zoneContext(subnet.zone, region), ...vpcKey(subnet.vpcId) };
    }
    case 'vpc': {
      const vpc = own(state.vpcs, id);
      return vpc === undefined ? {} : { 'ec2:VpcID': id, 'ec2:Tenancy': vpc.tenancy };
    }
    case 'key-pair': {
      const pair = keyPairNamed(state, id);
      return { 'ec2:KeyPairName': id, ...(pair && { 'ec2:KeyPairType': pair.type }) };
    }
    case 'vpc-endpoint': {
      const endpoint = own(state.vpcEndpoints, id);
      if (endpoint === undefined) return {};
      return { 'ec2:VpceServiceName': endpoint.serviceName, 'ec2:VpceServiceOwner': 'amazon' };
    }
    default:
      return {};
  }
}

export function zoneContext(zone: string, region: string): Context {
  const id = zoneIdOf(region, zone);
  return { 'ec2:AvailabilityZone': zone, ...(id !== undefined && { 'ec2:AvailabilityZoneId': id }) };
}

export function imageContext(id: string): Context {
  const image = publicImage(id);
  if (image === undefined) return { 'ec2:ImageID': id };
  return {
    'ec2:ImageID': id,
    'ec2:ImageType': 'machine',
    'ec2:Owner': image.ownerAlias ?? image.ownerId,
    'ec2:Public': 'true',
    'ec2:RootDeviceType': 'ebs',
  };
}

/** What the keys of an instance are made of: of one that is about to be made, as far as the request says it. */
export interface KnownOfInstance extends Pick<InstanceState, 'type' | 'zone' | 'ebsOptimized'> {
  readonly metadata: Partial<MetadataOptions>;
  readonly profile?: { readonly arn: string };
}

/** The keys of an instance that is there, or of one that is asked for. */
export function instanceContext(instance: KnownOfInstance, region: string): Context {
  return {
    ...zoneContext(instance.zone, region),
    'ec2:EbsOptimized': String(instance.ebsOptimized),
    'ec2:InstanceType': instance.type,
    'ec2:RootDeviceType': 'ebs',
    'ec2:Tenancy': 'default',
    ...metadataContext(instance.metadata),
    ...(instance.profile && { 'ec2:InstanceProfile': instance.profile.arn }),
  };
}

function metadataContext({ endpoint, hopLimit, tokens, tags }: Partial<MetadataOptions>): Context {
  return {
    ...(endpoint && { 'ec2:MetadataHttpEndpoint': endpoint }),
    ...(hopLimit !== undefined && { 'ec2:MetadataHttpPutResponseHopLimit': String(hopLimit) }),
    ...(tokens && { 'ec2:MetadataHttpTokens': tokens }),
    ...(tags && { 'ec2:InstanceMetadataTags': tags }),
  };
}
