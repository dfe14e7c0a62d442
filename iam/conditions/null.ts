/** The Null operator asks whether a key is there, not what it holds. */

/** Its name in policies. It takes no `IfExists`. */
export const NULL_OPERATOR = 'Null';

/**
 * Whether `Null` with these policy values is met. `true` asks for an absent key, `false` for a present one; a multivalued key
 * without a value is absent ("the key exists and its value is not null"). Undefined: the value is an empty text, and AWS does not
 * say whether that is null.
 */
export function nullIsMet(
  wanted: readonly string[],
  value: string | readonly string[] | undefined,
): boolean | undefined {
  const isWanted = (state: boolean) => wanted.some((text) => text.toLowerCase() === String(state));
  const whereAbsent = isWanted(true);
  const wherePresent = isWanted(false);
  if (whereAbsent === wherePresent) return whereAbsent;
  if (isAbsent(value)) return whereAbsent;
  return isEmptyText(value) ? undefined : wherePresent;
}

function isEmptyText(value: string | readonly string[] | undefined): boolean {
  return typeof value === 'string' ? value === '' : value?.every((text) => text === '') === true;
}

/** Whether a key counts as absent. */
export function isAbsent(value: string | readonly string[] | undefined): boolean {
  return value === undefined || (typeof value !== 'string' && value.length === 0);
}
