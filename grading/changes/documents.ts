/** The policies of an account as texts, so that those of two moments can be laid side by side. */
import { own } from '../../cloud/own.ts';
import { textOfPolicy } from '../../cloud/stored-policy.ts';
import type { Account, World } from '../../cloud/world.ts';
import { protectedResources } from '../access-of.ts';
import { onIam, type Read } from '../matrix/readable.ts';
import { readsOfResource } from '../matrix/resource-reads.ts';

/** A policy document, and the calls that read it. */
export interface PolicyText {
  /** `inline policy Grant of user/Bea`, `trust policy of role/Clerk`, `policy of arn:aws:s3:::seeds`. */
  readonly title: string;
  readonly text: string;
  readonly reads: readonly Read[];
}

/** Every policy of an account that somebody there can change, by its title. */
export function policyTexts(world: World, accountId: string): ReadonlyMap<string, PolicyText> {
  const account = own(world.accounts, accountId);
  const all = account === undefined ? [] : [...ofPrincipals(account), ...ofResources(world, accountId)];
  return new Map(all.map((one) => [one.title, one]));
}

const holders = [
  ['users', 'user', 'User'],
  ['groups', 'group', 'Group'],
  ['roles', 'role', 'Role'],
] as const;

function ofPrincipals({ iam }: Account): readonly PolicyText[] {
  const inline = holders.flatMap(([table, kind, Kind]) =>
    Object.values(iam[table]).flatMap(({ name, inlinePolicies }) =>
      Object.entries(inlinePolicies).map(([PolicyName, text]) => ({
        title: `inline policy ${PolicyName} of ${kind}/${name}`,
        text,
        reads: [onIam(`Get${Kind}Policy`, { [`${Kind}Name`]: name, PolicyName })],
      })),
    ),
  );
  const managed = Object.values(iam.policies).flatMap(({ arn, name, defaultVersionId, versions }) => {
    const text = versions.find(({ id }) => id === defaultVersionId)?.document;
    const reads = [onIam('GetPolicyVersion', { PolicyArn: arn, VersionId: defaultVersionId })];
    return text === undefined ? [] : [{ title: `managed policy ${name}`, text, reads }];
  });
  return [...inline, ...managed];
}

function ofResources(world: World, accountId: string): readonly PolicyText[] {
  return protectedResources(world).flatMap(({ arns: [arn = ''], accountId: owner, policies }) => {
    const attached = policies.resource;
    const text = attached && textOfPolicy(attached.policy);
    if (owner !== accountId || attached === undefined || text === undefined) return [];
    const title = attached.layer === 'trust' ? `trust policy of role/${attached.name}` : `policy of ${arn}`;
    return [{ title, text, reads: readsOfResource(world, { resource: arn }, policies) }];
  });
}
