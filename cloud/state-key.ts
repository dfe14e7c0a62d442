/**
 * Keys under which the state keeps what has a name from outside. Patches of the journal cannot go through a record's
 * `constructor` or `__proto__`, which are good names for objects and parameters: those get a mark at the end that a name
 * of this kind does not have.
 */

const reserved = /^(?:__proto__|constructor)$/;
const mark = '\u0000';

/** The key for a name. */
export function stateKey(name: string): string {
  return reserved.test(name) ? name + mark : name;
}

/** The name that a key stands for. */
export function nameOfKey(key: string): string {
  return key.endsWith(mark) && reserved.test(key.slice(0, -1)) ? key.slice(0, -1) : key;
}

/** A record of texts by names from outside, as the state keeps it. */
export function keptByKey(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [stateKey(name), value]));
}

/** The record that `keptByKey` was given. */
export function shownByName(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [nameOfKey(key), value]));
}
