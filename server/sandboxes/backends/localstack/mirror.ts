/** Makes a state at an emulator that no calls lead to, and takes it away: starts, resets, the end of a sandbox. */
import { isDeepStrictEqual } from 'node:util';
import type { Blob } from '../../../../cloud/call.ts';
import { newAccount } from '../../../../cloud/new-world.ts';
import { principalNames } from '../../../../cloud/services/iam/trust.ts';
import type { DecodedResponse } from '../../../../cloud/wire/protocol.ts';
import type { Account, World } from '../../../../cloud/world.ts';
import { carriedNames, carriedServices } from './carried.ts';
import { type CarriedService, type Input, NotCarriedError, type There } from './carried-service.ts';
import { bringUpIam, emptyIam, writtenTables } from './services/iam.ts';
import { exchanged, type Ids } from './substitution.ts';

export interface MirrorParts {
  readonly readBlob: (digest: string) => Promise<Uint8Array>;
  /** @throws LostError */
  readonly send: (
    service: string,
    operation: string,
    input: Input,
    place: { readonly accountId: string; readonly region: string },
  ) => Promise<DecodedResponse>;
}

const noBlobs: ReadonlyMap<string, Uint8Array> = new Map();

/** The states of one sandbox at its emulator. */
export class Mirror {
  readonly #parts: MirrorParts;

  constructor(parts: MirrorParts) {
    this.#parts = parts;
  }

  /** Makes all that a new sandbox has. Answers the ids that it has there. @throws LostError, NotCarriedError */
  bringUp(world: World, newBlobs: ReadonlyMap<string, Uint8Array>): Promise<Ids> {
    return this.replace({ ...world, accounts: {} }, world, newBlobs);
  }

  /** Takes away all that a sandbox has. @throws LostError */
  async empty(world: World): Promise<void> {
    await this.replace(world, { ...world, accounts: {} }, noBlobs);
  }

  /** Puts one state in the place of another. What both have alike stays. Answers the ids that the rest has there. @throws LostError, NotCarriedError */
  async replace(before: World, after: World, newBlobs: ReadonlyMap<string, Uint8Array>): Promise<Ids> {
    const ids = new Map<string, string>();
    for (const id of new Set([...Object.keys(before.accounts), ...Object.keys(after.accounts)])) {
      const [old, next] = [before.accounts[id] ?? newAccount(id), after.accounts[id] ?? newAccount(id)];
      for (const name of carriedNames) {
        if (isDeepStrictEqual(old[name], next[name])) continue;
        const service: CarriedService = carriedServices[name];
        await service.empty(old, this.#there(name, old, before, { ids, newBlobs }));
        await service.bringUp(next, this.#there(name, next, after, { ids, newBlobs }));
      }
      if (isDeepStrictEqual(writtenTables(old), writtenTables(next))) continue;
      await emptyIam(old, this.#there('iam', old, before, { ids, newBlobs }));
      await bringUpIam(next, this.#there('iam', next, after, { ids, newBlobs }));
    }
    return ids;
  }

  /** Does what services have done by themselves because time passed. Notes the ids that it has there. @throws LostError, NotCarriedError */
  async timePassed(before: World, after: World, ids: Map<string, string>): Promise<void> {
    for (const [id, account] of Object.entries(after.accounts)) {
      const old = before.accounts[id];
      for (const name of carriedNames) {
        const service: CarriedService = carriedServices[name];
        if (old === undefined || old[name] === account[name]) continue;
        await service.timePassed?.(old, account, this.#there(name, account, after, { ids, newBlobs: noBlobs }));
      }
    }
  }

  #there(
    service: string,
    { id: accountId }: Account,
    world: World,
    { ids, newBlobs }: { readonly ids: Map<string, string>; readonly newBlobs: ReadonlyMap<string, Uint8Array> },
  ): There {
    const send = (operation: string, input: Input, region: string) =>
      this.#parts.send(service, operation, exchanged(input, ids), { accountId, region });
    const names = principalNames(world);
    return {
      world,
      call: async (operation, input, region) => {
        const answer = await send(operation, input, region);
        if (answer.kind === 'ok') return answer.output;
        throw new NotCarriedError(service, operation, answer.code, answer.message);
      },
      tried: async (operation, input, region) => {
        await send(operation, input, region);
      },
      adopt: (ours, theirs) => {
        if (typeof theirs === 'string' && theirs !== ours) ids.set(ours, theirs);
      },
      readBody: (blobs) => this.#readBody(blobs, newBlobs),
      policy: (stored) => names.show(stored),
    };
  }

  async #readBody(blobs: readonly Blob[], newBlobs: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (const { digest, size, offset = 0 } of blobs) {
      const whole = newBlobs.get(digest) ?? (await this.#parts.readBlob(digest));
      parts.push(whole.subarray(offset, offset + size));
    }
    return new Uint8Array(Buffer.concat(parts));
  }
}
