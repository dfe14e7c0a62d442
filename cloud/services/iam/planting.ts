/**
 * What no call can make and an author of a start state says: how old users, roles, keys and passwords are, when they were used, MFA
 * devices without an authenticator app, and the state of the root user.
 */
import { makeAccessKeyId } from '../../access-key.ts';
import type { AccountDraft, Random } from '../../call.ts';
import { own } from '../../own.ts';
import { makeSecretAccessKey } from './access-keys.ts';
import { mfaDeviceArn } from './arns.ts';
import type { AccessKeyState } from './state.ts';
import { makeSeed } from './totp.ts';

/** Where and when a key was used. */
type Use = NonNullable<AccessKeyState['lastUsed']>;

/** Times are on the sandbox's clock, epoch milliseconds; what is absent stays as it is. */
export interface PlantedUser {
  readonly createdAt?: number;
  readonly password?: { readonly setAt?: number; readonly usedAt?: number };
  readonly mfaSince?: number;
}

export interface PlantedRoot {
  readonly password?: 'none' | { readonly usedAt?: number };
  readonly mfaSince?: number;
  /** A key of the root user's, which AWS's console alone makes. */
  readonly key?: { readonly createdAt: number; readonly lastUsed?: Use };
}

/** @throws Error where there is no such user, or a password is spoken of that the user does not have */
export function plantUser(
  account: AccountDraft,
  name: string,
  { createdAt, password, mfaSince }: PlantedUser,
  random: Random,
): void {
  const user = own(account.iam.users, name);
  if (user === undefined) throw new Error(`There is no user/${name}`);
  if (createdAt !== undefined) user.createdAt = createdAt;
  if (password !== undefined) {
    if (user.loginProfile === undefined) throw new Error(`user/${name} has no password: give it a LoginProfile`);
    if (password.setAt !== undefined) user.loginProfile = { ...user.loginProfile, createdAt: password.setAt };
    if (password.usedAt !== undefined) user.passwordLastUsed = password.usedAt;
  }
  if (mfaSince === undefined) return;
  const serialNumber = plantDevice(account, { device: name, holder: name }, mfaSince, random);
  user.mfaDevices.push({ serialNumber, enabledAt: mfaSince });
}

/** @throws Error where there is no such role */
export function plantRole(
  account: AccountDraft,
  name: string,
  { createdAt, lastUsed }: { readonly createdAt?: number; readonly lastUsed?: Pick<Use, 'at' | 'region'> },
): void {
  const role = own(account.iam.roles, name);
  if (role === undefined) throw new Error(`There is no role/${name}`);
  if (createdAt !== undefined) role.createdAt = createdAt;
  if (lastUsed !== undefined && lastUsed.at > (role.lastUsed?.at ?? 0)) role.lastUsed = lastUsed;
}

/** @throws Error where there is no such key */
export function plantKey(
  account: AccountDraft,
  id: string,
  { createdAt, lastUsed }: { readonly createdAt?: number; readonly lastUsed?: Use },
): void {
  const key = own(account.iam.accessKeys, id);
  if (key === undefined) throw new Error(`There is no access key ${id}`);
  if (createdAt !== undefined) key.createdAt = createdAt;
  if (lastUsed !== undefined && lastUsed.at > (key.lastUsed?.at ?? 0)) key.lastUsed = lastUsed;
}

export function plantRoot(account: AccountDraft, { password, mfaSince, key }: PlantedRoot, random: Random): void {
  if (password === 'none') account.iam.rootLogin = { kind: 'none' };
  else if (password?.usedAt !== undefined) account.iam.rootPasswordLastUsed = password.usedAt;
  if (mfaSince !== undefined) plantRootDevice(account, mfaSince, random);
  if (key === undefined) return;
  const id = makeAccessKeyId('AKIA', account.id, random);
  account.iam.accessKeys[id] = { id, secret: makeSecretAccessKey(random), status: 'Active', ...key };
}

/** The root user's device, under the name that the console gives it. */
export function plantRootDevice(account: AccountDraft, enabledAt: number, random: Random): string {
  return plantDevice(account, { device: 'root-account-mfa-device', holder: 'root' }, enabledAt, random);
}

function plantDevice(
  account: AccountDraft,
  { device, holder }: { readonly device: string; readonly holder: string },
  enabledAt: number,
  random: Random,
): string {
  const serialNumber = mfaDeviceArn(account.id, { path: '/', name: device });
  account.iam.virtualMfaDevices[serialNumber] = {
    serialNumber,
    seed: makeSeed(random),
    user: holder,
    enabledAt,
    tags: [],
  };
  return serialNumber;
}
