/** What is there before anything is made: regions, zones, the account's attributes. */
import type {
  DescribeAccountAttributesRequest,
  DescribeAccountAttributesResult,
  DescribeAvailabilityZonesRequest,
  DescribeAvailabilityZonesResult,
  DescribeRegionsRequest,
  DescribeRegionsResult,
} from '@aws-sdk/client-ec2';
import type { ReadOperation } from '../../service.ts';
import { ec2Error } from './errors.ts';
import { filtered } from './filters.ts';
import { defaultVpcOf, regionOf } from './regions.ts';
import { regionNames, zonesOf } from './zones.ts';

const notOptedIn = 'opt-in-not-required' as const;

export const describeRegions: ReadOperation<DescribeRegionsRequest, DescribeRegionsResult> = {
  kind: 'read',
  handle(_account, { RegionNames = [], Filters }) {
    const unknown = RegionNames.filter((name) => !regionNames.includes(name));
    if (unknown.length > 0) {
      throw ec2Error('InvalidParameterValue', `Invalid value '${unknown.join(', ')}' for regionName.`);
    }
    const all = regionNames
      .filter((name) => RegionNames.length === 0 || RegionNames.includes(name))
      .map((RegionName) => ({ OptInStatus: notOptedIn, RegionName, Endpoint: `ec2.${RegionName}.amazonaws.com` }));
    const found = filtered(all, Filters, {
      endpoint: ({ Endpoint }) => Endpoint,
      'region-name': ({ RegionName }) => RegionName,
      'opt-in-status': ({ OptInStatus }) => OptInStatus,
    });
    return { Regions: [...found] };
  },
};

export const describeAvailabilityZones: ReadOperation<
  DescribeAvailabilityZonesRequest,
  DescribeAvailabilityZonesResult
> = {
  kind: 'read',
  handle(_account, { ZoneNames = [], ZoneIds = [], Filters }, call) {
    const { region } = call.request;
    const zones = zonesOf(region);
    const unknown = ZoneNames.find((name) => !zones.some((zone) => zone.name === name));
    if (unknown !== undefined) throw ec2Error('InvalidParameterValue', `Invalid availability zone: [${unknown}]`);
    const unknownId = ZoneIds.find((id) => !zones.some((zone) => zone.id === id));
    if (unknownId !== undefined)
      throw ec2Error('InvalidParameterValue', `Invalid availability zone-id: [${unknownId}]`);
    const all = zones
      .filter(({ name }) => ZoneNames.length === 0 || ZoneNames.includes(name))
      .filter(({ id }) => ZoneIds.length === 0 || ZoneIds.includes(id))
      .map(({ name, id }) => ({
        OptInStatus: notOptedIn,
        Messages: [],
        RegionName: region,
        ZoneName: name,
        ZoneId: id,
        GroupName: region,
        NetworkBorderGroup: region,
        ZoneType: 'availability-zone',
        State: 'available' as const,
      }));
    const found = filtered(all, Filters, {
      'group-name': (zone) => zone.GroupName,
      'opt-in-status': (zone) => zone.OptInStatus,
      'region-name': (zone) => zone.RegionName,
      state: (zone) => zone.State,
      'zone-id': (zone) => zone.ZoneId,
      'zone-name': (zone) => zone.ZoneName,
      'zone-type': (zone) => zone.ZoneType,
    });
    return { AvailabilityZones: [...found] };
  },
};

export const describeAccountAttributes: ReadOperation<
  DescribeAccountAttributesRequest,
  DescribeAccountAttributesResult
> = {
  kind: 'read',
  handle(account, { AttributeNames = [] }, call) {
    const values: readonly (readonly [string, readonly string[]])[] = [
      ['supported-platforms', ['VPC']],
      ['default-vpc', [defaultVpcOf(regionOf(account, call.request.region))?.id ?? 'none']],
      ['max-instances', ['20']],
      ['vpc-max-security-groups-per-interface', ['5']],
      ['max-elastic-ips', ['5']],
      ['vpc-max-elastic-ips', ['5']],
    ];
    return {
      AccountAttributes: values
        .filter(([name]) => AttributeNames.length === 0 || AttributeNames.some((asked) => asked === name))
        .map(([AttributeName, list]) => ({
          AttributeName,
          AttributeValues: list.map((AttributeValue) => ({ AttributeValue })),
        })),
    };
  },
};
