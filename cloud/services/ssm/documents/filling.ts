/**
 * The places in a document where values go: `{{ name }}`. A value is put in once and never read again: what looks like a placeholder in it
 * stays text.
 */
import { isList, isMap, type Json } from './content.ts';
import { documentFailure } from './errors.ts';

/** Characters and items that a document may come to: values can stand in many places. */
const mostFilled = 256 * 1024;

const placeholder = /\{\{\s*([A-Za-z0-9_:.$[\]*-]+)\s*\}\}/;
const everyPlaceholder = new RegExp(placeholder, 'g');

/** As a value stands in the middle of a text. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

type Lookup = (name: string) => Json | undefined;

/**
 * A value with its placeholders filled in. One that is the whole of a text becomes what it stands for, whatever that is, and as an item of a
 * list that stands for a list, its items. What `lookup` does not know stays as it is.
 * @throws MaxDocumentSizeExceeded
 */
export function filledIn(value: Json, lookup: Lookup): Json {
  const budget = { left: mostFilled };
  return filled(value, lookup, budget);
}

interface Budget {
  left: number;
}

function spend(budget: Budget, amount: number): void {
  budget.left -= amount;
  if (budget.left < 0) throw documentFailure('MaxDocumentSizeExceeded', 'The document with its values is too large.');
}

function filled(value: Json, lookup: Lookup, budget: Budget): Json {
  spend(budget, 1);
  if (typeof value === 'string') return filledText(value, lookup, budget);
  if (isList(value)) {
    const items: Json[] = [];
    for (const item of value) {
      const one = filled(item, lookup, budget);
      if (typeof item === 'string' && isList(one)) items.push(...one);
      else items.push(one);
    }
    return items;
  }
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filled(member, lookup, budget)]));
}

function filledText(text: string, lookup: Lookup, budget: Budget): Json {
  const [all, name = ''] = placeholder.exec(text.trim()) ?? [];
  if (all === text.trim()) {
    const value = lookup(name) ?? text;
    spend(budget, textOf(value).length);
    return value;
  }
  let result = '';
  let from = 0;
  for (const match of text.matchAll(everyPlaceholder)) {
    const value = lookup(match[1] ?? '');
    const inPlace = value === undefined ? match[0] : textOf(value);
    const piece = text.slice(from, match.index) + inPlace;
    spend(budget, piece.length);
    result += piece;
    from = match.index + match[0].length;
  }
  return result + text.slice(from);
}
