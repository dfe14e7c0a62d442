/** How much a sandbox's state holds, in bytes as JSON, near enough for a limit. */
import type { World } from './world.ts';

/** The state is immutable: its parts are measured once, and a change costs the way from it to the top. */
const measured = new WeakMap<object, number>();

/** The size of all slices of all accounts together. */
export function stateSize({ accounts }: World): number {
  return sizeOf(accounts);
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 6;
  const known = measured.get(value);
  if (known !== undefined) return known;
  let size = 2;
  if (Array.isArray(value)) for (const item of value) size += sizeOf(item) + 1;
  else for (const [key, member] of Object.entries(value)) size += key.length + 4 + sizeOf(member);
  measured.set(value, size);
  return size;
}
