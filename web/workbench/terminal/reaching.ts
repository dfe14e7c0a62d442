import type { SandboxAccess } from '../../../contract/index.ts';
import { Unreachable } from '../../../shell/environment.ts';

/** Where the page sends what is meant for an address of the sandbox: the names of AWS lead nowhere on a learner's machine. */
export type Place = Pick<SandboxAccess, 'endpoint' | 'accountId'>;

const functionUrl = /^([a-z2-7]{32})\.lambda-url\.[a-z0-9-]+\.on\.aws$/;
const bucketHost = /^(.+)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/;
const s3Host = /^s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/;
const awsHost = /\.amazonaws\.com$/;
const literal = /^\[|^\d+\.\d+\.\d+\.\d+$|^localhost$/;

/** The address at the sandbox's endpoint that stands for a URL. @throws Unreachable for what is none of the sandbox's */
export function reached(url: string, { endpoint, accountId }: Place): string {
  const { hostname, origin, pathname, search } = new URL(url);
  const base = new URL(endpoint).origin;
  const target = `${pathname}${search}`;
  if (origin === base) return `${base}${target}`;
  const [, id] = functionUrl.exec(hostname) ?? [];
  if (id !== undefined) return `${base}/_url/${id}${target}`;
  // No name of the bucket is needed to find its sandbox: two learners may have one of the same name.
  const [, bucket] = bucketHost.exec(hostname) ?? [];
  if (bucket !== undefined) return `${base}/_as/${accountId}/${bucket}${target}`;
  if (s3Host.test(hostname)) return `${base}/_as/${accountId}${target}`;
  if (awsHost.test(hostname)) return `${base}${target}`;
  throw new Unreachable(literal.test(hostname) ? 'refused' : 'no-such-host');
}
