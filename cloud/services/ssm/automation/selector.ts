/**
 * Selectors of outputs: JSONPath as far as runbooks use it: `$.Reservations[0].Instances[*].State['Name']`, `$..InstanceId`, the latter once.
 * A selector that leads to many values selects the list of them.
 */
import { own } from '../../../own.ts';
import { isList, isMap, type Json } from '../documents/content.ts';

type Part =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'deep'; readonly name: string };

const PART = /\.\.([\w-]+)|\.\*|\[\*\]|\.([\w-]+)|\[(-?\d+)\]|\[(?:'([^']*)'|"([^"]*)")\]/y;

function partsOf(selector: string): readonly Part[] | undefined {
  if (!selector.startsWith('$')) return undefined;
  const parts: Part[] = [];
  PART.lastIndex = 1;
  while (PART.lastIndex < selector.length) {
    const at = PART.exec(selector);
    if (at === null) return undefined;
    const [, deep, dotted, index, quoted, doubled] = at;
    const name = dotted ?? quoted ?? doubled;
    if (deep !== undefined) parts.push({ kind: 'deep', name: deep });
    else if (name !== undefined) parts.push({ kind: 'name', name });
    else if (index !== undefined) parts.push({ kind: 'index', index: Number(index) });
    else parts.push({ kind: 'all' });
  }
  // Each look into the depth of what another found would find the same again and again.
  return parts.filter(({ kind }) => kind === 'deep').length > 1 ? undefined : parts;
}

/** Whether a text is a selector that can be followed. */
export function checkSelector(selector: string): boolean {
  return partsOf(selector) !== undefined;
}

/** What a selector leads to; undefined where it leads nowhere. */
export function select(value: Json, selector: string): Json | undefined {
  const parts = partsOf(selector);
  if (parts === undefined) return undefined;
  let found: readonly Json[] = [value];
  for (const part of parts) found = found.flatMap((item) => step(item, part));
  const isMany = parts.some(({ kind }) => kind === 'all' || kind === 'deep');
  return isMany ? found : found[0];
}

function step(value: Json, part: Part): readonly Json[] {
  switch (part.kind) {
    case 'name': {
      const member = isMap(value) ? own(value, part.name) : undefined;
      return member === undefined ? [] : [member];
    }
    case 'index': {
      const item = isList(value) ? value.at(part.index) : undefined;
      return item === undefined ? [] : [item];
    }
    case 'all':
      return isList(value) ? value : isMap(value) ? Object.values(value) : [];
    case 'deep':
      return deep(value, part.name);
  }
}

function deep(value: Json, name: string): readonly Json[] {
  if (isList(value)) return value.flatMap((item) => deep(item, name));
  if (!isMap(value)) return [];
  const here = own(value, name);
  const below = Object.values(value).flatMap((member) => deep(member, name));
  return here === undefined ? below : [here, ...below];
}
