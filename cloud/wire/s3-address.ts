/** Which bucket and key an S3 request names: path style and virtual-hosted style (Amazon S3 User Guide, "Virtual hosting"). */
import { AwsError } from '../errors.ts';
import type { WireRequest } from './model.ts';
import { headerOf } from './protocol.ts';
import type { Level } from './routes.ts';

export interface S3Address {
  readonly level: Level;
  readonly bucket?: string;
  readonly key?: string;
  /** The query string as sent, without `?`. */
  readonly query: string;
}

const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i;
/** `bucket.s3.us-east-1.amazonaws.com`, `bucket.s3.amazonaws.com`, `bucket.localhost`, `bucket.s3.localhost`. */
const virtualHosts = [
  /^(.+)\.s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com$/i,
  /^(.+)\.s3\.localhost$/i,
  /^((?!s3$).+)\.localhost$/i,
];

/** The bucket that a Host header names; undefined for an address and for an endpoint's own name. */
export function bucketOfHost(host: string): string | undefined {
  const name = host.replace(/:\d+$/, '');
  if (address.test(name)) return undefined;
  for (const pattern of virtualHosts) {
    const bucket = pattern.exec(name)?.[1];
    if (bucket !== undefined) return bucket.toLowerCase();
  }
  return undefined;
}

/** Reads the address of a request. Throws `InvalidURI` where the path cannot be decoded. */
export function readS3Address(request: WireRequest): S3Address {
  const question = request.target.indexOf('?');
  const query = question === -1 ? '' : request.target.slice(question + 1);
  const path = pathOf(question === -1 ? request.target : request.target.slice(0, question));
  const hostBucket = bucketOfHost(headerOf(request.headers, 'host') ?? '');
  if (hostBucket !== undefined) return named(hostBucket, path.slice(1), query);
  const slash = path.indexOf('/', 1);
  const bucket = slash === -1 ? path.slice(1) : path.slice(1, slash);
  if (bucket === '') return { level: 'service', query };
  return named(decodePath(bucket), slash === -1 ? '' : path.slice(slash + 1), query);
}

function named(bucket: string, rawKey: string, query: string): S3Address {
  return rawKey === '' ? { level: 'bucket', bucket, query } : { level: 'key', bucket, key: decodePath(rawKey), query };
}

/** The path of a target, which may be absolute (RFC 9112, section 3.2.2). */
function pathOf(target: string): string {
  const absolute = /^https?:\/\/[^/]*(.*)$/i.exec(target);
  const path = absolute ? (absolute[1] ?? '') : target;
  return path.startsWith('/') ? path : `/${path}`;
}

function decodePath(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", { status: 400, details: { URI: text } });
  }
}
