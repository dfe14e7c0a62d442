/**
 * The instance metadata service, versions 1 and 2, as code on an instance finds it at 169.254.169.254 (EC2 User Guide, "Use the Instance
 * Metadata Service to access instance metadata").
 */
import type { Patch } from 'immer';
import { own } from '../own.ts';
import type { Cloud } from '../perform.ts';
import { profileNamed } from '../services/ec2/profile-names.ts';
import { regionOf } from '../services/ec2/regions.ts';
import type { InstanceState } from '../services/ec2/state.ts';
import type { RoleState } from '../services/iam/state.ts';
import type { Account, World } from '../world.ts';
import { type Categories, categoriesOf, categoryAt, timestamp } from './categories.ts';
import { type Delivered, deliverCredentials } from './role-credentials.ts';
import { makeMetadataToken, readMetadataToken } from './tokens.ts';

/** A request as it comes from the instance. */
export interface MetadataRequest {
  readonly method: string;
  /** `/latest/meta-data/`. */
  readonly path: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Networks that it comes through: 1 from the instance itself, 2 from a container on it. */
  readonly hops: number;
  /** By which of its addresses: 169.254.169.254, or fd00:ec2::254, which is off unless it is turned on. */
  readonly network?: 'ipv4' | 'ipv6';
}

export type MetadataResponse =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    }
  /** The answer does not get there: the instance does not run, or the answer ends before a container. */
  | { readonly kind: 'unreachable' };

/** The answer, and the sandbox after it: credentials that are asked for the first time are made. */
export interface MetadataAnswer extends Pick<Delivered, 'assumed'> {
  readonly response: MetadataResponse;
  readonly world: World;
  readonly patches: readonly Patch[];
}

/** Which instance asks. */
export interface Host {
  readonly accountId: string;
  readonly region: string;
  readonly instanceId: string;
}

const longestTokenSeconds = 21_600;
const ttlHeader = 'x-aws-ec2-metadata-token-ttl-seconds';

/** @param time real time, epoch milliseconds */
export function answerMetadata(
  cloud: Cloud,
  world: World,
  host: Host,
  request: MetadataRequest,
  { realNow }: { readonly realNow: number },
): MetadataAnswer {
  const account = own(world.accounts, host.accountId);
  const instance = account && own(regionOf(account, host.region).instances, host.instanceId);
  const only = (response: MetadataResponse): MetadataAnswer => ({ response, world, patches: [] });
  if (account === undefined || instance?.state !== 'running') return only({ kind: 'unreachable' });
  if (request.network === 'ipv6' && instance.metadata.ipv6 === 'disabled') return only({ kind: 'unreachable' });
  if (instance.metadata.endpoint === 'disabled') return only(failure(403));

  const now = realNow + world.clockOffset;
  const signing = { secret: instance.metadataSecret, hashes: cloud.hashes };
  if (request.method === 'PUT') {
    return only(tokenFor(instance, request, (seconds) => makeMetadataToken(now + seconds * 1000, signing)));
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return only(failure(405));

  const token = own(request.headers, 'x-aws-ec2-metadata-token');
  const end = token === undefined ? undefined : readMetadataToken(token, now, signing);
  if (end === undefined && (token !== undefined || instance.metadata.tokens === 'required')) return only(failure(401));
  const path = pathOf(request.path);
  if (path === undefined) return only(failure(404));
  const headers: Record<string, string> =
    end === undefined ? {} : { [ttlHeader]: String(Math.floor((end - now) / 1000)) };

  const role = roleOf(account, instance);
  if (role !== undefined && path === `meta-data/iam/security-credentials/${role.name}`) {
    const delivery = instance.metadata.tokens === 'required' || end !== undefined ? '2.0' : '1.0';
    const { region } = host;
    const delivered = deliverCredentials({ cloud, world, account, region, instance, role, delivery, realNow });
    return { ...delivered, response: success(request, delivered.text, headers) };
  }
  const state = regionOf(account, host.region);
  const categories = {
    ...categoriesOf(instance, { accountId: account.id, region: host.region, state }),
    ...roleCategories(instance, role, realNow),
  };
  const found = categoryAt(categories, path);
  return only(found === undefined ? failure(404) : success(request, found, headers));
}

/** The role in the profile that the instance has: none in one that was deleted, or made anew under its name. */
function roleOf(account: Account, { profile }: InstanceState): RoleState | undefined {
  const found = profile && profileNamed(account, { Arn: profile.arn });
  return found?.id === profile?.id ? found?.role : undefined;
}

function roleCategories({ profile }: InstanceState, role: RoleState | undefined, realNow: number): Categories {
  if (profile === undefined || role === undefined) return {};
  return {
    'meta-data/iam/info': JSON.stringify(
      {
        Code: 'Success',
        LastUpdated: timestamp(realNow),
        InstanceProfileArn: profile.arn,
        InstanceProfileId: profile.id,
      },
      null,
      2,
    ),
    [`meta-data/iam/security-credentials/${role.name}`]: '',
  };
}

/** The path below a version, which is `latest` or a date. */
function pathOf(path: string): string | undefined {
  const [, rest] =
    /^\/+(?:latest|\d{4}-\d{2}-\d{2}|1\.0)(?:\/([^?]*))?(?:\?.*)?$/.exec(path)?.map((part) => part ?? '') ?? [];
  return rest?.replaceAll(/\/{2,}/g, '/').replace(/^\//, '');
}

/**
 * A session of version 2. A request that a proxy has passed on gets none, and the answer goes as many networks far as the instance's hop
 * limit lets it.
 */
function tokenFor(
  { metadata }: InstanceState,
  { path, headers, hops }: MetadataRequest,
  make: (seconds: number) => string,
): MetadataResponse {
  if (hops > metadata.hopLimit) return { kind: 'unreachable' };
  if (path !== '/latest/api/token' || own(headers, 'x-forwarded-for') !== undefined) return failure(403);
  const ttl = own(headers, ttlHeader) ?? '';
  const seconds = /^\d{1,5}$/.test(ttl) ? Number(ttl) : 0;
  if (seconds < 1 || seconds > longestTokenSeconds) return failure(400);
  return plain(200, make(seconds), { [ttlHeader]: String(seconds) });
}

function success(
  { method }: MetadataRequest,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>>,
): MetadataResponse {
  return plain(200, method === 'HEAD' ? '' : body, headers);
}

function plain(status: number, body: string | Uint8Array, headers: Readonly<Record<string, string>>): MetadataResponse {
  return {
    kind: 'answered',
    status,
    headers: { 'content-type': 'text/plain', server: 'EC2ws', ...headers },
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
  };
}

const reasons = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
} as const;

function failure(status: keyof typeof reasons): MetadataResponse {
  const title = `${status} - ${reasons[status]}`;
  const page = `<?xml version="1.0" encoding="iso-8859-1"?>
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
 <head>
  <title>${title}</title>
 </head>
 <body>
  <h1>${title}</h1>
 </body>
</html>
`;
  return {
    kind: 'answered',
    status,
    headers: { 'content-type': 'text/html', server: 'EC2ws' },
    body: new TextEncoder().encode(page),
  };
}
