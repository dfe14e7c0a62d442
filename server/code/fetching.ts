/** Requests that code makes by `fetch`: to the sandbox's own addresses, and nowhere else. */
import type { HostPlace } from '../../cloud/services/ec2/hosts.ts';
import type { GatewayPort } from './gateway-port.ts';
import { codeSourceIp } from './source-ip.ts';

/** A request as code asks for it; nothing of it is to be trusted. */
export interface FetchRequest {
  readonly url: unknown;
  readonly method: unknown;
  readonly headers: unknown;
  readonly body: unknown;
}

export type FetchAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** AWS's own hosts and function URLs: the gateway stands in for all of them. */
const HOSTS = /^(?:[a-z0-9.-]+\.)?amazonaws\.com$|^[a-z2-7]{32}\.lambda-url\.[a-z0-9-]+\.on\.aws$/;
const TOKEN = /^[A-Za-z0-9-]+$/;

/** Whose code asks. */
export interface Fetching {
  /** The gateway's own address, where it is one that the code may use. */
  readonly gatewayUrl?: string;
  /** The instance that the code runs on. */
  readonly host?: HostPlace;
}

export async function fetchFor(
  { url, method, headers, body }: FetchRequest,
  gateway: GatewayPort,
  { gatewayUrl, host }: Fetching = {},
): Promise<FetchAnswer> {
  const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !(HOSTS.test(parsed.hostname) || parsed.origin === gatewayUrl)) {
    return { kind: 'refused', reason: `getaddrinfo ENOTFOUND ${parsed?.hostname ?? String(url)}` };
  }
  const given = Array.isArray(headers) ? (headers as readonly unknown[]) : [];
  const pairs = given.flatMap((pair): readonly (readonly [string, string])[] => {
    const [name, value] = Array.isArray(pair) ? (pair as readonly unknown[]) : [];
    return typeof name === 'string' && TOKEN.test(name) && name.toLowerCase() !== 'host' ? [[name, String(value)]] : [];
  });
  const response = await gateway.answer(
    {
      method: typeof method === 'string' && TOKEN.test(method) ? method.toUpperCase() : 'GET',
      target: `${parsed.pathname}${parsed.search}`,
      headers: [['host', parsed.host], ...pairs],
      body: body instanceof Uint8Array ? body : new Uint8Array(0),
    },
    { sourceIp: codeSourceIp, ...(host && { host }) },
  );
  return { kind: 'answered', ...response };
}
