/** The metadata service as a test asks it: the sandbox keeps what it changes. */
import assert from 'node:assert/strict';
import { applyPatches } from 'immer';
import type { AnyCaller } from '../../../iam/model.ts';
import { nodeHashes, nodeRandom } from '../../../server/hashes/node-hashes.ts';
import { resolveCredential } from '../../credentials.ts';
import { createCloud } from '../../index.ts';
import type { World } from '../../world.ts';
import { answerMetadata, type MetadataRequest } from '../answer.ts';

const cloud = createCloud({
  hashes: nodeHashes,
  random: nodeRandom,
  managedPolicies: { get: () => undefined, list: () => [] },
});

/** Whatever keeps a world. */
export interface Keeps {
  world: World;
  now: number;
}

/** What came back: the status 0 where nothing did. */
export interface Seen {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** An instance of the primary account in us-east-1 asks. */
export function asks(
  kept: Keeps,
  instanceId: string,
  request: Partial<MetadataRequest> & { readonly path: string },
): Seen {
  const host = { accountId: kept.world.primaryAccountId, region: 'us-east-1', instanceId };
  const whole = { method: 'GET', headers: {}, hops: 1, ...request };
  const { response, world, patches } = answerMetadata(cloud, kept.world, host, whole, { realNow: kept.now });
  assert.deepEqual(applyPatches(kept.world, [...patches]), world);
  kept.world = world;
  if (response.kind === 'unreachable') return { status: 0, text: '', headers: {} };
  return { status: response.status, text: new TextDecoder().decode(response.body), headers: response.headers };
}

const ttl = 'x-aws-ec2-metadata-token-ttl-seconds';

export function tokenOf(kept: Keeps, instanceId: string, seconds = 60): Readonly<Record<string, string>> {
  const { text } = asks(kept, instanceId, {
    method: 'PUT',
    path: '/latest/api/token',
    headers: { [ttl]: String(seconds) },
  });
  return { 'x-aws-ec2-metadata-token': text };
}

/** The credentials of the role on an instance, and the caller that they are; by version 2 of the service. */
export function roleOn(kept: Keeps, instanceId: string, headers = tokenOf(kept, instanceId)): AnyCaller {
  const folder = '/latest/meta-data/iam/security-credentials/';
  const { text: name } = asks(kept, instanceId, { path: folder, headers });
  const { AccessKeyId } = JSON.parse(asks(kept, instanceId, { path: folder + name, headers }).text);
  const credential = resolveCredential(kept.world, AccessKeyId, kept.now + kept.world.clockOffset);
  if (credential.kind !== 'found') throw new Error(`The credentials are ${credential.kind}`);
  return credential.caller;
}
