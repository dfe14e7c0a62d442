/** Ids that an emulator made up take the places of those that the embedded cloud did. */

/** From the embedded cloud's id to the emulator's. */
export type Ids = ReadonlyMap<string, string>;

/** The value with every id exchanged, wherever it stands in texts and names; the same object where none does. */
export function exchanged<Value>(value: Value, ids: Ids): Value {
  return ids.size === 0 ? value : (exchangedIn(value, [...ids]) as Value);
}

function exchangedIn(value: unknown, ids: readonly (readonly [string, string])[]): unknown {
  if (typeof value === 'string') return exchangedText(value, ids);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || value instanceof Date) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => exchangedIn(item, ids));
    return items.some((item, n) => item !== value[n]) ? items : value;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  let isNew = false;
  const entries = Object.entries(value).map(([name, member]): [string, unknown] => {
    const entry: [string, unknown] = [exchangedText(name, ids), exchangedIn(member, ids)];
    isNew ||= entry[0] !== name || entry[1] !== member;
    return entry;
  });
  return isNew ? Object.fromEntries(entries) : value;
}

function exchangedText(text: string, ids: readonly (readonly [string, string])[]): string {
  let result = text;
  for (const [ours, theirs] of ids) if (result.includes(ours)) result = result.replaceAll(ours, () => theirs);
  return result;
}
