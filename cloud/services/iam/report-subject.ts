/** Whom a report on last accesses is about, and what their policies allow. IAM API Reference, GenerateServiceLastAccessedDetails. */
import type { Policy } from '../../../iam/policy.ts';
import { roleCaller, userCaller } from '../../credentials.ts';
import type { ManagedPolicyCatalogue } from '../../managed-policies.ts';
import { own } from '../../own.ts';
import { groupPolicies, policiesOfPrincipal } from '../../principal-policies.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import type { Account, World } from '../../world.ts';
import { groupArn, roleArn, userArn } from './arns.ts';
import { noSuchEntity } from './errors.ts';
import { entitiesUsing } from './policy-usage.ts';
import type { AccessReportState, GroupState, UserState } from './state.ts';

type Subject = Pick<AccessReportState, 'allows' | 'entities'>;

/** @param arn of a user, a group, a role or a managed policy. @throws AwsError NoSuchEntity */
export function reportSubject(world: World, account: Account, arn: string, catalogue: ManagedPolicyCatalogue): Subject {
  const found =
    ofUser(world, account, arn, catalogue) ??
    ofRole(world, account, arn, catalogue) ??
    ofGroup(account, arn, catalogue) ??
    ofPolicy(account, arn, catalogue);
  if (found === undefined) throw noSuchEntity(`ARN ${arn} does not exist.`);
  return found;
}

function ofUser(world: World, account: Account, arn: string, catalogue: ManagedPolicyCatalogue): Subject | undefined {
  const user = Object.values(account.iam.users).find((each) => userArn(account.id, each) === arn);
  const caller = user && userCaller(account, user.name);
  return caller && { entities: [arn], allows: allowsOf(policiesOfPrincipal(world, caller, catalogue).identity) };
}

function ofRole(world: World, account: Account, arn: string, catalogue: ManagedPolicyCatalogue): Subject | undefined {
  const role = Object.values(account.iam.roles).find((each) => roleArn(account.id, each) === arn);
  const caller = role && roleCaller(account, role.name, 'report', { issuedAt: 0 });
  return caller && { entities: [arn], allows: allowsOf(policiesOfPrincipal(world, caller, catalogue).identity) };
}

function ofGroup(account: Account, arn: string, catalogue: ManagedPolicyCatalogue): Subject | undefined {
  const group = Object.values(account.iam.groups).find((each) => groupArn(account.id, each) === arn);
  return (
    group && {
      entities: membersOf(account, group).map((user) => userArn(account.id, user)),
      allows: allowsOf(groupPolicies(account, group.name, catalogue)),
    }
  );
}

function ofPolicy(account: Account, arn: string, catalogue: ManagedPolicyCatalogue): Subject | undefined {
  const policy = own(account.iam.policies, arn);
  const version = policy?.versions.find(({ id }) => id === policy.defaultVersionId);
  const document = version?.document ?? catalogue.get(arn)?.document;
  if (document === undefined) return undefined;
  const { users, groups, roles } = entitiesUsing(account.iam, arn, 'PermissionsPolicy');
  const members = groups.flatMap((group) => membersOf(account, group));
  const arns = [...users, ...members].map((user) => userArn(account.id, user));
  return {
    entities: [...new Set([...arns, ...roles.map((role) => roleArn(account.id, role))])],
    allows: allowsOf([{ policy: readStoredPolicy(document, 'identity') }]),
  };
}

function membersOf({ iam }: Account, { name }: GroupState): readonly UserState[] {
  return Object.values(iam.users).filter(({ groups }) => groups.includes(name));
}

function allowsOf(policies: readonly { readonly policy: Policy }[]): Subject['allows'] {
  return policies.flatMap(({ policy }) =>
    policy.statements
      .filter(({ effect }) => effect === 'Allow')
      .map(({ action: { not, values } }) => ({ not, values: [...values] })),
  );
}
