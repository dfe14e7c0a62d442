/** From the words of a check (`s3:GetObject`, an ARN, condition keys) to a permission that the policy engine can be asked. */
import type { RequestFacts } from '../cloud/call.ts';
import { own } from '../cloud/own.ts';
import { globalContext } from '../cloud/permissions/context.ts';
import type { Permission } from '../cloud/service.ts';
import type { World } from '../cloud/world.ts';
import { suppliedResource } from '../iam/index.ts';
import type { Access } from './checks.ts';

/** Where and when a permission is asked. */
export interface Asking {
  readonly world: World;
  readonly request: RequestFacts;
  /** The sandbox’s clock, epoch milliseconds. */
  readonly now: number;
  /** The account of who asks, to which an action without a resource belongs; the learner's own where absent. */
  readonly callerAccountId?: string;
}

/**
 * The permission for an action on a resource, with the condition keys that a check gives. For `*`, no resource, it is what AWS itself
 * asks about: `arn:aws:iam::111122223333:user/` for iam:ListUsers.
 */
export function namedPermission(
  action: string,
  resource: string,
  when: NonNullable<Access['when']>,
  { world, request, now, callerAccountId = world.primaryAccountId }: Asking,
): Permission {
  const isNamed = resource !== '*';
  const resourceAccountId = isNamed ? ownerOf(resource, world) : callerAccountId;
  const asked = isNamed ? resource : suppliedResource(action, { partition: 'aws', accountId: callerAccountId });
  const present = Object.keys(globalContext(request, action, resourceAccountId, now));
  return { action, resource: asked, resourceAccountId, context: contextOf(when, present) };
}

/** Whether an action or an ARN of a check stands for itself alone. */
export function isExact(text: string): boolean {
  return !/[*?]/.test(text);
}

/** Whether a check leaves a condition key open: `any`. */
export function opensKeys(when: NonNullable<Access['when']>): boolean {
  return Object.values(when).includes('any');
}

/** One or several of the same, as a list. */
export function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}

/** The account that owns a resource. A bucket’s ARN does not say it: the sandbox knows where its buckets are. */
function ownerOf(arn: string, world: World): string {
  const parts = arn.split(':');
  const named = parts[4] ?? '';
  if (named !== '') return named;
  const bucket = parts[2] === 's3' ? (parts[5]?.split('/')[0] ?? '') : '';
  const owner = Object.values(world.accounts).find((account) => own(account.s3.buckets, bucket) !== undefined);
  return owner?.id ?? world.primaryAccountId;
}

/** Condition keys under the names that every request has them by, so that a given value replaces the request’s own. */
function contextOf(when: NonNullable<Access['when']>, present: readonly string[]): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(when).map(([key, value]) => [
      present.find((name) => name.toLowerCase() === key.toLowerCase()) ?? key,
      Array.isArray(value) ? value.map(String) : String(value),
    ]),
  );
}
