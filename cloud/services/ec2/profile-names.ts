/** Instance profiles as EC2's calls name them: by name or by ARN. */
import { own } from '../../own.ts';
import { passRole } from '../../permissions/pass-role.ts';
import type { Permission, PermissionFacts } from '../../service.ts';
import type { Account } from '../../world.ts';
import { instanceProfileArn } from '../iam/arns.ts';
import { findByName } from '../iam/names.ts';
import type { RoleState } from '../iam/state.ts';
import { ec2Error } from './errors.ts';

/** As a request has it. */
export interface ProfileSpecification {
  readonly Arn?: string | undefined;
  readonly Name?: string | undefined;
}

/** An instance profile with the role in it. */
export interface FoundProfile {
  readonly arn: string;
  /** `AIPA…`. */
  readonly id: string;
  readonly role?: RoleState;
}

type HasIam = Pick<Account, 'id' | 'iam'>;

/** The profile that a request names; undefined where there is none such in the account. */
export function profileNamed(
  account: HasIam,
  specification: ProfileSpecification | undefined,
): FoundProfile | undefined {
  const { Arn, Name } = specification ?? {};
  const profile =
    Arn === undefined
      ? findByName(account.iam.instanceProfiles, Name ?? '')
      : Object.values(account.iam.instanceProfiles).find((each) => instanceProfileArn(account.id, each) === Arn);
  if (profile === undefined) return undefined;
  const role = profile.role === undefined ? undefined : findByName(account.iam.roles, profile.role);
  return { arn: instanceProfileArn(account.id, profile), id: profile.id, ...(role && { role }) };
}

/** @throws AwsError `InvalidParameterValue` */
export function requireProfile(account: HasIam, specification: ProfileSpecification | undefined): FoundProfile {
  const profile = profileNamed(account, specification);
  if (profile !== undefined) return profile;
  const { Arn, Name = '' } = specification ?? {};
  throw Arn === undefined
    ? ec2Error(
        'InvalidParameterValue',
        `Value (${Name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
      )
    : ec2Error(
        'InvalidParameterValue',
        `Value (${Arn}) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN`,
      );
}

/**
 * The permission to hand the role in a profile to EC2. Of a profile that is empty, or not there, nothing is passed.
 * @param instanceArn what gets it, or will
 */
export function passProfile(
  specification: ProfileSpecification | undefined,
  facts: PermissionFacts,
  instanceArn: string,
): readonly Permission[] {
  const account = own(facts.world.accounts, facts.callerAccountId);
  const role = account && profileNamed(account, specification)?.role;
  if (account === undefined || role === undefined) return [];
  const roleArn = `arn:aws:iam::${account.id}:role${role.path}${role.name}`;
  return [passRole(roleArn, 'ec2.amazonaws.com', facts, { associatedResourceArn: instanceArn })];
}
