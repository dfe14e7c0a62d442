/** The Null operator asks whether a key is there, not what it holds. */

/** Its name in policies. It takes no `IfExists`. */
export const NULL_OPERATOR = 'Null';

/**
 * Whether `Null` with these policy values is met. `true` asks for an absent key, `false` for a present one; a multivalued key
 * without a value is absent ("the key exists and its value is not null").
 */
export function nullIsMet(wanted: readonly string[], value: string | readonly string[] | undefined): boolean {
  const state = String(isAbsent(value));
  return wanted.some((text) => text.toLowerCase() === state);
}

/** Whether a key counts as absent. */
export function isAbsent(value: string | readonly string[] | undefined): boolean {
  return value === undefined || (typeof value !== 'string' && value.length === 0);
}
