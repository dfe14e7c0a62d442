/**
 * Who outside of a zone of trust may do something to a resource: decided by the policy engine, not by the text of policies.
 * IAM User Guide, "How IAM Access Analyzer findings work".
 */
import { listsAndGrants } from '../../../iam/access/beside-policies.ts';
import type { AccessCondition, KeyCondition } from '../../../iam/access/condition.ts';
import { type PrincipalAccess, whoCan } from '../../../iam/access/who-can.ts';
import type { Estate } from '../../../iam/account/account.ts';
import { isAccountId, parseArn } from '../../../iam/arn.ts';
import { splitOperatorName } from '../../../iam/conditions/operators.ts';
import type { AttachedPolicy } from '../../../iam/model.ts';
import type { PrincipalElement } from '../../../iam/policy.ts';
import { isPublicPolicy } from '../../../iam/public-policy.ts';
import type { Hashes } from '../../call.ts';
import { type OwnPolicies, ownPolicies } from '../../resource-policies.ts';
import { keptByKey } from '../../state-key.ts';
import type { World } from '../../world.ts';
import { controlsOf } from '../organizations/controls.ts';
import type { AnalyzedResource } from './analyzed-resources.ts';
import { findingId } from './finding-id.ts';
import { type Asked, granted } from './granted.ts';
import type { ExternalAccess, Finding, Principal } from './state.ts';

/** Accounts whose principals are trusted, and the organization that they are, where they are one. */
export interface ZoneOfTrust {
  readonly accountIds: readonly string[];
  readonly organizationId?: string;
}

interface Grouped {
  readonly principal: Principal;
  readonly conditions: readonly AccessCondition[];
  readonly actions: Set<string>;
  readonly sources: Set<'POLICY' | 'BUCKET_ACL'>;
}

/**
 * What principals outside of the zone may do to a resource: a finding for each of them and each set of conditions. AWS's own services are trusted,
 * and so is who comes for a resource of the zone (`aws:SourceArn`). Service and resource control policies are not looked at.
 */
export function externalAccess(
  world: World,
  resource: AnalyzedResource,
  zone: ZoneOfTrust,
  hashes: Hashes,
): readonly Finding[] {
  const [arn] = resource.arns;
  const policies = ownPolicies(world, {
    action: resource.action,
    resource: arn,
    resourceAccountId: resource.accountId,
    context: {},
  });
  const attached = attachedOf(policies);
  const services = new Set(
    attached.flatMap(({ policy }) => policy.statements.flatMap((each) => each.principal?.service ?? [])),
  );
  if (!attached.some((each) => namesOthers(each, zone))) return [];
  const ways = waysOf(policies, resource).map((way) => ({ ...way, estate: estateOf(resource, way.policies, zone) }));
  const groups = new Map<string, Grouped>();
  for (const asked of granted(resource, attached)) {
    for (const way of ways) {
      for (const { arn: name, conditions: all } of outsiders(way.estate, resource, way.policies, asked)) {
        if (services.has(name)) continue;
        const principal = principalOf(name);
        for (const conditions of alternatives(all).filter((each) => !isWithin(each, zone))) {
          const key = JSON.stringify([principal, conditions]);
          const group = groups.get(key) ?? { principal, conditions, actions: new Set(), sources: new Set() };
          group.actions.add(asked.action);
          if (way.source !== undefined) group.sources.add(way.source);
          groups.set(key, group);
        }
      }
    }
  }
  const controls = controlsOf(world)?.resourceControl(resource.accountId) ?? [];
  const hasControlPolicies = controls.some((level) => level.length > 0);
  return [...groups.values()].map((group) => findingOf(resource, group, hasControlPolicies, hashes));
}

function attachedOf(policies: OwnPolicies): readonly AttachedPolicy[] {
  return [...(policies.resource === undefined ? [] : [policies.resource]), ...listsAndGrants(policies)];
}

interface Way {
  readonly source?: 'POLICY' | 'BUCKET_ACL';
  readonly policies: OwnPolicies;
}

/** Of a bucket the policy and the list each by itself: a finding tells which grants it. */
function waysOf(policies: OwnPolicies, { type }: AnalyzedResource): readonly Way[] {
  if (type !== 'AWS::S3::Bucket') return [{ policies }];
  const { resource, acl, ...rest } = policies;
  return [
    ...(resource === undefined ? [] : [{ source: 'POLICY' as const, policies: { ...rest, resource } }]),
    ...(acl === undefined ? [] : [{ source: 'BUCKET_ACL' as const, policies: { ...rest, acl } }]),
  ];
}

/** The zone without its principals: only those whom the resource itself names are asked about. */
function estateOf(
  { arns: [resource], accountId }: AnalyzedResource,
  { resource: attached }: OwnPolicies,
  zone: ZoneOfTrust,
): Estate {
  const nobody = { users: [], roles: [], groups: [], managedPolicies: [] };
  return {
    accounts: zone.accountIds.map((id) => ({ accountId: id, ...nobody })),
    resourcePolicies: attached === undefined ? [] : [{ resource, accountId, policy: attached.policy }],
    serviceControl: {},
  };
}

function outsiders(
  estate: Estate,
  { accountId }: AnalyzedResource,
  { resource: _policy, ...beside }: OwnPolicies,
  asked: Asked,
): readonly PrincipalAccess[] {
  return whoCan(estate, { ...asked, resourceAccountId: accountId, beside });
}

/** Whether a policy allows anything to others than principals of the zone, by its text: most do not. */
function namesOthers({ policy }: AttachedPolicy, { accountIds }: ZoneOfTrust): boolean {
  const isOther = (name: string) => !accountIds.includes(isAccountId(name) ? name : (parseArn(name)?.accountId ?? ''));
  const names = ({ not, everyone, aws, federated, canonicalUser }: PrincipalElement) =>
    not || everyone || federated.length > 0 || canonicalUser.length > 0 || aws.some(isOther);
  return policy.statements.some(
    ({ effect, principal }) => effect === 'Allow' && principal !== undefined && names(principal),
  );
}

/** Ways to meet conditions that leave a choice: each is a finding of its own. Beyond these the choice stays in one. */
const ALTERNATIVES = 32;

function alternatives(conditions: readonly AccessCondition[]): readonly (readonly AccessCondition[])[] {
  let ways: readonly (readonly AccessCondition[])[] = [[]];
  for (const condition of conditions) {
    const choices = 'anyOf' in condition ? condition.anyOf.flatMap(alternatives) : [[condition]];
    const more = ways.length * choices.length > ALTERNATIVES ? [[condition]] : choices;
    ways = ways.flatMap((way) => more.map((choice) => [...way, ...choice]));
  }
  return ways;
}

const positive = new Set(['Bool', 'StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnEquals', 'ArnLike']);

/** Whether conditions leave nobody but the zone, or what is done for a resource of the zone. */
function isWithin(conditions: readonly AccessCondition[], zone: ZoneOfTrust): boolean {
  const isTrusted = (accountId: string | undefined) => accountId !== undefined && zone.accountIds.includes(accountId);
  return conditions.some((condition) => {
    if (!('key' in condition)) return false;
    const { set, operator, ifExists } = splitOperatorName(condition.operator);
    if (set === 'ForAllValues' || ifExists || !positive.has(operator)) return false;
    switch (condition.key.toLowerCase()) {
      case 'aws:principalisawsservice':
        return condition.values.every((value) => value === 'true');
      case 'aws:sourcearn':
        return condition.values.every((value) => isTrusted(parseArn(value)?.accountId));
      case 'aws:sourceaccount':
      case 'aws:sourceowner':
      case 'kms:calleraccount':
        return condition.values.every(isTrusted);
      case 'aws:principalorgid':
      case 'aws:sourceorgid':
        return condition.values.every((value) => value === zone.organizationId);
      default:
        return false;
    }
  });
}

/** Accounts stand by their id. IAM User Guide, "IAM Access Analyzer filter keys". */
function principalOf(name: string): Principal {
  const arn = parseArn(name);
  if (name === '*' || isAccountId(name)) return { kind: 'AWS', id: name };
  if (arn === undefined || /^(?:oidc|saml)-provider\//.test(arn.resource)) return { kind: 'Federated', id: name };
  return { kind: 'AWS', id: arn.resource === 'root' ? arn.accountId : name };
}

function findingOf(
  { arns: [resource], type, accountId }: AnalyzedResource,
  { principal, conditions, actions, sources }: Grouped,
  hasControlPolicies: boolean,
  hashes: Hashes,
): Finding {
  const details: ExternalAccess = {
    kind: 'ExternalAccess',
    principal,
    actions: [...actions].sort(),
    condition: shownConditions(conditions),
    isPublic: principal.kind === 'AWS' && principal.id === '*' && isOpen(conditions),
    ...(sources.size > 0 && { sources: [...sources].sort() }),
    hasControlPolicies,
  };
  const id = findingId(hashes, resource, principal, conditions, details.actions);
  return { id, resource, resourceType: type, ownerAccountId: accountId, details };
}

function keyConditions(conditions: readonly AccessCondition[]): readonly KeyCondition[] {
  return conditions.flatMap((condition) => {
    if ('anyOf' in condition) return condition.anyOf.flatMap(keyConditions);
    return 'not' in condition ? [condition.not] : [condition];
  });
}

/** The values that conditions speak of, by key. */
function shownConditions(conditions: readonly AccessCondition[]): Readonly<Record<string, string>> {
  const values = new Map<string, readonly string[]>();
  for (const { key, values: more } of keyConditions(conditions)) values.set(key, [...(values.get(key) ?? []), ...more]);
  return keptByKey(Object.fromEntries([...values].map(([key, list]) => [key, [...new Set(list)].join(', ')])));
}

/** Whether the conditions leave anyone out: by the meaning of "public" that Block Public Access has too. */
function isOpen(conditions: readonly AccessCondition[]): boolean {
  const clauses = conditions.flatMap((condition) => {
    if (!('key' in condition)) return [];
    const { set, operator, ifExists } = splitOperatorName(condition.operator);
    return [{ operator, ...(set && { set }), ifExists, key: condition.key, values: condition.values }];
  });
  const principal = { not: false, everyone: true, aws: [], service: [], federated: [], canonicalUser: [] };
  const all = { not: false, values: ['*'] };
  return isPublicPolicy({
    version: '2012-10-17',
    statements: [{ effect: 'Allow', principal, action: all, resource: all, conditions: clauses }],
  });
}
