/** A copy of the sandbox on which a check works. The state is immutable, so a fork costs nothing and changes nothing. */
import type { Performed } from '../cloud/perform.ts';
import { passTime } from '../cloud/time.ts';
import type { World } from '../cloud/world.ts';
import type { Bearer, GivenCall, Scene, Who } from './check-words.ts';
import { clockMoved, millisecondsOf } from './duration.ts';
import { readInput } from './input.ts';
import { offeredOperation } from './operations.ts';
import { callAs, clockOf, type PlatformCall } from './requests.ts';
import { accessKeyNamed, bearerOf, findWho, type Naming, nameOfWho } from './who.ts';

/** What a fork is made with. */
export interface Grounds extends Naming {
  /** Bytes of a stored body by its digest. */
  readonly readBlob: (digest: string) => Promise<Uint8Array>;
}

/** What a call of a check came to. */
export type CallEnd =
  | { readonly kind: 'ok'; readonly output: unknown }
  | { readonly kind: 'error'; readonly code: string; readonly message: string; readonly performed?: Performed }
  | { readonly kind: 'missing'; readonly principal: string };

/** A copy of a sandbox on which a check tries things: the learner's own never notices. */
export class Fork {
  readonly grounds: Grounds;
  #world: World;
  readonly #blobs = new Map<string, Uint8Array>();

  constructor(world: World, grounds: Grounds) {
    this.#world = world;
    this.grounds = grounds;
  }

  get world(): World {
    return this.#world;
  }

  /** Makes a call on the fork as `who`, whose session, if it needs one, is part of the fork from then on. */
  call(who: Who, { call: name, with: data = {} }: Pick<GivenCall, 'call' | 'with'>): CallEnd {
    const offered = offeredOperation(name);
    if (offered === undefined) throw new Error(`The sandbox offers no ${name}`);
    const input = readInput(offered.model.input, data);
    if (input.kind === 'wrong') throw new Error(`${name}: ${input.message}`);
    this.#passTime();
    const found = findWho(this.#world, who, this.grounds);
    if (found.kind === 'missing') return found;
    if (found.kind === 'refused') return { kind: 'error', code: found.error.code, message: found.error.message };
    const { service, operation } = offered;
    const accessKeyId = typeof who === 'string' ? accessKeyNamed(who, this.grounds.variables) : undefined;
    const by = { caller: found.caller, ...(accessKeyId !== undefined && { accessKeyId }) };
    const call = { world: found.world, ...by, service, operation, input: input.input };
    const performed = callAs(isBearer(who) ? this.#unsigned(call, who) : call, this.grounds);
    this.#world = performed.world;
    for (const [digest, bytes] of performed.newBlobs) this.#blobs.set(digest, bytes);
    if (performed.outcome.kind === 'ok') return { kind: 'ok', output: performed.outcome.output };
    const { code, message } = performed.outcome.error;
    return { kind: 'error', code, message, performed };
  }

  /** A call without a signature, with a token where the operation takes one; its caller is whom it speaks of. */
  #unsigned(call: PlatformCall, who: Bearer): PlatformCall {
    const { token, world } = bearerOf(call.world, who, this.grounds);
    const input =
      call.operation === 'AssumeRoleWithWebIdentity' ? { WebIdentityToken: token, ...call.input } : call.input;
    const unsigned = this.grounds.cloud.services[call.service]?.unsigned?.[call.operation];
    const caller = unsigned?.callerOf?.(input, world, clockOf(world, this.grounds)) ?? { kind: 'anonymous' };
    return { ...call, world, input, caller };
  }

  /** What services do by the fork's clock, where it was moved past the moment. */
  #passTime(): void {
    const passed = passTime(this.grounds.cloud, this.#world, this.grounds.realNow);
    this.#world = passed.world;
    for (const [digest, bytes] of passed.newBlobs) this.#blobs.set(digest, bytes);
  }

  /** Sets the scene: the calls, then the time that passes. Answers what went wrong with the first call that did not succeed. */
  prepare({ given = [], after }: Scene): string | undefined {
    for (const step of given) {
      const who = step.who ?? 'root';
      const end = this.call(who, step);
      if (end.kind === 'missing')
        return `Before the check, ${end.principal} would have to call ${step.call}: it does not exist.`;
      if (end.kind === 'error')
        return `Before the check, ${nameOfWho(who)} called ${step.call}: ${end.code}, ${end.message}`;
    }
    if (after === undefined) return undefined;
    this.#world = clockMoved(this.#world, millisecondsOf(after));
    this.#passTime();
    return undefined;
  }

  /** Bytes of a body, of the sandbox or of this fork. */
  async readBlob(digest: string): Promise<Uint8Array> {
    return this.#blobs.get(digest) ?? this.grounds.readBlob(digest);
  }
}

function isBearer(who: Who): who is Bearer {
  return typeof who === 'object' && 'web' in who;
}
