/** A sandbox with the whole cloud, for the tests of its services: calls go through the door, as all calls do. */

import assert from 'node:assert/strict';
import { applyPatches } from 'immer';
import type { AnyCaller } from '../../iam/model.ts';
import { nodeHashes } from '../../server/hashes/node-hashes.ts';
import type { BlobBody } from '../call.ts';
import { userCaller } from '../credentials.ts';
import type { AwsError } from '../errors.ts';
import { createCloud } from '../index.ts';
import { newAccount, newWorld } from '../new-world.ts';
import { codeDoesNotRun, nothingRecalled, type Performed } from '../perform.ts';
import { type Driven, performing } from '../performing.ts';
import { bytesOf, type RunOrder, type RunResult } from '../process.ts';
import { passing } from '../time.ts';
import type { World } from '../world.ts';
import { countingRandom } from './counting-random.ts';

export const accountId = '111122223333';
export const partnerId = '444455556666';
export const root: AnyCaller = { kind: 'root', accountId };
export const partnerRoot: AnyCaller = { kind: 'root', accountId: partnerId };
export const anonymous: AnyCaller = { kind: 'anonymous' };

const cloud = createCloud({
  hashes: nodeHashes,
  random: countingRandom(),
  managedPolicies: { get: () => undefined, list: () => [] },
});

/** What a test reads of an answer: members by name, as deep as it likes. */
// biome-ignore lint/suspicious/noExplicitAny: answers of a hundred operations are read by tests that say what they expect
export type Output = any;

export function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

/** Statements as a policy document. */
export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

export function allow(
  action: string | readonly string[],
  resource: string | readonly string[] = '*',
  more: object = {},
) {
  return { Effect: 'Allow', Action: action, Resource: resource, ...more };
}

export function deny(
  action: string | readonly string[],
  resource: string | readonly string[] = '*',
  more: object = {},
) {
  return { Effect: 'Deny', Action: action, Resource: resource, ...more };
}

export class Sandbox {
  world: World;
  /** Real time, epoch milliseconds. */
  now = Date.UTC(2026, 0, 5, 12);
  region = 'us-east-1';
  /** What code comes to that a call or the clock has run, in the sandbox as it is stored by then. Absent: none can be run. */
  runs: ((order: RunOrder, world: World) => RunResult) | undefined;
  readonly #blobs = new Map<string, Uint8Array>();

  constructor() {
    const world = newWorld({ accountId, region: 'us-east-1' });
    this.world = { ...world, accounts: { ...world.accounts, [partnerId]: newAccount(partnerId) } };
  }

  /** One call: `s3:GetObject`. */
  perform(name: string, input: object, caller: AnyCaller = root): Performed {
    const [service = '', operation = ''] = name.split(':');
    const performed = this.#driven(
      performing(cloud, this.world, {
        service,
        operation,
        input: input as Readonly<Record<string, unknown>>,
        caller,
        request: { sourceIp: '203.0.113.7', secureTransport: true, userAgent: 'test', region: this.region },
        requestId: 'request-1',
        realNow: this.now,
      }),
    );
    // The journal must be able to tell the same story.
    assert.deepEqual(applyPatches(this.world, [...performed.patches]), performed.world);
    this.world = performed.world;
    for (const [key, bytes] of performed.newBlobs) this.#blobs.set(key, bytes);
    return performed;
  }

  #driven<Result>(driven: Driven<Result>): Result {
    let next = driven.next();
    while (!next.done) {
      const { order, world } = next.value;
      if (order.kind === 'recall') next = driven.next({ ran: nothingRecalled });
      else if (order.kind === 'read') next = driven.next({ ran: bytesOf(order.blob, this.#kept(order.blob.digest)) });
      else
        next = this.runs === undefined ? driven.throw(codeDoesNotRun()) : driven.next({ ran: this.runs(order, world) });
    }
    return next.value;
  }

  #kept(digest: string): Uint8Array {
    const bytes = this.#blobs.get(digest);
    if (bytes === undefined) throw new Error(`There is no blob ${digest}`);
    return bytes;
  }

  /** The output of a call that must succeed. */
  call(name: string, input: object = {}, caller: AnyCaller = root): Output {
    const { outcome } = this.perform(name, input, caller);
    if (outcome.kind === 'error') throw outcome.error;
    return outcome.output;
  }

  /** The error of a call that must fail. */
  fail(name: string, input: object = {}, caller: AnyCaller = root): AwsError {
    const { outcome } = this.perform(name, input, caller);
    if (outcome.kind === 'ok') throw new Error(`${name} succeeded`);
    return outcome.error;
  }

  /** Does what is due by `now`. */
  pass(): void {
    const passed = this.#driven(passing(cloud, this.world, this.now));
    assert.deepEqual(applyPatches(this.world, [...passed.patches]), passed.world);
    this.world = passed.world;
  }

  /** The permissions that a call asked for: `s3:GetObject arn:aws:s3:::b/k`. */
  asked(name: string, input: object = {}, caller: AnyCaller = root): readonly string[] {
    return this.perform(name, input, caller).decisions.map(({ request }) => `${request.action} ${request.resource}`);
  }

  /** The condition keys of a service's own that the first permission of a call carries. */
  context(
    name: string,
    input: object = {},
    caller: AnyCaller = root,
  ): Readonly<Record<string, string | readonly string[]>> {
    const [first] = this.perform(name, input, caller).decisions;
    return Object.fromEntries(
      Object.entries(first?.request.context ?? {}).filter(([key]) => /^(s3|ssm):(?!TlsVersion$)|Tag/.test(key)),
    );
  }

  /** A user with one inline policy. */
  user(name: string, ...statements: readonly object[]): AnyCaller {
    this.call('iam:CreateUser', { UserName: name });
    if (statements.length > 0) {
      this.call('iam:PutUserPolicy', { UserName: name, PolicyName: 'p', PolicyDocument: policy(...statements) });
    }
    const account = this.world.accounts[accountId];
    const caller = account && userCaller(account, name);
    if (caller === undefined) throw new Error(`There is no user ${name}`);
    return caller;
  }

  /** The bytes of a body as an answer names it. */
  bytes(body: BlobBody): Uint8Array {
    const whole = body.blobs.map((blob) => bytesOf(blob, this.#kept(blob.digest)).bytes);
    return new Uint8Array(Buffer.concat(whole)).slice(body.from, body.to);
  }

  /** The text of an object. */
  read(input: object, caller: AnyCaller = root): string {
    return new TextDecoder().decode(this.bytes(this.call('s3:GetObject', input, caller).Body));
  }
}
