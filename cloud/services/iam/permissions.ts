/**
 * The permissions of IAM's operations: action, resource and condition keys by the Service Authorization Reference. The ARN of
 * a resource that exists has its path; of one that does not, the name alone.
 */
import type { Tag } from '@aws-sdk/client-iam';
import { newAccount } from '../../new-world.ts';
import { own } from '../../own.ts';
import type { Permission, PermissionFacts } from '../../service.ts';
import { groupArn, instanceProfileArn, roleArn, rootArn, userArn } from './arns.ts';
import { subjectOf } from './caller.ts';
import { findByName } from './names.ts';
import type { IamState, TagList } from './state.ts';

/** Condition keys with their values. */
export type Context = Permission['context'];

/** The IAM state of the caller's account: the only one that IAM's operations reach. */
export function iamOf(facts: PermissionFacts): IamState {
  return own(facts.world.accounts, facts.callerAccountId)?.iam ?? newAccount(facts.callerAccountId).iam;
}

/** One permission on a resource of the caller's account. */
export function iamPermission(
  action: string,
  resource: string,
  facts: PermissionFacts,
  options: { readonly shownAs?: string; readonly context?: Context } = {},
): Permission {
  return {
    action: `iam:${action}`,
    resource,
    ...(options.shownAs !== undefined && { shownAs: options.shownAs }),
    resourceAccountId: facts.callerAccountId,
    context: options.context ?? {},
  };
}

/** On the named user. @param context beside the tags of the user, which are added */
export function onUser(action: string, name: string, facts: PermissionFacts, context: Context = {}): Permission {
  const user = findByName(iamOf(facts).users, name);
  return iamPermission(action, userArn(facts.callerAccountId, user ?? { path: '/', name }), facts, {
    shownAs: `user ${name}`,
    context: { ...resourceTags(user?.tags, ['aws', 'iam']), ...context },
  });
}

/** On the named user, or on the caller. */
export function onSubject(action: string, name: string | undefined, facts: PermissionFacts): Permission {
  const subject = subjectOf(name, facts.caller);
  return subject.kind === 'user'
    ? onUser(action, subject.name, facts)
    : iamPermission(action, rootArn(facts.callerAccountId), facts);
}

/** On the named group. */
export function onGroup(action: string, name: string, facts: PermissionFacts, context: Context = {}): Permission {
  const group = findByName(iamOf(facts).groups, name);
  const arn = groupArn(facts.callerAccountId, group ?? { path: '/', name });
  return iamPermission(action, arn, facts, { shownAs: `group ${name}`, context });
}

/** On the named role. @param context beside the tags of the role, which are added */
export function onRole(action: string, name: string, facts: PermissionFacts, context: Context = {}): Permission {
  const role = findByName(iamOf(facts).roles, name);
  return iamPermission(action, roleArn(facts.callerAccountId, role ?? { path: '/', name }), facts, {
    shownAs: `role ${name}`,
    context: { ...resourceTags(role?.tags, ['aws', 'iam']), ...context },
  });
}

/** On a managed policy. @param arn as the request gives it, also an AWS managed policy's */
export function onPolicy(action: string, arn: string, facts: PermissionFacts, context: Context = {}): Permission {
  const policy = own(iamOf(facts).policies, arn);
  return iamPermission(action, arn, facts, {
    shownAs: `policy ${arn}`,
    context: { ...resourceTags(policy?.tags, ['aws']), ...context },
  });
}

/** On the named instance profile. */
export function onInstanceProfile(
  action: string,
  name: string,
  facts: PermissionFacts,
  context: Context = {},
): Permission {
  const profile = findByName(iamOf(facts).instanceProfiles, name);
  return iamPermission(action, instanceProfileArn(facts.callerAccountId, profile ?? { path: '/', name }), facts, {
    shownAs: `instance profile ${name}`,
    context: { ...resourceTags(profile?.tags, ['aws']), ...context },
  });
}

/** On an action without a resource of its own. */
export function onAll(action: string, facts: PermissionFacts): Permission {
  return iamPermission(action, '*', facts);
}

/**
 * On a list, which IAM matches against the resource type's ARN with the path asked for: `…:user/`, `…:role/service-role/`.
 */
export function onList(
  action: string,
  resourceType: string,
  pathPrefix: string | undefined,
  facts: PermissionFacts,
): Permission {
  return iamPermission(action, `arn:aws:iam::${facts.callerAccountId}:${resourceType}${pathPrefix ?? '/'}`, facts);
}

/** `aws:ResourceTag/…`, and for users and roles `iam:ResourceTag/…`. */
export function resourceTags(tags: TagList | undefined, prefixes: readonly ('aws' | 'iam')[]): Context {
  const context: Record<string, string> = {};
  for (const { Key, Value } of tags ?? []) {
    for (const prefix of prefixes) context[`${prefix}:ResourceTag/${Key}`] = Value;
  }
  return context;
}

/** `aws:RequestTag/…` and `aws:TagKeys`; nothing where the request has no tags. */
export function requestTags(tags: readonly Tag[] | undefined): Context {
  if (tags === undefined || tags.length === 0) return {};
  const context: Record<string, string | string[]> = { 'aws:TagKeys': tags.map(({ Key = '' }) => Key) };
  for (const { Key, Value } of tags) context[`aws:RequestTag/${Key}`] = Value ?? '';
  return context;
}

/** `aws:TagKeys` of a request that takes tags away. */
export function requestTagKeys(keys: readonly string[] | undefined): Context {
  return keys === undefined || keys.length === 0 ? {} : { 'aws:TagKeys': [...keys] };
}

/** `iam:PermissionsBoundary`: the boundary that a request sets, or that its user or role has. */
export function boundaryKey(arn: string | undefined): Context {
  return arn === undefined ? {} : { 'iam:PermissionsBoundary': arn };
}
