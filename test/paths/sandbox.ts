/** The sandbox that rows are played in: the whole cloud with AWS's own managed policies, calls through the door. */
import { Course } from '../../cloud/course.ts';
import { resolveCredential, roleCaller, userCaller } from '../../cloud/credentials.ts';
import { createCloud } from '../../cloud/index.ts';
import { newAccount, newWorld } from '../../cloud/new-world.ts';
import { type Cloud, codeDoesNotRun, nothingRecalled, type Performed } from '../../cloud/perform.ts';
import { type Driven, followed, performing, type Suspended } from '../../cloud/performing.ts';
import { bytesOf, type RunOrder, type RunResult } from '../../cloud/process.ts';
import { type HostRan, type HostScript, runOnHost } from '../../cloud/services/ec2/hosts.ts';
import { issueToken } from '../../cloud/services/sts/token-issuers.ts';
import { countingRandom } from '../../cloud/testing/counting-random.ts';
import { passing } from '../../cloud/time.ts';
import type { World } from '../../cloud/world.ts';
import type { AnyCaller } from '../../iam/model.ts';
import { nodeHashes } from '../../server/hashes/node-hashes.ts';
import { readManagedPolicies } from '../../server/sandboxes/managed-policies.ts';
import type { Answers, CallStep, TokenStep, Who } from './row.ts';

export const accountId = '111122223333';
export const partnerId = '444455556666';

const managedPolicies = await readManagedPolicies();
const hour = 3_600_000;

/** Runs the code that a call waits for; it may make calls of its own meanwhile. Absent: such calls fail. */
export type RunCode = (order: RunOrder, sandbox: PathSandbox) => Promise<RunResult>;

export class PathSandbox {
  world: World;
  /** Real time, epoch milliseconds. */
  now = Date.UTC(2026, 0, 5, 12);
  readonly blobs = new Map<string, Uint8Array>();
  readonly #cloud: Cloud;
  readonly #runCode: RunCode | undefined;

  constructor(runCode?: RunCode) {
    const world = newWorld({ accountId, region: 'us-east-1' });
    this.world = { ...world, accounts: { ...world.accounts, [partnerId]: newAccount(partnerId) } };
    this.#cloud = createCloud({ hashes: nodeHashes, random: countingRandom(), managedPolicies });
    this.#runCode = runCode;
  }

  /** One call, also of code that runs. */
  async perform(step: Pick<CallStep, 'call' | 'with'>, caller: AnyCaller, answers: Answers): Promise<Performed> {
    const [service = '', operation = ''] = step.call.split(':');
    const input = typeof step.with === 'function' ? step.with(answers, this.now) : (step.with ?? {});
    // Whom a token speaks of is the caller, whoever signed the request: as at the gateway.
    const bearer = this.#cloud.services[service]?.unsigned?.[operation]?.callerOf?.(input, this.world, this.now);
    const performed = await this.#drive(
      performing(this.#cloud, this.world, {
        service,
        operation,
        input: input as Readonly<Record<string, unknown>>,
        caller: bearer ?? caller,
        request: { sourceIp: '203.0.113.7', secureTransport: true, userAgent: 'test', region: 'us-east-1' },
        requestId: 'request-1',
        realNow: this.now,
      }),
    );
    this.#keep(performed);
    return performed;
  }

  /** A token of an issuer that the sandbox plays. */
  token({ issuer, claims }: TokenStep['token']): string {
    const issued = issueToken(this.world, { issuer, claims, now: this.now, cloud: this.#cloud });
    this.world = issued.world;
    return issued.token;
  }

  /** Runs a script on an instance, as who is logged in there does. */
  async onHost(host: HostScript): Promise<HostRan> {
    const course = new Course(this.world);
    const ground = { cloud: this.#cloud, course };
    const request = { sourceIp: '203.0.113.7', secureTransport: true, userAgent: 'test', region: host.region };
    function* run(): Driven<{ readonly ran: HostRan; readonly world: World }> {
      const ran = yield* followed(ground, runOnHost(host), { request, realNow: now }, 0);
      return { ran, world: course.world };
    }
    const { now } = this;
    const { ran, world } = await this.#drive(run());
    this.#keep({ world, newBlobs: course.newBlobs });
    return ran;
  }

  /** The clock moves on by so many seconds. */
  async wait(seconds: number): Promise<void> {
    this.now += seconds * 1000;
    this.#keep(await this.#drive(passing(this.#cloud, this.world, this.now)));
  }

  /** @throws Error for one that is not there */
  callerOf(who: Who, answers: Answers): AnyCaller {
    const colon = who.indexOf(who.startsWith('from:') ? ':' : '/');
    const name = who.slice(colon + 1);
    switch (colon === -1 ? who : who.slice(0, colon)) {
      case 'root':
        return { kind: 'root', accountId };
      case 'partner':
        return { kind: 'root', accountId: partnerId };
      case 'anonymous':
        return { kind: 'anonymous' };
      case 'user':
        return found(userCaller(this.#account(accountId), name), who);
      case 'role':
        return found(roleCaller(this.#account(accountId), name, 'work', { issuedAt: this.now - hour }), who);
      case 'partner-role':
        return found(roleCaller(this.#account(partnerId), name, 'work', { issuedAt: this.now - hour }), who);
      default:
        return this.#signedBy(found(answers[name], who));
    }
  }

  #signedBy(answer: Answers[string]): AnyCaller {
    const key: unknown = (answer.Credentials ?? answer.AccessKey ?? answer).AccessKeyId;
    const credential = resolveCredential(this.world, String(key), this.now);
    if (credential.kind !== 'found') throw new UnusableCredentials(credential.kind);
    return credential.caller;
  }

  #account(id: string) {
    return found(this.world.accounts[id], id);
  }

  #keep({ world, newBlobs }: Pick<Suspended, 'world' | 'newBlobs'>): void {
    this.world = world;
    for (const [digest, bytes] of newBlobs) this.blobs.set(digest, bytes);
  }

  async #drive<Result>(driven: Driven<Result>): Promise<Result> {
    let next = driven.next();
    while (!next.done) {
      const suspended: Suspended = next.value;
      this.#keep(suspended);
      const ran = await this.#run(suspended.order);
      next = driven.next({ ran, world: this.world });
    }
    return next.value;
  }

  async #run(order: Suspended['order']) {
    if (order.kind === 'recall') return nothingRecalled;
    if (order.kind === 'read') return bytesOf(order.blob, found(this.blobs.get(order.blob.digest), order.blob.digest));
    return this.#runCode === undefined ? codeDoesNotRun() : await this.#runCode(order, this);
  }
}

/** Credentials that are inactive, expired, or unknown: no call can be signed with them. */
export class UnusableCredentials extends Error {
  readonly kind: string;

  constructor(kind: string) {
    super(`The credentials are ${kind}`);
    this.kind = kind;
  }
}

function found<Value>(value: Value | undefined, who: string): Value {
  if (value === undefined) throw new Error(`There is no ${who}`);
  return value;
}
