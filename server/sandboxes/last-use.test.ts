import { applyPatches, enablePatches } from 'immer';
import { describe, expect, it } from 'vitest';
import { resolveCredential } from '../../cloud/credentials.ts';
import type { CallRequest } from '../../cloud/perform.ts';
import { adminWorld } from '../gateway/testing/admin-world.ts';
import { LastUse, showsLastUse } from './last-use.ts';

enablePatches();
const MINUTE = 60_000;
const id = '111122223333';
const { world, accessKeyId } = adminWorld(id);
const credential = resolveCredential(world, accessKeyId, 0);
if (credential.kind !== 'found') throw new Error('no key');

const request = (service: string, operation: string): CallRequest => ({
  service,
  operation,
  input: {},
  caller: credential.caller,
  request: { sourceIp: '127.0.0.1', secureTransport: false, userAgent: '', region: 'eu-west-1' },
  requestId: 'r',
  realNow: 0,
});

describe('the last use of a key', () => {
  it('is in the world that it is folded into, and in the patches', () => {
    const uses = new LastUse();
    uses.note(request('s3', 'GetObject'), accessKeyId, 5 * MINUTE);
    const folded = uses.foldInto(world, 1);
    const lastUsed = { at: 5 * MINUTE, region: 'eu-west-1', service: 's3' };
    expect(folded.world.accounts[id]?.iam.accessKeys[accessKeyId]?.lastUsed).toEqual(lastUsed);
    expect(applyPatches(world, [...folded.patches])).toEqual(folded.world);
    expect(world.accounts[id]?.iam.accessKeys[accessKeyId]?.lastUsed).toBeUndefined();
  });

  it('is written again only when it is newer by a grain', () => {
    const uses = new LastUse();
    uses.note(request('s3', 'GetObject'), accessKeyId, MINUTE);
    const first = uses.foldInto(world, MINUTE);
    uses.note(request('s3', 'GetObject'), accessKeyId, 2 * MINUTE - 1);
    expect(uses.foldInto(first.world, MINUTE)).toEqual({ world: first.world, patches: [] });
    uses.note(request('s3', 'GetObject'), accessKeyId, 2 * MINUTE);
    expect(uses.foldInto(first.world, MINUTE).patches).toHaveLength(1);
  });

  it('of a key that is gone is forgotten', () => {
    const uses = new LastUse();
    uses.note(request('s3', 'GetObject'), 'AKIAGONEGONEGONEGONE', MINUTE);
    expect(uses.foldInto(world, 1)).toEqual({ world, patches: [] });
  });

  it('is shown by the operations that report it', () => {
    expect(showsLastUse(request('iam', 'GetAccessKeyLastUsed'))).toBe(true);
    expect(showsLastUse(request('iam', 'ListUsers'))).toBe(false);
    expect(showsLastUse(request('s3', 'GetRole'))).toBe(false);
  });
});
