/** `--output text`: tab-separated lines, keys in alphabetical order, lists named by their key. */
import { pythonText } from '../python/text.ts';
import { isList, isMap, type Value, type ValueMap } from '../value.ts';

function isScalar(value: Value): boolean {
  return !isList(value) && !isMap(value);
}

/** Code point order, as Python sorts. */
export function byCodePoint(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Keys that hold a scalar in at least one of the elements: the columns of their lines. */
function scalarKeys(items: readonly Value[]): readonly string[] {
  const keys = new Set<string>();
  for (const item of items.filter(isMap)) {
    for (const [key, value] of Object.entries(item)) if (isScalar(value)) keys.add(key);
  }
  return [...keys].sort(byCodePoint);
}

function mapLines(item: ValueMap, name: string | undefined, columns: readonly string[] | undefined): string {
  const keys = Object.keys(item).sort(byCodePoint);
  const scalars = columns ?? keys.filter((key) => isScalar(item[key] ?? null));
  const others = keys.filter((key) => (columns === undefined ? !isScalar(item[key] ?? null) : !columns.includes(key)));
  const cells = scalars.map((key) => pythonText(Object.hasOwn(item, key) ? (item[key] ?? null) : ''));
  if (cells.length > 0 && name !== undefined) cells.unshift(name.toUpperCase());
  const line = cells.length > 0 ? `${cells.join('\t')}\n` : '';
  return line + others.map((key) => lines(item[key] ?? null, key)).join('');
}

function scalarLines(items: readonly Value[], name: string | undefined): string {
  if (name === undefined) return `${items.map(pythonText).join('\t')}\n`;
  return items.map((item) => `${name.toUpperCase()}\t${pythonText(item)}\n`).join('');
}

function listLines(items: readonly Value[], name: string | undefined): string {
  if (items.length === 0) return '';
  if (items.some(isMap)) {
    const columns = scalarKeys(items);
    return items.map((item) => lines(item, name, columns)).join('');
  }
  if (items.some(isList)) {
    const scalars = items.filter(isScalar);
    const rest = items.filter((item) => !isScalar(item)).map((item) => lines(item, name));
    return (scalars.length > 0 ? scalarLines(scalars, name) : '') + rest.join('');
  }
  return scalarLines(items, name);
}

function lines(value: Value, name?: string, columns?: readonly string[]): string {
  if (isMap(value)) return mapLines(value, name, columns);
  if (isList(value)) return listLines(value, name);
  return `${pythonText(value)}\n`;
}

/** The text of one answer, or of one page of it. */
export function formatText(value: Value): string {
  return lines(value);
}
