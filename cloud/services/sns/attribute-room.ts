/** How much of an account's state attributes of topics and subscriptions take. */
import type { Account } from '../../world.ts';
import { invalidParameter } from './errors.ts';
import { snsLimits } from './limits.ts';

const sizes = new WeakMap<object, number>();

/** Characters of attributes; those of a world do not change, so each is measured once. */
function sizeOf(attributes: Readonly<Record<string, string>>): number {
  const known = sizes.get(attributes) ?? Object.values(attributes).reduce((sum, { length }) => sum + length, 0);
  sizes.set(attributes, known);
  return known;
}

/** @throws InvalidParameter where a value is too large, or the account has no room for it */
export function checkRoom(account: Account | undefined, ...values: readonly string[]): void {
  if (values.some(({ length }) => length > snsLimits.attributeBytes)) {
    throw invalidParameter(`Attributes Reason: a value is larger than ${snsLimits.attributeBytes} bytes`);
  }
  const held = [...Object.values(account?.sns.topics ?? {}), ...Object.values(account?.sns.subscriptions ?? {})];
  const added = values.reduce((sum, { length }) => sum + length, 0);
  if (held.reduce((sum, { attributes }) => sum + sizeOf(attributes), added) > snsLimits.attributeBytesPerAccount) {
    throw invalidParameter('Attributes Reason: the attributes of the account take too many bytes already');
  }
}
