/** Calls that the platform makes in a sandbox by itself: what it is as a client, and the account’s root at the door. */
import type { RequestFacts } from '../cloud/call.ts';
import { hexOf } from '../cloud/hex.ts';
import { type CallRequest, type Cloud, type Performed, perform } from '../cloud/perform.ts';
import type { World } from '../cloud/world.ts';
import type { AnyCaller, Caller } from '../iam/model.ts';

/** What a call that is not the learner’s is made with. */
export interface PlatformCall {
  readonly world: World;
  readonly caller: AnyCaller;
  readonly service: string;
  readonly operation: string;
  /** Decoded by the operation’s schema. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The key that signs, where the call is made with one: records name it. */
  readonly accessKeyId?: string;
}

/** Time and the cloud, for calls and sessions that the platform makes. */
export interface Platform {
  readonly cloud: Cloud;
  /** Real time, epoch milliseconds. */
  readonly realNow: number;
}

/** TEST-NET-1 (RFC 5737): an address that is nobody’s. */
const platformAddress = '192.0.2.1';

/** The facts that a request of the platform’s own has for condition keys. */
export function platformRequest(world: World): RequestFacts {
  return {
    sourceIp: platformAddress,
    secureTransport: true,
    userAgent: 'leastwise',
    region: world.region,
    // As any client signs.
    signing: { authType: 'REST-HEADER', version: 'AWS4-HMAC-SHA256' },
  };
}

/** The root of the learner’s account. */
export function rootOf(world: World): Caller {
  return { kind: 'root', accountId: world.primaryAccountId };
}

/** Makes one call at the same door that the learner’s calls go through. */
export function callAs(call: PlatformCall, { cloud, realNow }: Platform): Performed {
  const request: CallRequest = {
    service: call.service,
    operation: call.operation,
    input: call.input,
    caller: call.caller,
    ...(call.accessKeyId !== undefined && { accessKeyId: call.accessKeyId }),
    request: platformRequest(call.world),
    requestId: hexOf(cloud.random.bytes(16)),
    realNow,
  };
  return perform(cloud, call.world, request);
}

/** The sandbox’s clock, epoch milliseconds. */
export function clockOf(world: World, { realNow }: Platform): number {
  return realNow + world.clockOffset;
}
