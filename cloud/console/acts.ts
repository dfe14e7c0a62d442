/**
 * What AWS lets one do only in its console: the root user's MFA device, password and access keys, and signing in with a password. Each is an
 * act on the learner's account, as a change and as CloudTrail tells of it. AWS IAM User Guide, "AWS account root user".
 */
import { enablePatches, type Patch, produceWithPatches } from 'immer';
import type { AnyCaller } from '../../iam/model.ts';
import type { AccountDraft, Hashes, Random } from '../call.ts';
import { userCaller } from '../credentials.ts';
import { AwsError } from '../errors.ts';
import { own } from '../own.ts';
import { mfaDeviceArn } from '../services/iam/arns.ts';
import { digestPassword, isPassword, requireGoodPassword, withPassword } from '../services/iam/passwords.ts';
import { plantRootDevice } from '../services/iam/planting.ts';
import { isCurrentCode } from '../services/iam/totp.ts';
import { addSession } from '../services/sts/credentials.ts';
import type { SessionState } from '../services/sts/state.ts';
import type { World } from '../world.ts';

enablePatches();

/** An act by its name, with what it takes. */
export type ConsoleAct =
  | { readonly name: 'EnableRootMfa' | 'DisableRootMfa' }
  | { readonly name: 'SetRootPassword'; readonly password: string }
  | { readonly name: 'DeleteRootAccessKey'; readonly accessKeyId: string }
  /** `user` is a user's name, or `root`. */
  | {
      readonly name: 'SignIn';
      readonly user: string;
      readonly password: string;
      readonly code?: string;
      readonly newPassword?: string;
    };

export interface ConsoleTools {
  /** The sandbox's clock, and real time, epoch milliseconds. */
  readonly now: number;
  readonly realNow: number;
  readonly hashes: Hashes;
  readonly random: Random;
}

/** What an act came to. */
export interface ConsoleDone {
  /** Whoever acted; undefined where a sign-in names nobody. */
  readonly caller: AnyCaller | undefined;
  readonly outcome:
    | { readonly kind: 'ok'; readonly session?: SessionState; readonly isMfa: boolean }
    | { readonly kind: 'error'; readonly error: AwsError };
  readonly world: World;
  /** Empty where nothing changed. */
  readonly patches: readonly Patch[];
}

/** Seconds that a console session lasts, as AWS's do. */
const SESSION_SECONDS = 12 * 60 * 60;

/** Does an act on the learner's account. A refusal is an outcome, and changes nothing. */
export function consoleAct(world: World, act: ConsoleAct, tools: ConsoleTools): ConsoleDone {
  const id = world.primaryAccountId;
  const account = own(world.accounts, id);
  if (account === undefined) throw new Error(`The sandbox has no account ${id}`);
  const root = { kind: 'root', accountId: id } as const;
  const caller = act.name === 'SignIn' && act.user !== 'root' ? userCaller(account, act.user) : root;
  let session: SessionState | undefined;
  try {
    const [after, patches] = produceWithPatches(account, (draft) => {
      session = done(draft as AccountDraft, act, tools);
    });
    return {
      caller,
      outcome: { kind: 'ok', ...(session && { session }), isMfa: session?.mfaAt !== undefined },
      world: { ...world, accounts: { ...world.accounts, [id]: after } },
      patches: patches.map((patch) => ({ ...patch, path: ['accounts', id, ...patch.path] })),
    };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { caller, outcome: { kind: 'error', error }, world, patches: [] };
  }
}

/** @throws AwsError for what the console would not do */
function done(account: AccountDraft, act: ConsoleAct, tools: ConsoleTools): SessionState | undefined {
  const { iam } = account;
  switch (act.name) {
    case 'EnableRootMfa':
      if (own(iam.virtualMfaDevices, rootDevice(account)) !== undefined)
        throw new AwsError('EntityAlreadyExists', 'The root user has an MFA device already.', { status: 409 });
      plantRootDevice(account, tools.now, tools.random);
      return undefined;
    case 'DisableRootMfa':
      if (own(iam.virtualMfaDevices, rootDevice(account)) === undefined)
        throw new AwsError('NoSuchEntity', 'The root user has no MFA device.', { status: 404 });
      delete iam.virtualMfaDevices[rootDevice(account)];
      return undefined;
    case 'SetRootPassword':
      requireGoodPassword(act.password, undefined);
      iam.rootPasswordDigest = digestPassword(act.password, tools);
      if (iam.rootLogin?.kind === 'none') iam.rootLogin = { kind: 'recovered', createdAt: tools.now };
      return undefined;
    case 'DeleteRootAccessKey': {
      const key = own(iam.accessKeys, act.accessKeyId);
      if (key === undefined || key.user !== undefined)
        throw new AwsError('NoSuchEntity', `The root user has no access key ${act.accessKeyId}.`, { status: 404 });
      delete iam.accessKeys[act.accessKeyId];
      return undefined;
    }
    case 'SignIn':
      return act.user === 'root' ? signInAsRoot(account, act, tools) : signInAsUser(account, act, tools);
  }
}

function rootDevice(account: AccountDraft): string {
  return mfaDeviceArn(account.id, { path: '/', name: 'root-account-mfa-device' });
}

type SignIn = Extract<ConsoleAct, { name: 'SignIn' }>;

/** One text, whatever is wrong: who guesses learns nothing. */
function incorrect(): AwsError {
  const text = 'Your authentication information is incorrect. Please try again.';
  return new AwsError('AuthenticationFailed', text, { status: 401 });
}

function signInAsRoot(account: AccountDraft, act: SignIn, tools: ConsoleTools): SessionState {
  const { iam } = account;
  const digest = iam.rootLogin?.kind === 'none' ? undefined : iam.rootPasswordDigest;
  if (digest === undefined || !isPassword(act.password, digest, tools.hashes)) throw incorrect();
  const serials = Object.values(iam.virtualMfaDevices).flatMap((device) =>
    device.user === 'root' ? [device.serialNumber] : [],
  );
  const mfa = provenBy(account, serials, act, tools);
  iam.rootPasswordLastUsed = tools.now;
  const parts = { kind: 'user', tags: {}, transitiveTagKeys: [], chained: false, ...mfa } as const;
  return addSession(account, parts, { now: tools.now, seconds: SESSION_SECONDS }, tools.random);
}

function signInAsUser(account: AccountDraft, act: SignIn, tools: ConsoleTools): SessionState {
  const user = own(account.iam.users, act.user);
  const login = user?.loginProfile;
  if (user === undefined || login === undefined || !isPassword(act.password, login.passwordDigest, tools.hashes))
    throw incorrect();
  const serials = user.mfaDevices.map(({ serialNumber }) => serialNumber);
  const mfa = provenBy(account, serials, act, tools);
  if (login.resetRequired) {
    if (act.newPassword === undefined)
      throw new AwsError('PasswordResetRequired', 'You must change your password to continue: give a new one.', {
        status: 403,
      });
    requireGoodPassword(act.newPassword, account.iam.passwordPolicy);
    const changed = withPassword(login, act.newPassword, account.iam.passwordPolicy, tools);
    user.loginProfile = { ...changed, resetRequired: false } as typeof login;
  }
  user.passwordLastUsed = tools.now;
  const who = { principalId: user.id, principalName: user.name };
  const parts = { kind: 'user', ...who, tags: {}, transitiveTagKeys: [], chained: false, ...mfa } as const;
  return addSession(account, parts, { now: tools.now, seconds: SESSION_SECONDS }, tools.random);
}

/** That a code of one of the devices came with it, where there are devices. @throws AwsError */
function provenBy(
  account: AccountDraft,
  serials: readonly string[],
  { code }: SignIn,
  { now, hashes }: ConsoleTools,
): { readonly mfaAt?: number } {
  if (serials.length === 0) return {};
  if (code === undefined) {
    const text = 'Multi-factor authentication is needed: give the code that your device shows.';
    throw new AwsError('MfaCodeRequired', text, { status: 401 });
  }
  const isGood = serials.some((serial) => {
    const seed = own(account.iam.virtualMfaDevices, serial)?.seed;
    return seed !== undefined && isCurrentCode(seed, code, now, hashes);
  });
  if (!isGood) throw incorrect();
  return { mfaAt: now };
}
