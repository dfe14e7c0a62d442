/** A sandbox for tests: a cloud with Node’s hashes, and an account filled by ordinary calls of its root. */

import { createCloud } from '../../cloud/index.ts';
import type { ManagedPolicy } from '../../cloud/managed-policies.ts';
import { newWorld } from '../../cloud/new-world.ts';
import type { Cloud } from '../../cloud/perform.ts';
import type { World } from '../../cloud/world.ts';
import { nodeHashes, nodeRandom } from '../../server/hashes/node-hashes.ts';
import type { Check } from '../checks.ts';
import { type CheckResult, gradeStage } from '../grade.ts';
import { readInput } from '../input.ts';
import { offeredOperation } from '../operations.ts';
import { callAs, rootOf } from '../requests.ts';

const administrator: ManagedPolicy = {
  arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
  name: 'AdministratorAccess',
  path: '/',
  id: 'ANPAIWMBCKSKIEE64ZLYK',
  description: 'Everything',
  defaultVersionId: 'v1',
  createdAt: 0,
  updatedAt: 0,
  document: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
};

export const cloud: Cloud = createCloud({
  hashes: nodeHashes,
  random: nodeRandom,
  managedPolicies: {
    get: (arn) => (arn === administrator.arn ? administrator : undefined),
    list: () => [administrator],
  },
});

export const accountId = '111122223333';
export const platform = { cloud, realNow: Date.UTC(2026, 10, 24) };

/** One call: `service:Operation`, and its input as a challenge file would have it. */
export type Step = readonly [call: string, input: Readonly<Record<string, unknown>>];

export interface TestSandbox {
  readonly world: World;
  readonly blobs: ReadonlyMap<string, Uint8Array>;
}

/** The account after the steps, each by its root. */
export function sandboxAfter(...steps: readonly Step[]): TestSandbox {
  return afterMore(newWorld({ accountId, region: 'us-east-1' }), ...steps);
}

/** A sandbox after more steps, each by the root of its account. */
export function afterMore(before: World, ...steps: readonly Step[]): TestSandbox {
  let world = before;
  const blobs = new Map<string, Uint8Array>();
  for (const [name, data] of steps) {
    const offered = offeredOperation(name);
    const input = offered && readInput(offered.model.input, data);
    if (offered === undefined || input?.kind !== 'ok') throw new Error(`${name} cannot be called so`);
    const { service, operation } = offered;
    const performed = callAs({ world, caller: rootOf(world), service, operation, input: input.input }, platform);
    if (performed.outcome.kind === 'error') throw performed.outcome.error;
    world = performed.world;
    for (const [key, bytes] of performed.newBlobs) blobs.set(key, bytes);
  }
  return { world, blobs };
}

/** A policy that says one thing. */
export function policy(effect: 'Allow' | 'Deny', action: string, resource: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: effect, Action: action, Resource: resource }] });
}

/** Grades one check. */
export async function gradeOne(
  { world, blobs }: TestSandbox,
  check: Check,
  answers: Readonly<Record<string, string>> = {},
  start: World = world,
): Promise<CheckResult> {
  const stage = { id: null, title: 'Stage', you: [], restart: false, checks: [check] };
  const readBlob = async (key: string) => {
    const bytes = blobs.get(key);
    if (bytes === undefined) throw new Error(`There is no blob ${key}`);
    return bytes;
  };
  const variables = { Bucket: 'seeds-1', Flag: 'flag{0123}' };
  const [result] = await gradeStage({
    ...platform,
    stage,
    world,
    start: async () => start,
    variables,
    answers,
    readBlob,
  });
  if (result === undefined) throw new Error('nothing was graded');
  return result;
}
