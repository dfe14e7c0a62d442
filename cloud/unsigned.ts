/**
 * Requests without a signature: which operations take them, which sandbox they lead to, and who asks. A sandbox is found by the
 * account id that the input carries, as AWS finds the account by the resource that is named.
 */
import type { AnyCaller } from '../iam/model.ts';
import type { World } from './world.ts';

// biome-ignore lint/suspicious/noExplicitAny: an operation is only ever called with the input that its own schema decoded
type Input = any;

/** How one operation takes requests without a signature. */
export interface UnsignedOperation {
  /** The 12-digit id of the account that the input names; undefined where it names none. */
  readonly accountOf: (input: Input) => string | undefined;
  /**
   * Who asks, where the input says so: whom a token speaks of. It is then the caller of signed requests too, whose signature
   * means nothing. Absent: nobody, who may do what a resource's policy lets everyone do.
   * @param now the sandbox's clock, epoch milliseconds
   * @throws AwsError where the token is none
   */
  readonly callerOf?: (input: Input, world: World, now: number) => AnyCaller;
}

const accountId = /^\d{12}$/;

/** The account of `arn:aws:sns:us-east-1:111122223333:news`. */
export function accountOfArn(arn: unknown): string | undefined {
  const account = typeof arn === 'string' ? arn.split(':')[4] : undefined;
  return account !== undefined && accountId.test(account) ? account : undefined;
}

/** The account of a queue's URL, whatever its host: `http://127.0.0.1:4566/111122223333/jobs`. */
export function accountOfQueueUrl(url: unknown): string | undefined {
  return typeof url === 'string' ? /\/(\d{12})\/[^/]+\/?$/.exec(url)?.[1] : undefined;
}

/** The account of an identity pool's or an identity's id, whose last twelve digits are it: see `identityId`. */
export function accountOfIdentity(id: unknown): string | undefined {
  return typeof id === 'string' ? /^[\w-]+:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-(\d{12})$/.exec(id)?.[1] : undefined;
}

/**
 * An id of Cognito Identity, `us-east-1:` and a GUID. Its last part is the account's id instead of chance, so that a request that
 * carries nothing else leads to its sandbox; what is left, 74 bits, nobody guesses.
 * @param random 10 bytes
 */
export function identityId(region: string, account: string, random: Uint8Array): string {
  if (random.length !== 10) throw new Error('An identity needs 10 random bytes');
  const hex = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
  // Version 4, variant 1 (RFC 9562, section 5.4).
  const variant = ((Number.parseInt(hex.charAt(15), 16) & 3) | 8).toString(16);
  const guid = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(12, 15)}`, `${variant}${hex.slice(16, 19)}`, account];
  return `${region}:${guid.join('-')}`;
}
