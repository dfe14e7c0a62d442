/** Values of an AWS answer, read with their places. A property that is not asked for is passed over: AWS adds some now and then. */
import type { PolicyKind } from '../policy.ts';

/** What is wrong with an answer, and where. Thrown while it is read, and answered by the reader. */
export class DetailsFault extends Error {
  readonly code: 'invalid-details' | 'malformed-policy' | 'missing-policy';
  /** RFC 6901, from the answer's root. */
  readonly pointer: string;

  constructor(code: DetailsFault['code'], message: string, pointer: string) {
    super(message);
    this.code = code;
    this.pointer = pointer;
  }
}

/** An object of the answer, and its pointer. */
export interface Node {
  readonly value: Readonly<Record<string, unknown>>;
  readonly pointer: string;
}

/** The value as an object. */
export function nodeOf(value: unknown, pointer: string): Node {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('must be an object', pointer);
  return { value: value as Node['value'], pointer };
}

/** A list of objects; what is left out is an empty one. */
export function nodesIn(node: Node, name: string): readonly Node[] {
  const list = valueIn(node, name) ?? [];
  const pointer = `${node.pointer}/${name}`;
  if (!Array.isArray(list)) throw invalid('must be a list', pointer);
  return list.map((item, at) => nodeOf(item, `${pointer}/${at}`));
}

/** A list of texts; what is left out is an empty one. */
export function textsIn(node: Node, name: string): readonly string[] {
  const list = valueIn(node, name) ?? [];
  const pointer = `${node.pointer}/${name}`;
  if (!Array.isArray(list)) throw invalid('must be a list', pointer);
  return list.map((item, at) => {
    if (typeof item !== 'string') throw invalid('must be a text', `${pointer}/${at}`);
    return item;
  });
}

/** A text; undefined where it is left out. */
export function textIn(node: Node, name: string): string | undefined {
  const value = valueIn(node, name);
  if (value !== undefined && typeof value !== 'string') throw invalid('must be a text', `${node.pointer}/${name}`);
  return value;
}

/** A text that must be there. */
export function neededTextIn(node: Node, name: string): string {
  const value = textIn(node, name);
  if (value === undefined) throw invalid(`must have ${name}`, node.pointer);
  return value;
}

/** A truth; undefined where it is left out. */
export function truthIn(node: Node, name: string): boolean | undefined {
  const value = valueIn(node, name);
  if (value !== undefined && typeof value !== 'boolean') {
    throw invalid('must be true or false', `${node.pointer}/${name}`);
  }
  return value;
}

/** An object; undefined where it is left out. */
export function nodeIn(node: Node, name: string): Node | undefined {
  const value = valueIn(node, name);
  return value === undefined ? undefined : nodeOf(value, `${node.pointer}/${name}`);
}

/** The value of a property; undefined where it is left out or null, as some clients write what is not there. */
export function valueIn(node: Node, name: string): unknown {
  return Object.hasOwn(node.value, name) ? (node.value[name] ?? undefined) : undefined;
}

/** The text of a policy document that is given as an object, as JSON text, or URL-encoded (RFC 3986) as IAM answers it. */
export function documentText(value: unknown, pointer: string, kind: PolicyKind): string {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return JSON.stringify(value);
  if (typeof value !== 'string') throw invalid(`must be a ${kind} policy: an object, or its text`, pointer);
  if (!value.trimStart().startsWith('%7')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    throw new DetailsFault('malformed-policy', 'The policy document is not URL-encoded as RFC 3986 says.', pointer);
  }
}

function invalid(what: string, pointer: string): DetailsFault {
  return new DetailsFault('invalid-details', `It ${what}.`, pointer);
}
