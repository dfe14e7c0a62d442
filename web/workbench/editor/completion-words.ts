/** Where in a policy the cursor stands, and which words fit there. Works on text that is not yet JSON. */

import { STATEMENT_ELEMENTS } from '../../../iam/parse/statement-element.ts';

const documentKeys = ['Version', 'Id', 'Statement'] as const;
const principalKeys = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;

export type PolicyPlace =
  | { readonly kind: 'key'; readonly of: 'document' | 'statement' | 'principal' | 'condition' | 'clause' }
  | { readonly kind: 'value'; readonly key: string };

/** A container that is open before the cursor, with the key that it stands under. */
interface Open {
  readonly bracket: '{' | '[';
  readonly key: string;
}

interface Reading {
  readonly stack: readonly Open[];
  /** The key whose value comes next, where a colon came after a string. */
  readonly key: string;
  readonly inString: boolean;
}

function read(text: string): Reading {
  const stack: Open[] = [];
  let key = '';
  let word = '';
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
      else word += character;
    } else if (character === '"') {
      inString = true;
      word = '';
    } else if (character === ':') key = word;
    else if (character === '{' || character === '[') {
      stack.push({ bracket: character, key: key || (stack.at(-1)?.key ?? '') });
      key = '';
    } else if (character === '}' || character === ']') {
      stack.pop();
      key = '';
    } else if (character === ',') key = '';
  }
  return { stack, key, inString };
}

/** The place of a string that is open at the end of the text; undefined outside of strings. */
export function placeOf(text: string): PolicyPlace | undefined {
  const { stack, key, inString } = read(text);
  const top = stack.at(-1);
  if (!inString || !top) return undefined;
  if (top.bracket === '[') return { kind: 'value', key: top.key };
  if (key) return { kind: 'value', key };
  const objects = stack.filter((open) => open.bracket === '{');
  if (objects.length === 1) return { kind: 'key', of: 'document' };
  if (/Principal$/.test(top.key)) return { kind: 'key', of: 'principal' };
  if (top.key === 'Condition') return { kind: 'key', of: 'condition' };
  if (objects.at(-2)?.key === 'Condition') return { kind: 'key', of: 'clause' };
  return { kind: 'key', of: 'statement' };
}

/** The words for a place. @param known what the platform knows for such places */
export function wordsFor(
  place: PolicyPlace,
  known: {
    readonly actions: readonly string[];
    readonly operators: readonly string[];
    readonly conditionKeys: readonly string[];
  },
): readonly string[] {
  if (place.kind === 'key') {
    if (place.of === 'document') return documentKeys;
    if (place.of === 'principal') return principalKeys;
    if (place.of === 'condition') return known.operators;
    return place.of === 'statement' ? STATEMENT_ELEMENTS : known.conditionKeys;
  }
  if (place.key === 'Effect') return ['Allow', 'Deny'];
  if (place.key === 'Version') return ['2012-10-17'];
  if (place.key === 'Action' || place.key === 'NotAction') return known.actions;
  return [];
}
