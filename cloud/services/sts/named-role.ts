/** The role that a request wants to assume, by its ARN. */
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { Account, World } from '../../world.ts';
import { roleArn } from '../iam/arns.ts';
import type { RoleState } from '../iam/state.ts';

const anyArn = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/;
const roleArnShape = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

/** @throws ValidationError for what is no ARN */
export function accountOfRole(arn: string): string | undefined {
  if (!anyArn.test(arn)) throw new AwsError('ValidationError', `${arn} is invalid`, { status: 400 });
  return roleArnShape.exec(arn)?.[1];
}

/** The role with exactly this ARN, path and letters included. */
export function roleWithArn(account: Account, arn: string): RoleState | undefined {
  const role = own(account.iam.roles, roleArnShape.exec(arn)?.[2] ?? '');
  return role !== undefined && roleArn(account.id, role) === arn ? role : undefined;
}

/** A role of any account of the sandbox. @throws ValidationError for what is no ARN */
export function findRole(world: World, arn: string): RoleState | undefined {
  const account = own(world.accounts, accountOfRole(arn) ?? '');
  return account && roleWithArn(account, arn);
}

/** The account on whose state a role is assumed: of one that is not here no role trusts anybody, and the decision says so. */
export function ownerOfRole(arn: string, world: World, callerAccountId: string): string {
  const accountId = accountOfRole(arn) ?? '';
  return own(world.accounts, accountId) === undefined ? callerAccountId : accountId;
}

/** @throws ValidationError above the role's longest session */
export function requireDuration(role: RoleState, seconds: number): void {
  if (seconds > role.maxSessionDuration) throw tooLong('MaxSessionDuration set for this role.');
}

export function tooLong(limit: string): AwsError {
  const message = `The requested DurationSeconds exceeds the ${limit}`;
  return new AwsError('ValidationError', message, { status: 400 });
}
