/** Reads the elements that a policy is made of out of JSON nodes, and reports what does not fit. */
import { childPointer, type FaultLog, type Place } from './faults.ts';
import type { JsonMember, JsonNode } from './json.ts';

/** A node with the way to it. */
export interface Located {
  readonly node: JsonNode;
  readonly place: Place;
}

/** A text of the document, and its place. */
export interface LocatedText {
  readonly text: string;
  readonly place: Place;
}

/** The members of an object by name. A second member of the same name, or one that is not known, is a fault. */
export type Elements<Name extends string> = Partial<Readonly<Record<Name, Located & { readonly key: Place }>>>;

/** Where a node stands: its offsets, its JSON pointer, the number of its statement. */
export function placeOf(node: { from: number; to: number }, pointer: string, statement: number): Place {
  return { from: node.from, to: node.to, pointer, statement };
}

/** Reads an object's members. */
export function readElements<Name extends string>(
  log: FaultLog,
  members: readonly JsonMember[],
  parent: Place,
  known: readonly Name[],
): Elements<Name> {
  const found: Partial<Record<Name, Located & { key: Place }>> = {};
  for (const member of uniqueMembers(log, members, parent)) {
    const pointer = childPointer(parent.pointer, member.key);
    const key = placeOf({ from: member.keyFrom, to: member.keyTo }, pointer, parent.statement);
    const name = known.find((candidate) => candidate === member.key);
    if (name === undefined) {
      log.fault('unknown-element', key, unknownMessage(member.key, known), member.key);
      continue;
    }
    found[name] = { node: member.value, place: placeOf(member.value, pointer, parent.statement), key };
  }
  return found;
}

/** The first member of each name. */
export function uniqueMembers(log: FaultLog, members: readonly JsonMember[], parent: Place): readonly JsonMember[] {
  const seen = new Set<string>();
  return members.filter((member) => {
    if (!seen.has(member.key)) {
      seen.add(member.key);
      return true;
    }
    const key = { from: member.keyFrom, to: member.keyTo };
    const place = placeOf(key, childPointer(parent.pointer, member.key), parent.statement);
    log.fault('duplicate-key', place, `"${member.key}" stands here twice. Make it one list.`, member.key);
    return false;
  });
}

function unknownMessage(key: string, known: readonly string[]): string {
  const meant = known.find((name) => name.toLowerCase() === key.toLowerCase() || `${name}s` === key);
  const hint = meant === undefined ? `Known are ${known.join(', ')}.` : `Did you mean "${meant}"?`;
  return `There is no element "${key}" here. ${hint}`;
}

/** A text; undefined, with a fault, where there is another value. */
export function readText(log: FaultLog, { node, place }: Located, name: string): string | undefined {
  if (node.kind === 'string') return node.value;
  log.fault('invalid-type', place, `${name} must be a text in double quotes.`, name);
  return undefined;
}

/** One text or a list of texts. IAM passes over a null in a list. */
export function readTexts(log: FaultLog, { node, place }: Located, name: string): readonly LocatedText[] {
  if (node.kind === 'string') return [{ text: node.value, place }];
  if (node.kind !== 'array') {
    log.fault('invalid-type', place, `${name} must be a text or a list of texts.`, name);
    return [];
  }
  const texts: LocatedText[] = [];
  for (const [i, item] of node.items.entries()) {
    const at = placeOf(item, childPointer(place.pointer, i), place.statement);
    if (item.kind === 'string') texts.push({ text: item.value, place: at });
    else if (item.kind === 'null') log.note('warning', 'null-in-list', at, `IAM ignores a null in ${name}. Remove it.`);
    else log.fault('invalid-type', at, `A value of ${name} must be a text.`, name);
  }
  return texts;
}
