/** Requests of scripts on hosts: to the metadata service of their own instance, and to the sandbox's addresses; nowhere else. */
import type { Host, MetadataRequest, MetadataResponse } from '../../cloud/metadata/answer.ts';
import { fetchFor } from './fetching.ts';
import type { GatewayPort } from './gateway-port.ts';
import type { HostAnswer } from './shell-job.ts';

/** What a host can reach. */
export interface HostNetwork {
  readonly gateway: GatewayPort;
  /** Scheme, host and port that the gateway is reached by from outside: addresses that the sandbox gave out begin so. */
  readonly gatewayUrl: string;
  /** The metadata service of an instance in a sandbox. */
  readonly metadata: (request: MetadataRequest, host: Host, sandboxId: string) => Promise<MetadataResponse>;
}

interface Asking {
  readonly host: Host;
  readonly sandboxId: string;
  readonly network: HostNetwork;
}

/** EC2 User Guide, "Use the Instance Metadata Service to access instance metadata". */
const metadataHosts: ReadonlySet<string> = new Set(['169.254.169.254', '[fd00:ec2::254]']);
const literalAddress = /^\[|^\d+\.\d+\.\d+\.\d+$|^localhost$/;
const none: HostAnswer = { kind: 'unreachable', why: 'refused' };

/** Answers a request; nothing of it is to be trusted. */
export async function hostRequest(asked: unknown, { host, sandboxId, network }: Asking): Promise<HostAnswer> {
  const { url, method, headers, body, hops } = (asked ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof url !== 'string' || !URL.canParse(url)) return none;
  const parsed = new URL(url);
  const named = typeof headers === 'object' && headers !== null ? Object.entries(headers) : [];
  if (metadataHosts.has(parsed.hostname)) {
    if (parsed.protocol !== 'http:' || parsed.port !== '') return none;
    const request: MetadataRequest = {
      method: String(method),
      path: `${parsed.pathname}${parsed.search}`,
      headers: Object.fromEntries(named.map(([name, value]) => [name.toLowerCase(), String(value)])),
      hops: hops === 2 ? 2 : 1,
      network: parsed.hostname.startsWith('[') ? 'ipv6' : 'ipv4',
    };
    const response = await network.metadata(request, host, sandboxId);
    return response.kind === 'answered' ? response : { kind: 'unreachable', why: 'timeout' };
  }
  const answer = await fetchFor({ url, method, headers: named, body }, network.gateway, {
    gatewayUrl: network.gatewayUrl,
    host,
  });
  if (answer.kind === 'answered') return answer;
  return { kind: 'unreachable', why: literalAddress.test(parsed.hostname) ? 'refused' : 'no-such-host' };
}
