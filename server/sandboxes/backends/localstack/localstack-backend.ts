/**
 * A sandbox beside which an emulator keeps what it can: calls are decided and computed on the embedded state, the shadow, then carried
 * to the emulator, whose answer is the answer. The shadow takes over the ids that it made up. What is lost there is nowhere else: the
 * sandbox then goes on from its shadow.
 */
import { applyPatches } from 'immer';
import type { Logger } from 'pino';
import { AwsError } from '../../../../cloud/errors.ts';
import { own } from '../../../../cloud/own.ts';
import type { CallRequest, Cloud, Performed } from '../../../../cloud/perform.ts';
import { isReadOnly } from '../../../../cloud/service.ts';
import { type DecodedResponse, recordOf } from '../../../../cloud/wire/protocol.ts';
import type { Account, World } from '../../../../cloud/world.ts';
import type { Asked, Backend, BackendKind, Carried, Computed, Replacing } from '../backend.ts';
import { carriedOperation } from './carried.ts';
import { type CarriedOperation, type Input, NotCarriedError } from './carried-service.ts';
import { type Connection, LostError } from './connection.ts';
import { noteIds } from './made-up-ids.ts';
import { Mirror } from './mirror.ts';
import { isWrittenThrough } from './services/iam.ts';
import { exchanged, type Ids } from './substitution.ts';

/** What a sandbox's emulator is reached by. */
export interface EmulatorParts {
  readonly cloud: Cloud;
  readonly connection: Connection;
  /** The run of the emulator that has the sandbox. */
  readonly session: string;
  /** Which run answers by now, as far as it is known. */
  readonly currentSession: () => string | undefined;
  readonly readBlob: (digest: string) => Promise<Uint8Array>;
  readonly log: Logger;
  /** The sandbox has left the emulator for good. */
  readonly onLeft: () => void;
}

/** Members of inputs that an answer before gave to ask for the next page: only who made them can read them. */
const PAGE_TOKENS = ['NextToken', 'nextToken', 'ContinuationToken'];

/**
 * Whether an error says that the emulator and the shadow no longer know the same: the shadow has what is not found there, or lacks what
 * exists there in an account that is the sandbox's alone. So it is after a crash between the two. A fault of the emulator's own counts
 * too: nobody learns from it.
 */
function contradicts({ code, status }: { readonly code: string; readonly status: number }): boolean {
  if (status >= 500) return true;
  // The names of buckets are everyone's: another sandbox may have one.
  if (code === 'BucketAlreadyExists') return false;
  return /NotFound|NoSuch|DoesNotExist|NonExistent|AlreadyExists|AlreadyOwned|ResourceExists|NameExists/.test(code);
}

/** One sandbox at an emulator. */
export class LocalStackBackend implements Backend {
  readonly #parts: EmulatorParts;
  readonly #mirror: Mirror;
  #hasLeft = false;

  constructor(parts: EmulatorParts) {
    this.#parts = parts;
    this.#mirror = new Mirror({
      readBlob: parts.readBlob,
      send: (service, operation, input, place) => this.#send({ service, operation, input, ...place }),
    });
  }

  get kind(): BackendKind {
    return this.#hasLeft ? 'left' : 'localstack';
  }

  readable(request: CallRequest): CallRequest {
    const isPaged = PAGE_TOKENS.some((token) => request.input[token] !== undefined);
    if (this.#hasLeft || !isPaged || carriedOperation(request.service, request.operation) === undefined) return request;
    const input = Object.fromEntries(Object.entries(request.input).filter(([member]) => !PAGE_TOKENS.includes(member)));
    return { ...request, input };
  }

  async read(request: CallRequest, performed: Performed): Promise<Performed> {
    const { outcome, accountId, world } = performed;
    if (outcome.kind === 'error') return performed;
    const carried = this.#carriedFor(request, accountId, world);
    if (carried === undefined) return performed;
    const done = await this.#orLeave(() => this.#asked(carried, { request, accountId, output: outcome.output }));
    return done === undefined ? performed : { ...performed, outcome: done };
  }

  async carry(before: World, computed: Computed, cause: Asked | 'time' | undefined): Promise<Carried> {
    const asked = typeof cause === 'object' ? cause : undefined;
    const { world, patches, inner } = computed;
    const asComputed: Carried = {
      world,
      patches,
      inner,
      ...(asked && { outcome: { kind: 'ok', output: asked.output } as const }),
    };
    const done = await this.#orLeave(() => this.#carry(before, computed, cause));
    return done ?? asComputed;
  }

  async replace<Value>(before: World, replacing: Replacing<Value>): Promise<Replacing<Value>> {
    const { world, patches, newBlobs, value } = replacing;
    const ids = await this.#orLeave(() => this.#mirror.replace(before, world, newBlobs));
    if (ids === undefined || ids.size === 0) return replacing;
    const adopted = exchanged(patches, ids);
    return {
      world: applyPatches(before, [...adopted]),
      patches: adopted,
      newBlobs,
      value: exchanged(value, ids),
    };
  }

  notStored(): void {
    if (!this.#hasLeft) this.#leave(new Error('What was carried to the emulator could not be stored'));
  }

  async end(last: World): Promise<void> {
    await this.#orLeave(() => this.#mirror.empty(last));
  }

  /** Brings a new sandbox up. @throws LostError, NotCarriedError */
  async begin(world: World, newBlobs: ReadonlyMap<string, Uint8Array>): Promise<World> {
    return exchanged(world, await this.#mirror.bringUp(world, newBlobs));
  }

  /** Undefined: the sandbox has left the emulator, before or by this. */
  async #orLeave<Value>(act: () => Promise<Value>): Promise<Value | undefined> {
    if (this.#hasLeft) return undefined;
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof LostError || error instanceof NotCarriedError)) throw error;
      if (!this.#hasLeft) this.#leave(error);
      return undefined;
    }
  }

  #leave(reason: Error): void {
    this.#hasLeft = true;
    this.#parts.log.warn({ err: reason }, 'A sandbox has left its emulator and goes on from its shadow');
    this.#parts.onLeft();
  }

  #carriedFor({ service, operation, input }: CallRequest, accountId: string, world: World) {
    const carried = carriedOperation(service, operation);
    const account: Account | undefined = own(world.accounts, accountId);
    if (carried === undefined || account === undefined) return undefined;
    return carried.applies === undefined || carried.applies(input, account) ? carried : undefined;
  }

  async #carry(before: World, computed: Computed, cause: Asked | 'time' | undefined): Promise<Carried> {
    const asked = typeof cause === 'object' ? cause : undefined;
    const ids = new Map<string, string>();
    let outcome: Performed['outcome'] | undefined = asked && { kind: 'ok', output: asked.output };
    const carried = asked && this.#carriedFor(asked.request, asked.accountId, before);
    if (asked && carried) {
      outcome = await this.#asked(carried, asked, ids);
      if (outcome.kind === 'error') return { world: before, patches: [], inner: computed.inner, outcome };
    } else if (asked) {
      await this.#writeThrough(asked.request, asked.accountId, ids);
    }
    for (const inner of computed.inner) {
      if (inner.outcome.kind === 'error' || inner.isUndone) continue;
      await this.#follow({ ...inner, output: inner.outcome.output }, computed.world, ids);
    }
    if (cause === 'time') await this.#mirror.timePassed(before, computed.world, ids);
    const patches = exchanged(computed.patches, ids);
    const world = patches === computed.patches ? computed.world : applyPatches(before, [...patches]);
    const answered = outcome?.kind === 'ok' ? { ...outcome, output: exchanged(outcome.output, ids) } : undefined;
    return { world, patches, inner: exchanged(computed.inner, ids), ...(answered && { outcome: answered }) };
  }

  /** A call of a service that was made and allowed: the emulator must follow. @throws NotCarriedError, LostError */
  async #follow(inner: Asked, world: World, ids: Map<string, string>): Promise<void> {
    const { request, accountId } = inner;
    const operation = own(own(this.#parts.cloud.services, request.service)?.operations ?? {}, request.operation);
    if (isReadOnly(operation)) return;
    const carried = this.#carriedFor(request, accountId, world);
    if (carried === undefined) return this.#writeThrough(request, accountId, ids);
    const done = await this.#asked(carried, inner, ids);
    if (done.kind === 'ok') return;
    throw new NotCarriedError(request.service, request.operation, done.error.code, done.error.message);
  }

  async #writeThrough({ service, operation, input, request }: CallRequest, accountId: string, ids: Ids): Promise<void> {
    const known = own(own(this.#parts.cloud.services, service)?.operations ?? {}, operation);
    if (service !== 'iam' || isReadOnly(known) || !isWrittenThrough(operation)) return;
    await this.#send({ service, operation, input: exchanged(input, ids), accountId, region: request.region });
  }

  /** Asks the emulator; answers what the call comes to, and notes the ids that it made up. */
  async #asked(
    carried: CarriedOperation,
    { request, accountId, output }: Asked,
    ids: Map<string, string> = new Map(),
  ): Promise<Performed['outcome']> {
    const { service, operation } = request;
    const input: Input = exchanged(request.input, ids);
    const ours = recordOf(output);
    const answer = await this.#send({
      service,
      operation,
      input: carried.sent?.(input, ours) ?? input,
      accountId,
      region: request.request.region,
    });
    if (answer.kind === 'error') {
      const { code, message, status } = answer;
      if (contradicts(answer)) throw new NotCarriedError(service, operation, code, message);
      return { kind: 'error', error: new AwsError(code, message, { status }) };
    }
    noteIds(ids, carried.ids ?? [], ours, answer.output);
    const known = exchanged(ours, ids);
    return { kind: 'ok', output: carried.answer?.(answer.output, known, request) ?? answer.output };
  }

  /** @throws LostError */
  async #send(call: {
    readonly service: string;
    readonly operation: string;
    readonly input: Input;
    readonly accountId: string;
    readonly region: string;
  }): Promise<DecodedResponse> {
    const { cloud, connection, session, currentSession } = this.#parts;
    const known = currentSession();
    if (known !== undefined && known !== session) throw new LostError(connection.url);
    const model = own(cloud.services, call.service)?.model;
    if (model === undefined) throw new Error(`The cloud has no service ${call.service}`);
    return connection.call({ ...call, model }, session);
  }
}
