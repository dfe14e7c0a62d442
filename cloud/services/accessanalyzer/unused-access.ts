/**
 * Credentials, roles and permissions that nobody used for a while. IAM User Guide, "Findings for unused access": who was made within that
 * time is not told of; of a role that was not used at all its permissions are not.
 */
import type { Hashes } from '../../call.ts';
import type { PastCall } from '../../ledger/past-call.ts';
import type { ManagedPolicyCatalogue } from '../../managed-policies.ts';
import { own } from '../../own.ts';
import { shownByName } from '../../state-key.ts';
import type { Account, World } from '../../world.ts';
import { allowedServices, isTracked } from '../iam/allowed-actions.ts';
import { roleArn, userArn } from '../iam/arns.ts';
import { accessedBy } from '../iam/last-accessed.ts';
import { reportSubject } from '../iam/report-subject.ts';
import { findingId } from './finding-id.ts';
import type { Exclusion, Finding, FindingDetails, UnusedConfiguration, UnusedService } from './state.ts';

const DAY = 86_400_000;

/** What is known when unused access is looked for. */
export interface UnusedFacts {
  readonly world: World;
  readonly configuration: UnusedConfiguration;
  /** The calls of the account's users and roles, newest first. */
  readonly calls: readonly PastCall[];
  readonly now: number;
  readonly hashes: Hashes;
  readonly managedPolicies: ManagedPolicyCatalogue;
}

export function unusedAccess(account: Account, facts: UnusedFacts): readonly Finding[] {
  const since = facts.now - facts.configuration.age * DAY;
  const isOld = (at: number | undefined) => at === undefined || at < since;
  const { users, roles, accessKeys } = account.iam;
  const found: Finding[] = [];
  const tell = (arn: string, type: 'Role' | 'User', details: FindingDetails, ...more: readonly string[]) => {
    const id = findingId(facts.hashes, account.id, details.kind, arn, ...more);
    found.push({ id, resource: arn, resourceType: `AWS::IAM::${type}`, ownerAccountId: account.id, details });
  };
  for (const role of Object.values(roles)) {
    const arn = roleArn(account.id, role);
    const isAwsOwn = role.path.startsWith('/aws-service-role/');
    if (isAwsOwn || role.createdAt >= since || isExcluded(account, role.tags, facts.configuration.exclusions)) continue;
    const last = lastOf(role.lastUsed?.at, facts.calls.find(({ entity }) => entity === arn)?.at);
    if (isOld(last)) tell(arn, 'Role', { kind: 'UnusedIAMRole', ...lastAccessed(last) });
    else tellPermissions(arn, 'Role');
  }
  for (const user of Object.values(users)) {
    const arn = userArn(account.id, user);
    if (isExcluded(account, user.tags, facts.configuration.exclusions)) continue;
    for (const key of Object.values(accessKeys)) {
      if (key.user !== user.name || key.status !== 'Active' || key.createdAt >= since || !isOld(key.lastUsed?.at))
        continue;
      const details = {
        kind: 'UnusedIAMUserAccessKey',
        accessKeyId: key.id,
        ...lastAccessed(key.lastUsed?.at),
      } as const;
      tell(arn, 'User', details, key.id);
    }
    const { loginProfile, passwordLastUsed } = user;
    if (loginProfile !== undefined && loginProfile.createdAt < since && isOld(passwordLastUsed)) {
      tell(arn, 'User', { kind: 'UnusedIAMUserPassword', ...lastAccessed(passwordLastUsed) });
    }
    if (user.createdAt < since) tellPermissions(arn, 'User');
  }
  return found;

  function tellPermissions(arn: string, type: 'Role' | 'User'): void {
    const services = unusedServices(account, arn, facts, isOld);
    if (services.length > 0) tell(arn, type, { kind: 'UnusedPermission', services });
  }
}

/** The state follows the calls with some delay. */
function lastOf(kept: number | undefined, called: number | undefined): number | undefined {
  return kept === undefined || (called !== undefined && called > kept) ? called : kept;
}

function lastAccessed(at: number | undefined): { readonly lastAccessed?: number } {
  return at === undefined ? {} : { lastAccessed: at };
}

function isExcluded(
  account: Account,
  tags: readonly { readonly Key: string; readonly Value: string }[],
  exclusions: readonly Exclusion[],
): boolean {
  const has = (wanted: Readonly<Record<string, string>>) =>
    Object.entries(shownByName(wanted)).every(([key, value]) =>
      tags.some((tag) => tag.Key === key && tag.Value === value),
    );
  return exclusions.some(
    ({ accountIds, tags: wanted }) =>
      (accountIds === undefined || accountIds.includes(account.id)) && (wanted === undefined || wanted.some(has)),
  );
}

/** What its permissions policies allow and it did not use: whole services, and tracked actions of those that it used. */
function unusedServices(
  account: Account,
  arn: string,
  { world, calls, managedPolicies }: UnusedFacts,
  isOld: (at: number | undefined) => boolean,
): readonly UnusedService[] {
  const { allows } = reportSubject(world, account, arn, managedPolicies);
  const accessed = accessedBy(calls.filter(({ entity }) => entity === arn));
  return allowedServices(allows).flatMap(({ prefix, actions }): readonly UnusedService[] => {
    const service = own(accessed, prefix);
    if (isOld(service?.at)) return [{ prefix, ...lastAccessed(service?.at) }];
    const unused = actions.flatMap((action) => {
      const at = own(service?.byAction ?? {}, action)?.at;
      return isTracked(prefix, action) && isOld(at) ? [{ action, ...lastAccessed(at) }] : [];
    });
    return unused.length === 0 ? [] : [{ prefix, ...lastAccessed(service?.at), actions: unused }];
  });
}
