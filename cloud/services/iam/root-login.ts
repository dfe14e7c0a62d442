/**
 * The root user's password, as a session of AssumeRoot finds it: whether there is one, taken away, and given back by its owner's mailbox.
 * IAM User Guide, "Perform a privileged task on an AWS Organizations member account".
 */
import type { LoginProfile } from '@aws-sdk/client-iam';
import type { AnyCaller } from '../../../iam/model.ts';
import type { AccountDraft } from '../../call.ts';
import { alreadyExists, noSuchEntity } from './errors.ts';
import type { IamState } from './state.ts';
import { shownTime } from './times.ts';

const nobody = 'Login Profile for User root cannot be found.';

/** Whether a call is about the root user's own password: without a name, by a session that AssumeRoot made. */
export function isAboutRootLogin(userName: string | undefined, caller: AnyCaller): boolean {
  return userName === undefined && caller.kind === 'root' && caller.session?.assumedRoot === true;
}

/** @throws NoSuchEntity where root has no password */
export function rootLogin({ rootLogin: login }: Pick<IamState, 'rootLogin'>): LoginProfile {
  if (login?.kind === 'none') throw noSuchEntity(nobody);
  // The password that an account begins with has no date here.
  return { UserName: 'root', CreateDate: shownTime(login?.createdAt ?? 0) };
}

/** Lets the root user set a password by its mailbox. @throws EntityAlreadyExists */
export function allowRootLogin(account: AccountDraft, now: number): LoginProfile {
  if (account.iam.rootLogin?.kind !== 'none') throw alreadyExists('Login Profile for user root already exists.');
  account.iam.rootLogin = { kind: 'recovered', createdAt: now };
  return rootLogin(account.iam);
}

/** @throws NoSuchEntity */
export function deleteRootLogin(account: AccountDraft): void {
  if (account.iam.rootLogin?.kind === 'none') throw noSuchEntity(nobody);
  account.iam.rootLogin = { kind: 'none' };
}
