/** What the instance metadata service knows of an instance, by path (EC2 User Guide, "Instance metadata categories"). */
import { fromBase64 } from '@smithy/core/serde';
import { own } from '../own.ts';
import { privateName, publicName } from '../services/ec2/instance-shape.ts';
import type { InstanceState, RegionState } from '../services/ec2/state.ts';
import { zoneIdOf } from '../services/ec2/zones.ts';

/** Texts, and bytes where they are the user's, by their path below `/latest/`. */
export type Categories = Readonly<Record<string, string | Uint8Array>>;

interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly state: RegionState;
}

/** All but what is told about the role. */
export function categoriesOf(instance: InstanceState, { accountId, region, state }: Place): Categories {
  const name = privateName(instance.privateIp, region);
  const groups = instance.securityGroupIds.map((id) => own(state.securityGroups, id)?.name ?? id);
  const card = `meta-data/network/interfaces/macs/${instance.macAddress}`;
  const vpc = own(state.vpcs, instance.vpcId);
  const publicNames: Readonly<Record<string, string>> =
    instance.publicIp === undefined
      ? {}
      : {
          'meta-data/public-hostname': publicName(instance.publicIp, region),
          'meta-data/public-ipv4': instance.publicIp,
          [`${card}/public-ipv4s`]: instance.publicIp,
        };
  return {
    'meta-data/ami-id': instance.imageId,
    'meta-data/ami-launch-index': String(instance.launchIndex),
    'meta-data/hostname': name,
    'meta-data/instance-action': 'none',
    'meta-data/instance-id': instance.id,
    'meta-data/instance-life-cycle': 'on-demand',
    'meta-data/instance-type': instance.type,
    'meta-data/local-hostname': name,
    'meta-data/local-ipv4': instance.privateIp,
    'meta-data/mac': instance.macAddress,
    'meta-data/placement/availability-zone': instance.zone,
    'meta-data/placement/availability-zone-id': zoneIdOf(region, instance.zone) ?? '',
    'meta-data/placement/region': region,
    'meta-data/reservation-id': instance.reservationId,
    'meta-data/security-groups': groups.join('\n'),
    'meta-data/services/domain': 'amazonaws.com',
    'meta-data/services/partition': 'aws',
    [`${card}/device-number`]: '0',
    [`${card}/interface-id`]: instance.networkInterfaceId,
    [`${card}/local-ipv4s`]: instance.privateIp,
    [`${card}/mac`]: instance.macAddress,
    [`${card}/owner-id`]: accountId,
    [`${card}/security-group-ids`]: instance.securityGroupIds.join('\n'),
    [`${card}/subnet-id`]: instance.subnetId,
    [`${card}/vpc-id`]: instance.vpcId,
    ...(vpc && { [`${card}/vpc-ipv4-cidr-block`]: vpc.cidr }),
    ...publicNames,
    ...(instance.metadata.tags === 'enabled' && tagCategories(state, instance.id)),
    'dynamic/instance-identity/document': identityDocument(instance, accountId, region),
    ...(instance.userData !== undefined && { 'user-data': fromBase64(instance.userData) }),
  };
}

function tagCategories(state: RegionState, id: string): Categories {
  const tags = own(state.tags, id) ?? [];
  // Keys that could not be told from paths are not shown (EC2 User Guide, "View tags for your EC2 instances using instance metadata").
  return Object.fromEntries(
    tags.flatMap(({ Key, Value }) => (/^[^/\s]+$/.test(Key) ? [[`meta-data/tags/instance/${Key}`, Value]] : [])),
  );
}

/** EC2 User Guide, "Instance identity documents". */
function identityDocument(instance: InstanceState, accountId: string, region: string): string {
  return JSON.stringify(
    {
      accountId,
      architecture: instance.type.startsWith('t4g.') ? 'arm64' : 'x86_64',
      availabilityZone: instance.zone,
      billingProducts: null,
      devpayProductCodes: null,
      marketplaceProductCodes: null,
      imageId: instance.imageId,
      instanceId: instance.id,
      instanceType: instance.type,
      kernelId: null,
      pendingTime: timestamp(instance.launchedAt),
      privateIp: instance.privateIp,
      ramdiskId: null,
      region,
      version: '2017-09-30',
    },
    null,
    2,
  );
}

/** `2026-01-05T12:00:00Z`. */
export function timestamp(epochMilliseconds: number): string {
  return `${new Date(epochMilliseconds).toISOString().slice(0, 19)}Z`;
}

/** What a path below `/latest/` names: a text, or the names in a folder, of which those that are folders end in a slash. */
export function categoryAt(categories: Categories, path: string): string | Uint8Array | undefined {
  const exact = own(categories, path.replace(/\/$/, ''));
  if (exact !== undefined) return exact;
  const folder = path === '' || path.endsWith('/') ? path : `${path}/`;
  const names = Object.keys(categories)
    .filter((name) => name.startsWith(folder))
    .map((name) => {
      const rest = name.slice(folder.length);
      const slash = rest.indexOf('/');
      return slash === -1 ? rest : rest.slice(0, folder === '' ? slash : slash + 1);
    });
  return names.length === 0 ? undefined : [...new Set(names)].sort().join('\n');
}
