/** The policies of users, groups and roles, from one list to another. */
import { comparable, listDifference } from '../differences.ts';
import { documentOf, type Properties, recordsOf, type Steps, send, textOf, textsOf } from '../resource-type.ts';

export type Kind = 'User' | 'Group' | 'Role';

/** Users, groups and roles with an inline policy or a managed one. */
export type Holder = readonly [Kind, string];

/** Puts an inline policy. */
export function* putInline([kind, name]: Holder, policyName: string, document: string): Steps<void> {
  yield* send('iam', `Put${kind}Policy`, {
    [`${kind}Name`]: name,
    PolicyName: policyName,
    PolicyDocument: document,
  });
}

/** Deletes an inline policy. */
export function* deleteInline([kind, name]: Holder, policyName: string): Steps<void> {
  yield* send('iam', `Delete${kind}Policy`, { [`${kind}Name`]: name, PolicyName: policyName });
}

/** Attaches a managed policy, or detaches it. */
export function* attachment(act: 'Attach' | 'Detach', [kind, name]: Holder, PolicyArn: string): Steps<void> {
  yield* send('iam', `${act}${kind}Policy`, { [`${kind}Name`]: name, PolicyArn });
}

/** Brings the managed and the inline policies of a holder from what `before` says of them to what `after` says. */
export function* givePolicies(holder: Holder, before: Properties, after: Properties): Steps<void> {
  const { added, removed } = listDifference(before, after, 'ManagedPolicyArns');
  for (const arn of removed) yield* attachment('Detach', holder, arn);
  for (const arn of added) yield* attachment('Attach', holder, arn);
  const [old, wanted] = [inlineOf(before), inlineOf(after)];
  for (const name of old.keys()) if (!wanted.has(name)) yield* deleteInline(holder, name);
  for (const [name, document] of wanted) {
    if (old.get(name) !== document) yield* putInline(holder, name, document);
  }
}

function inlineOf(properties: Properties): ReadonlyMap<string, string> {
  return new Map(
    recordsOf(properties, 'Policies').map((policy) => [
      textOf(policy, 'PolicyName') ?? '',
      documentOf(policy, 'PolicyDocument'),
    ]),
  );
}

/** The holders that a policy's own resource names. */
export function holdersOf(properties: Properties): readonly Holder[] {
  return (['User', 'Group', 'Role'] as const).flatMap((kind) =>
    textsOf(properties, `${kind}s`).map((name): Holder => [kind, name]),
  );
}

/** Those of the one that the other does not name. */
export function holdersLeft(from: Properties, to: Properties): readonly Holder[] {
  const kept = new Set(holdersOf(to).map((holder) => comparable([...holder])));
  return holdersOf(from).filter((holder) => !kept.has(comparable([...holder])));
}

/** Puts, replaces or takes away the permissions boundary of a user or a role. */
export function* bound(kind: 'User' | 'Role', name: string, before: Properties, after: Properties): Steps<void> {
  const [old, wanted] = [textOf(before, 'PermissionsBoundary'), textOf(after, 'PermissionsBoundary')];
  if (old === wanted) return;
  const holder = { [`${kind}Name`]: name };
  if (wanted === undefined) yield* send('iam', `Delete${kind}PermissionsBoundary`, holder);
  else yield* send('iam', `Put${kind}PermissionsBoundary`, { ...holder, PermissionsBoundary: wanted });
}
