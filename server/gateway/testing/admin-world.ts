/** A sandbox for tests: one account with a user who may do anything, and that user's key. */
import { makeAccessKeyId } from '../../../cloud/access-key.ts';
import { newWorld } from '../../../cloud/new-world.ts';
import type { World } from '../../../cloud/world.ts';
import { nodeRandom } from '../../hashes/node-hashes.ts';

export interface AdminWorld {
  readonly world: World;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The user is called `Admin` and has AdministratorAccess. */
export function adminWorld(accountId: string): AdminWorld {
  const world = newWorld({ accountId, region: 'us-east-1' });
  const account = world.accounts[accountId];
  if (account === undefined) throw new Error('The new world has no account');
  const accessKeyId = makeAccessKeyId('AKIA', accountId, nodeRandom);
  const secretAccessKey = Buffer.from(nodeRandom.bytes(30)).toString('base64');
  const user = {
    name: 'Admin',
    path: '/',
    id: 'AIDAQAAAAAAAAAAAAAAAA',
    createdAt: 0,
    tags: [],
    inlinePolicies: {},
    attachedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    groups: [],
    mfaDevices: [],
  };
  const key = { id: accessKeyId, secret: secretAccessKey, user: 'Admin', status: 'Active', createdAt: 0 } as const;
  const iam = { ...account.iam, users: { Admin: user }, accessKeys: { [accessKeyId]: key } };
  return {
    world: { ...world, accounts: { [accountId]: { ...account, iam } } },
    accessKeyId,
    secretAccessKey,
  };
}
