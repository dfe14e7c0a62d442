/**
 * What `run-instances` takes in short: how many, and the addresses of the first network interface.
 * https://docs.aws.amazon.com/cli/latest/reference/ec2/run-instances.html
 */
import { toBase64 } from '@smithy/core/serde';
import type { ParsedArguments } from '../argument-parser.ts';
import { parameterFault } from '../faults.ts';
import { isList, isMap, type Value, type ValueMap } from '../value.ts';
import { type Customization, textOf } from './customization.ts';

const SHORT_OPTIONS = [
  'secondary-private-ip-addresses',
  'secondary-private-ip-address-count',
  'associate-public-ip-address',
] as const;

/** Parameters that move into the interface once there is one, by the interface's name of them. */
const MOVED = {
  SubnetId: 'SubnetId',
  SecurityGroupIds: 'Groups',
  Ipv6AddressCount: 'Ipv6AddressCount',
  Ipv6Addresses: 'Ipv6Addresses',
  EnablePrimaryIpv6: 'PrimaryIpv6',
} as const;

function countOf(given: string | undefined): ValueMap {
  if (given === undefined) return {};
  const [, least, most = least] = /^\s*(\d+)\s*(?::\s*(\d+)\s*)?$/.exec(given) ?? [];
  if (least === undefined) {
    throw parameterFault('count parameter should be of form min[:max] (e.g. 1 or 1:10)');
  }
  return { MinCount: Number(least), MaxCount: Number(most) };
}

function shortInterface(parsed: ParsedArguments): ValueMap {
  const addresses = parsed.values.get('secondary-private-ip-addresses');
  const count = textOf(parsed, 'secondary-private-ip-address-count');
  const isPublic = parsed.values.get('associate-public-ip-address');
  return {
    ...(Array.isArray(addresses) &&
      addresses.length > 0 && {
        PrivateIpAddresses: addresses.map((address: string) => ({ PrivateIpAddress: address, Primary: false })),
      }),
    ...(count !== undefined && { SecondaryPrivateIpAddressCount: Number(count) }),
    ...(typeof isPublic === 'boolean' && { AssociatePublicIpAddress: isPublic }),
  };
}

function withInterface(parameters: ValueMap, parsed: ParsedArguments): ValueMap {
  const short = shortInterface(parsed);
  if (parsed.values.has('network-interfaces') && SHORT_OPTIONS.some((name) => parsed.values.get(name))) {
    throw parameterFault('Mixing the --network-interfaces option with the simple, scalar options is not supported.');
  }
  const given = parameters['NetworkInterfaces'];
  const [first, ...others] = isList(given) ? given : [];
  const facade: ValueMap = { ...(isMap(first) ? first : { DeviceIndex: 0 }), ...short };
  const isFilled = ['PrivateIpAddresses', 'SecondaryPrivateIpAddressCount', 'AssociatePublicIpAddress'].some((name) =>
    Object.hasOwn(facade, name),
  );
  if (!isFilled) return parameters;
  const { PrivateIpAddress: address, ...rest } = parameters;
  for (const [name, inside] of Object.entries(MOVED)) {
    const value = rest[name];
    if (value === undefined) continue;
    facade[inside] = value;
    delete rest[name];
  }
  if (address !== undefined) facade['PrivateIpAddresses'] = [{ PrivateIpAddress: address, Primary: true }];
  return { ...rest, NetworkInterfaces: [facade, ...others] };
}

function userData(value: Value | undefined): ValueMap {
  if (typeof value === 'string') return { UserData: toBase64(new TextEncoder().encode(value)) };
  return value instanceof Uint8Array ? { UserData: toBase64(value) } : {};
}

export const runInstances: Customization = {
  options: [
    { name: '--count', count: 'one' },
    { name: '--secondary-private-ip-addresses', count: '*' },
    { name: '--secondary-private-ip-address-count', count: 'one', type: 'int' },
    { name: '--associate-public-ip-address', count: 'none', constant: true },
    {
      name: '--no-associate-public-ip-address',
      count: 'none',
      target: 'associate-public-ip-address',
      constant: false,
    },
    { name: '--enable-api-termination', count: 'none', target: 'disable-api-termination', constant: false },
  ],
  complete: (_, parsed, parameters) => ({
    MinCount: 1,
    MaxCount: 1,
    ...withInterface(parameters, parsed),
    ...countOf(textOf(parsed, 'count')),
    ...userData(parameters['UserData']),
  }),
};
