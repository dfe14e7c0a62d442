/** How a principal in hand can change what a user or a role may do: itself, or another. */
import type { Account, AccountGroup, AccountManagedPolicy, AccountPrincipal } from '../account/account.ts';
import type { AttachedPolicy } from '../model.ts';
import { attachable, candidates } from './attachable.ts';
import {
  allowsEverything,
  attachedManaged,
  groupName,
  holderName,
  isInlineOf,
  withBoundary,
  withInline,
  withoutBoundary,
  withoutPolicies,
  withPolicies,
  withTags,
  withVersion,
} from './changed-principal.ts';
import { EVERYTHING, type Foothold, type Proof, type Setting, type Step } from './foothold.ts';
import type { Bound } from './prove.ts';
import { proveOn } from './proved-on.ts';
import type { Change, Deputy } from './row.ts';
import { hasDeny, isProtected } from './statements.ts';
import { powerfulTags, taggingKeys } from './tags.ts';

/** A change that can be made. */
export interface Alteration {
  readonly proofs: readonly Proof[];
  readonly before: readonly Step[];
  readonly apply: (principal: AccountPrincipal) => AccountPrincipal;
  /** Whether it takes a Deny away besides what it gives (row 26 by overwriting). */
  readonly liftsDeny: boolean;
}

interface Making {
  readonly setting: Setting;
  readonly actor: Foothold;
  readonly target: AccountPrincipal;
  readonly account: Account;
  readonly way: Change;
}

/** Every change of the way's kind that gives the target more, or takes a limit from it. */
export function alterations(
  setting: Setting,
  actor: Foothold,
  target: AccountPrincipal,
  way: Change,
): readonly Alteration[] {
  const account = setting.estate.accounts.find(({ accountId }) => accountId === actor.principal.accountId);
  if (account === undefined || target.kind !== way.of || target.accountId !== account.accountId) return [];
  if (isProtected(target)) return [];
  return make({ setting, actor, target, account, way });
}

function make(making: Making): readonly Alteration[] {
  const { target, way } = making;
  const own = holderName(target);
  switch (way.change) {
    case 'write-inline':
      return written(making, own, {});
    case 'write-group-inline':
      return groupsOf(making).flatMap((group) => written(making, groupName(group), { group: group.arn }));
    case 'attach':
      return attached(making, own, {});
    case 'attach-to-group':
      return groupsOf(making).flatMap((group) => attached(making, groupName(group), { group: group.arn }));
    case 'write-version':
      return managedOf(making, target.identity).flatMap((policy) => rewritten(making, policy));
    case 'write-boundary':
      return managedOf(making, boundaryOf(target)).flatMap((policy) => rewritten(making, policy));
    case 'roll-back':
      return managedOf(making, target.identity).flatMap((policy) => rolledBack(making, policy));
    case 'roll-back-boundary':
      return managedOf(making, boundaryOf(target)).flatMap((policy) => rolledBack(making, policy));
    case 'join-group':
      return joinedGroups(making);
    case 'delete-inline':
      return dropped(making, (policy) => isInlineOf(policy, own));
    case 'detach':
      return dropped(making, (policy) => policy.kind === 'managed' && policy.attachedTo === own);
    case 'delete-group-inline':
      return dropped(making, (policy) => policy.kind === 'inline' && policy.attachedTo !== own);
    case 'detach-from-group':
      return dropped(making, (policy) => policy.kind === 'managed' && policy.attachedTo !== own);
    case 'leave-group':
      return groupsOf(making).flatMap((group) => left(making, group));
    case 'remove-boundary':
      return target.boundary === undefined ? [] : altered(making, {}, withoutBoundary);
    case 'replace-boundary':
      return replacedBoundary(making);
    case 'tag':
      return powerfulTags(making.setting.estate, target).flatMap((tags) =>
        altered(making, { keys: taggingKeys(tags) }, (principal) => withTags(principal, tags)),
      );
  }
}

function altered(
  { setting, actor, target, way }: Making,
  bound: Bound,
  apply: Alteration['apply'],
  options: { readonly liftsDeny?: 'by-overwriting' | undefined; readonly needs?: Change['needs'] } = {},
): readonly Alteration[] {
  const proved = proveOn(setting, actor, target, options.needs ?? way.needs, bound);
  if (proved === undefined) return [];
  const { proofs, before } = proved;
  return [{ proofs, before, apply, liftsDeny: options.liftsDeny !== undefined }];
}

function groupsOf({ target, account }: Making): readonly AccountGroup[] {
  return target.kind === 'user' ? account.groups.filter(({ name }) => target.groups.includes(name)) : [];
}

function boundaryOf({ boundary }: AccountPrincipal): readonly AttachedPolicy[] {
  return boundary === undefined ? [] : [boundary];
}

/** The account's own managed policies among those attached. */
function managedOf({ account }: Making, attachedPolicies: readonly AttachedPolicy[]): readonly AccountManagedPolicy[] {
  const arns = new Set(attachedPolicies.map(({ arn }) => arn));
  return account.managedPolicies.filter(({ arn, isAwsManaged }) => !isAwsManaged && arns.has(arn));
}

function written(making: Making, holder: string, bound: Bound): readonly Alteration[] {
  const overwritten = making.target.identity.filter((policy) => isInlineOf(policy, holder));
  return altered(making, bound, (principal) => withInline(principal, holder), {
    liftsDeny: overwritten.some(hasDeny) ? 'by-overwriting' : undefined,
  });
}

function attached(making: Making, holder: string, bound: Bound): readonly Alteration[] {
  const { setting, actor, target, way } = making;
  const found = attachable(setting, actor, target, way.needs, bound);
  if (found.length === 0) return [];
  const policies = found.map(({ arn, policy }) => attachedManaged(arn, policy, holder));
  const [first] = found;
  if (first === undefined) return [];
  const { proofs, before } = first;
  return [{ proofs, before, apply: (principal) => withPolicies(principal, policies), liftsDeny: false }];
}

/** The quota of versions of a managed policy. */
const MOST_VERSIONS = 5;

function rewritten(making: Making, { arn, versions }: AccountManagedPolicy): readonly Alteration[] {
  const { needs, whenFull = [] } = making.way;
  const inForce = [...making.target.identity, ...boundaryOf(making.target)].filter((policy) => policy.arn === arn);
  if (inForce.every(({ policy }) => allowsEverything(policy) && !policy.statements.some(isDenial))) return [];
  return altered(making, { policy: arn }, (principal) => withVersion(principal, arn, EVERYTHING), {
    liftsDeny: inForce.some(({ layer, policy }) => layer === 'identity' && policy.statements.some(isDenial))
      ? 'by-overwriting'
      : undefined,
    needs: versions.length < MOST_VERSIONS ? needs : [...whenFull, ...needs],
  });
}

function isDenial({ effect }: { readonly effect: 'Allow' | 'Deny' }): boolean {
  return effect === 'Deny';
}

/** Versions that allow something that the one in force does not say, or lack a Deny of it. */
function rolledBack(making: Making, { arn, versions }: AccountManagedPolicy): readonly Alteration[] {
  const inForce = versions.find(({ isDefault }) => isDefault);
  const said = new Set(inForce?.policy.statements.map((statement) => JSON.stringify(statement)));
  return versions
    .filter(({ isDefault }) => !isDefault)
    .filter(({ policy }) => {
      const older = new Set(policy.statements.map((statement) => JSON.stringify(statement)));
      const allowsMore = policy.statements.some(
        (statement) => !isDenial(statement) && !said.has(JSON.stringify(statement)),
      );
      const deniesLess = inForce?.policy.statements.some(
        (statement) => isDenial(statement) && !older.has(JSON.stringify(statement)),
      );
      return allowsMore || deniesLess === true;
    })
    .flatMap(({ policy }) => altered(making, { policy: arn }, (principal) => withVersion(principal, arn, policy)));
}

/** The widest first: one group that rules, else all that only allow, and each that denies something by itself. */
function joinedGroups(making: Making): readonly Alteration[] {
  const { target, account } = making;
  if (target.kind !== 'user') return [];
  const open = account.groups
    .filter(({ name, identity }) => identity.length > 0 && !target.groups.includes(name))
    .flatMap((group) =>
      altered(making, { group: group.arn }, joining(group)).map((alteration) => ({ group, alteration })),
    );
  const ruling = open.find(({ group }) => group.identity.some(({ policy }) => allowsEverything(policy)));
  if (ruling !== undefined && !ruling.group.identity.some(hasDeny)) return [ruling.alteration];
  const allowing = open.filter(({ group }) => !group.identity.some(hasDeny));
  const denying = open.filter(({ group }) => group.identity.some(hasDeny)).map(({ alteration }) => alteration);
  const [first] = allowing;
  if (first === undefined) return denying;
  const together: Alteration = {
    ...first.alteration,
    proofs: allowing.flatMap(({ alteration }) => alteration.proofs),
    apply: (principal) => allowing.reduce((changed, { alteration }) => alteration.apply(changed), principal),
  };
  return [together, ...denying];
}

function joining({ name, identity }: AccountGroup): Alteration['apply'] {
  return (principal) => {
    const more = withPolicies(principal, identity);
    return more.kind === 'user' ? { ...more, groups: [...more.groups, name] } : more;
  };
}

/** Policies that deny something, each taken away by itself. */
function dropped(making: Making, isMeant: (policy: AttachedPolicy) => boolean): readonly Alteration[] {
  const groups = new Map(groupsOf(making).map((group) => [groupName(group), group.arn]));
  return making.target.identity
    .filter((policy) => isMeant(policy) && hasDeny(policy))
    .flatMap((gone) =>
      altered(making, { policy: gone.arn, group: groups.get(gone.attachedTo) }, (principal) =>
        withoutPolicies(principal, (policy) => isSame(policy, gone)),
      ),
    );
}

function isSame(a: AttachedPolicy, b: AttachedPolicy): boolean {
  return a.kind === b.kind && a.attachedTo === b.attachedTo && a.name === b.name && a.arn === b.arn;
}

function left(making: Making, group: AccountGroup): readonly Alteration[] {
  if (!group.identity.some(hasDeny)) return [];
  return altered(making, { group: group.arn }, (principal) => {
    const fewer = withoutPolicies(principal, ({ attachedTo }) => attachedTo === groupName(group));
    return fewer.kind === 'user' ? { ...fewer, groups: fewer.groups.filter((name) => name !== group.name) } : fewer;
  });
}

function replacedBoundary({ setting, actor, target, way }: Making): readonly Alteration[] {
  const { boundary } = target;
  if (boundary === undefined) return [];
  return candidates(setting, actor, 'iam:permissionsboundary')
    .filter(({ arn }) => arn !== boundary.arn)
    .flatMap(({ arn, policy }) => {
      const proved = proveOn(setting, actor, target, way.needs, { policy: arn });
      if (proved === undefined) return [];
      const { proofs, before } = proved;
      const apply: Alteration['apply'] = (principal) => withBoundary(principal, arn, policy);
      return [{ proofs, before, apply, liftsDeny: false }];
    });
}

/** What a workload's role can be led to do to the caller. */
export function byDeputy(setting: Setting, actor: Foothold, deputy: Foothold, way: Deputy): readonly Alteration[] {
  const target = actor.principal;
  if (target.kind !== way.of || target.accountId !== deputy.principal.accountId) return [];
  const found = attachable(setting, deputy, target, way.deputyNeeds, {});
  const [first] = found;
  if (first === undefined) return [];
  const policies = found.map(({ arn, policy }) => attachedManaged(arn, policy, holderName(target)));
  const { proofs, before } = first;
  return [{ proofs, before, apply: (principal) => withPolicies(principal, policies), liftsDeny: false }];
}
