/**
 * One rule of a security group in short: `--protocol tcp --port 22 --cidr 0.0.0.0/0`.
 * https://docs.aws.amazon.com/cli/latest/reference/ec2/authorize-security-group-ingress.html
 */
import { parameterFault } from '../faults.ts';
import type { ValueMap } from '../value.ts';
import { type Customization, textOf } from './customization.ts';

const SHORT_OPTIONS = ['protocol', 'port', 'cidr', 'source-group', 'group-owner'] as const;
const NAMED_PROTOCOLS = ['tcp', 'udp', 'icmp'];

function protocolOf(given: string): string {
  if (given === 'all') return '-1';
  const number = /^-?\d+$/.test(given) ? Number(given) : undefined;
  if (number !== undefined && (number < -1 || number > 255)) {
    throw parameterFault('protocol numbers must be in the range 0-255 or -1 to specify all protocols');
  }
  if (number !== undefined || NAMED_PROTOCOLS.includes(given)) return given;
  throw parameterFault('protocol parameter should be one of: tcp|udp|icmp|all or any valid protocol number.');
}

function portsOf(given: string): ValueMap {
  if (given === 'all' || given === '-1') return { FromPort: -1, ToPort: -1 };
  const [, from, to = from] = /^(\d+)(?:-(-?\d+))?$/.exec(given) ?? [];
  if (from === undefined) throw parameterFault('port parameter should be of the form <from[-to]> (e.g. 22 or 22-25)');
  return { FromPort: Number(from), ToPort: Number(to) };
}

/** One of `IpPermissions`; empty where none of the short options was given. */
function permissionOf(given: (name: (typeof SHORT_OPTIONS)[number]) => string | undefined): ValueMap {
  const protocol = given('protocol');
  const port = given('port');
  const cidr = given('cidr');
  const group = given('source-group');
  const owner = given('group-owner');
  const pair: ValueMap = {
    ...(group !== undefined && { [group.startsWith('sg-') ? 'GroupId' : 'GroupName']: group }),
    ...(owner !== undefined && { UserId: owner }),
  };
  return {
    ...(protocol !== undefined && { IpProtocol: protocolOf(protocol) }),
    ...(port !== undefined && portsOf(port)),
    ...(cidr !== undefined && { IpRanges: [{ CidrIp: cidr }] }),
    ...(Object.keys(pair).length > 0 && { UserIdGroupPairs: [pair] }),
  };
}

/** Of authorize- and revoke-security-group-ingress and -egress. */
export const securityGroupRule: Customization = {
  options: SHORT_OPTIONS.map((name) => ({ name: `--${name}`, count: 'one' })),
  complete: (_, parsed, parameters) => {
    const used = SHORT_OPTIONS.find((name) => textOf(parsed, name));
    if (used === undefined) return parameters;
    if (parsed.values.has('ip-permissions')) {
      const name = used.replace('-', '_');
      throw parameterFault(`The --${name} option is not compatible with the --ip-permissions option `);
    }
    const permission = permissionOf((name) => textOf(parsed, name) || undefined);
    return { ...parameters, IpPermissions: [permission] };
  },
};
