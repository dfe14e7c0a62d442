/** Edits of a document's text that keep it JSON. */
import type { JsonMember, JsonNode } from '../parse/json.ts';
import type { Repair, TextEdit } from './finding.ts';

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Puts a text, in quotes, in the place of a value or a name. */
export function writeText({ from, to }: Range, text: string): TextEdit {
  return { from, to, insert: JSON.stringify(text) };
}

/** A repair of one text. */
export function rewrite(range: Range, text: string): Repair {
  return { title: `Write ${text}`, edits: [writeText(range, text)] };
}

/** Takes the entry of that index out of a list or an object, with its comma. */
export function removeEntry(entries: readonly Range[], index: number): TextEdit | undefined {
  const entry = entries[index];
  if (entry === undefined) return undefined;
  const next = entries[index + 1];
  const last = entries[index - 1];
  if (next !== undefined) return { from: entry.from, to: next.from, insert: '' };
  return { from: last?.to ?? entry.from, to: entry.to, insert: '' };
}

/** The ranges of an object's members, names included. */
export function memberRanges(members: readonly JsonMember[]): readonly Range[] {
  return members.map(({ keyFrom, value }) => ({ from: keyFrom, to: value.to }));
}

/** Takes a member out of its object. */
export function removeMember(owner: JsonNode, member: JsonMember): TextEdit | undefined {
  if (owner.kind !== 'object') return undefined;
  return removeEntry(memberRanges(owner.members), owner.members.indexOf(member));
}

/** Takes a value out of its list; undefined where it is the only one, or stands in none. */
export function removeValue(list: JsonNode, value: Range): TextEdit | undefined {
  if (list.kind !== 'array' || list.items.length < 2) return undefined;
  return removeEntry(
    list.items,
    list.items.findIndex((item) => item.from === value.from),
  );
}

/** Writes a member before the others of an object, on a line of its own where they have theirs. `text` is the document's. */
export function addMember(owner: JsonNode, name: string, value: string, text: string): TextEdit | undefined {
  if (owner.kind !== 'object') return undefined;
  const first = owner.members[0];
  const insert = `${JSON.stringify(name)}: ${value}`;
  if (first === undefined) return { from: owner.from + 1, to: owner.from + 1, insert };
  const gap = text.slice(owner.from + 1, first.keyFrom);
  return { from: first.keyFrom, to: first.keyFrom, insert: `${insert},${gap.includes('\n') ? gap : ' '}` };
}

/** Writes further texts behind those of a list, on lines of their own where they have theirs, or makes a list of one text. */
export function addTexts(node: JsonNode, texts: readonly string[], text: string): readonly TextEdit[] {
  const last = node.kind === 'array' ? node.items.at(-1) : undefined;
  if (node.kind === 'array' && last !== undefined) {
    const gap = text.slice(node.items.at(-2)?.to ?? node.from + 1, last.from).replace(/^\s*,/, '');
    const insert = texts.map((each) => `,${gap.includes('\n') ? gap : ' '}${JSON.stringify(each)}`).join('');
    return [{ from: last.to, to: last.to, insert }];
  }
  if (node.kind !== 'string') return [];
  return [
    { from: node.from, to: node.from, insert: '[' },
    { from: node.to, to: node.to, insert: `${texts.map((each) => `, ${JSON.stringify(each)}`).join('')}]` },
  ];
}

/** A repair where its edits could be made. */
export function repairOf(title: string, ...edits: readonly (TextEdit | undefined)[]): Repair | undefined {
  const made = edits.filter((edit) => edit !== undefined);
  return made.length === 0 || made.length < edits.length ? undefined : { title, edits: made };
}
