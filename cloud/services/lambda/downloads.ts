/**
 * Where the code of functions and layers can be downloaded for ten minutes by whoever has the address (Lambda API Reference,
 * "FunctionCodeLocation"). At AWS that is a presigned URL of a bucket of Lambda's own; here it leads to the endpoint that the caller used.
 */
import type { Blob, Call, Hashes } from '../../call.ts';
import { bytesOfHex, hexOf } from '../../hex.ts';
import { own } from '../../own.ts';
import type { World } from '../../world.ts';
import { regionalKey } from './names.ts';

const minutes = 10;

/** A function or a layer whose code is shown. */
export interface CodeHolder {
  readonly kind: 'function' | 'layer';
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  /** 32 bytes in hex, which nobody is shown. */
  readonly downloadKey: string;
}

export function downloadUrl(
  { kind, accountId, region, name, downloadKey }: CodeHolder,
  { digest }: Blob,
  { request, realNow, hashes }: Pick<Call, 'request' | 'realNow' | 'hashes'>,
): string {
  const path = [accountId, region, kind, name, digest, String(realNow + minutes * 60_000)].join('/');
  const base = request.endpoint ?? `https://awslambda-${region}-tasks.s3.${region}.amazonaws.com`;
  return `${base}/_code/${path}?X-Amz-Signature=${macOf(path, downloadKey, hashes)}`;
}

function macOf(path: string, downloadKey: string, hashes: Hashes): string {
  return hexOf(hashes.hmacSha256(bytesOfHex(downloadKey), new TextEncoder().encode(path)));
}

const TARGET =
  /^\/_code\/((\d{12})\/([a-z0-9-]+)\/(function|layer)\/([a-zA-Z0-9-_]+)\/([0-9a-f]{64})\/(\d{13,16}))\?X-Amz-Signature=([0-9a-f]{64})$/;

/** The account that a download's address names; undefined for any other address. */
export function accountOfDownload(target: string): string | undefined {
  return TARGET.exec(target)?.[2];
}

/** The code that an address leads to; undefined for one that is expired, was not given out, or whose code is gone. */
export function downloadOf(world: World, target: string, realNow: number, hashes: Hashes): Blob | undefined {
  const [, path, accountId, region = '', kind, name = '', digest, expires, mac = ''] = TARGET.exec(target) ?? [];
  const { functions = {}, layers = {} } = own(world.accounts, accountId ?? '')?.lambda ?? {};
  const key = regionalKey(region, name);
  const holder = kind === 'function' ? own(functions, key) : own(layers, key);
  if (path === undefined || holder === undefined || Number(expires) < realNow) return undefined;
  const { downloadKey } = holder;
  // Both are hashed once more: how far they agree is not told by how long the comparison takes.
  const expected = macOf(path, downloadKey, hashes);
  if (macOf(mac, downloadKey, hashes) !== macOf(expected, downloadKey, hashes)) return undefined;
  const codes = [...('latest' in holder ? [holder.latest] : []), ...Object.values(holder.versions)];
  return codes.find(({ code }) => code.digest === digest)?.code;
}
