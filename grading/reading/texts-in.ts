import type { Path } from './document.ts';

/** Every text inside plain data, its keys included, with its path. */
export function textsIn(data: unknown, path: Path): readonly (readonly [Path, string])[] {
  if (typeof data === 'string') return [[path, data]];
  if (Array.isArray(data)) return data.flatMap((item, index) => textsIn(item, [...path, index]));
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => [
    [[...path, key], key] as const,
    ...textsIn(value, [...path, key]),
  ]);
}
