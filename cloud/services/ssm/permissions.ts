/** The permissions of Parameter Store (Service Authorization Reference, "AWS Systems Manager"). */
import type { Tag } from '@aws-sdk/client-ssm';
import { own } from '../../own.ts';
import { permission } from '../../permissions/defaults.ts';
import type { Permission, PermissionFacts } from '../../service.ts';
import { parameterArn, placeOfArn, readName } from './names.ts';
import { findParameter } from './parameters.ts';
import type { ParameterState } from './state.ts';

type Context = Readonly<Record<string, string | readonly string[]>>;

/** `aws:ResourceTag/…` and `ssm:resourceTag/…` of a resource's tags. */
export function tagKeys(tags: ParameterState['tags']): Context {
  return Object.fromEntries(
    tags.flatMap(({ Key, Value }) => [
      [`aws:ResourceTag/${Key}`, Value],
      [`ssm:resourceTag/${Key}`, Value],
    ]),
  );
}

/** One permission on a parameter, with the tags that it has. */
export function onParameter(action: string, text: string, facts: PermissionFacts, context: Context = {}): Permission {
  const accountId = placeOfArn(text)?.accountId ?? facts.callerAccountId;
  const account = own(facts.world.accounts, accountId);
  const tags = (account && findParameter(account, text, facts.region)?.tags) ?? [];
  return permission(action, parameterArn(readName(text).name, facts.region, accountId), facts, {
    owner: accountId,
    context: { ...tagKeys(tags), ...context },
  });
}

/** The rule of an operation on one parameter that the input names. */
export function onNamed<Input extends { readonly Name?: string | undefined }>(action: string) {
  return (input: Input, facts: PermissionFacts): readonly Permission[] => [
    onParameter(action, input.Name ?? '', facts),
  ];
}

/** The rule of an operation on several: every one of them must be allowed. */
export function onAllNamed<Input extends { readonly Names?: readonly string[] | undefined }>(action: string) {
  return (input: Input, facts: PermissionFacts): readonly Permission[] =>
    (input.Names ?? []).map((name) => onParameter(action, name, facts));
}

/** `aws:RequestTag/…` and `aws:TagKeys` of tags that a request sets. */
export function requestTagContext(tags: readonly Tag[]): Context {
  if (tags.length === 0) return {};
  return {
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key ?? ''}`, Value ?? ''])),
    'aws:TagKeys': tags.map(({ Key }) => Key ?? ''),
  };
}
