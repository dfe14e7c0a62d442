/** The ids of EC2's resources: a kind's prefix and 17 hexadecimal digits. */
import type { Random } from '../../call.ts';
import { hexOf } from '../../hex.ts';

/** The kinds of resources by their prefix, as the Service Authorization Reference names their types. */
export const typesByPrefix: Readonly<Record<string, string>> = {
  ami: 'image',
  i: 'instance',
  sg: 'security-group',
  sgr: 'security-group-rule',
  subnet: 'subnet',
  vpc: 'vpc',
  vpce: 'vpc-endpoint',
  vol: 'volume',
  eni: 'network-interface',
  key: 'key-pair',
  rtb: 'route-table',
  acl: 'network-acl',
  igw: 'internet-gateway',
  dopt: 'dhcp-options',
  snap: 'snapshot',
};

/** The prefix of an id: `sgr` of `sgr-0123…`. */
export function prefixOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('-')));
}

/** The type of the resource that an id is of; undefined for what is no id. */
export function typeOfId(id: string): string | undefined {
  return isId(id) ? typesByPrefix[prefixOf(id)] : undefined;
}

/** Whether a text has the form of an id: old ones have 8 digits. */
export function isId(text: string): boolean {
  const digits = text.slice(text.lastIndexOf('-') + 1);
  return /^(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(digits) && Object.hasOwn(typesByPrefix, prefixOf(text));
}

/** A new id: `makeId('sg', …)`. */
export function makeId(prefix: string, random: Random): string {
  return `${prefix}-0${hexOf(random.bytes(8))}`;
}

/**
 * The id of what every account has in a region without making it. The same for the same names, so that it need not be kept.
 * Ids are no secrets: FNV-1a spreads them well enough.
 */
export function derivedId(prefix: string, ...names: readonly string[]): string {
  const text = [prefix, ...names].join('/');
  return `${prefix}-0${fnv1a(text, 0x811c9dc5)}${fnv1a(text, 0x01000193)}`;
}

function fnv1a(text: string, basis: number): string {
  let hash = basis;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

/** `arn:aws:ec2:us-east-1:111122223333:instance/i-…`. Images and snapshots name no account. */
export function ec2Arn(region: string, accountId: string, type: string, id: string): string {
  const owner = type === 'image' || type === 'snapshot' ? '' : accountId;
  return `arn:aws:ec2:${region}:${owner}:${type}/${id}`;
}
