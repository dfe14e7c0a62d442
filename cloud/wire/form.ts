/** Forms of the query protocols: `Tags.member.1.Key=a` and shapes. */
import { AwsError } from '../errors.ts';
import { define } from '../own.ts';
import { percentEncode } from '../percent.ts';
import type { WireRequest } from './model.ts';
import { textOf } from './protocol.ts';
import { Malformed, readScalar, writeScalar } from './scalar.ts';
import type { Member, Shape, StructureShape } from './shape.ts';

/** Most that a form may hold, and how deep its names may go: far beyond any AWS operation. */
const limits = { pairs: 20_000, depth: 40 };

/** What the two query protocols differ in. */
export interface FormDialect {
  /** The name of a structure's member. */
  nameOf(member: Member): string;
  /** Whether a list's items stand under its own name (`Tag.1`) or under one of theirs (`Tags.member.1`). */
  isFlat(member: Member): boolean;
  readonly emptyLists: 'written' | 'left-out';
}

/** The forms of IAM, STS, SNS, CloudFormation. */
export const queryForms: FormDialect = {
  nameOf: (member) => member.xmlName ?? member.name,
  isFlat: (member) => member.flattened,
  emptyLists: 'written',
};

/** EC2's forms (Smithy, "AWS EC2 query protocol": Query key resolution). */
export const ec2Forms: FormDialect = {
  nameOf: (member) => member.queryName ?? capitalised(member.xmlName ?? member.name),
  isFlat: (member) => member.shape.kind === 'list' || member.flattened,
  emptyLists: 'left-out',
};

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A form's names as a tree: `Tags` → `member` → `1` → `Key` → its text. */
interface FormNode {
  text?: string;
  children?: Map<string, FormNode>;
}

/** Pairs of an `application/x-www-form-urlencoded` text. Throws Malformed where it cannot be decoded. */
export function* formPairs(text: string): Iterable<readonly [name: string, value: string]> {
  if (text === '') return;
  let count = 0;
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    if (++count > limits.pairs) throw new Malformed('Too many parameters');
    const equals = pair.indexOf('=');
    const name = equals === -1 ? pair : pair.slice(0, equals);
    yield [decodeComponent(name), equals === -1 ? '' : decodeComponent(pair.slice(equals + 1))];
  }
}

/** A form-encoded name or value: `+` is a space. Throws Malformed. */
export function decodeComponent(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    throw new Malformed(`Cannot decode '${text.slice(0, 100)}'`);
  }
}

/** The parameters of a request of a query service, in its query string and in its body. Throws `MalformedQueryString`. */
export function readFormRequest(request: WireRequest): Map<string, string> {
  const question = request.target.indexOf('?');
  const query = question === -1 ? '' : request.target.slice(question + 1);
  try {
    const pairs = new Map(formPairs(query));
    for (const name of pairs.keys()) if (name.toLowerCase().startsWith('x-amz-')) pairs.delete(name);
    for (const [name, value] of formPairs(textOf(request.body))) pairs.set(name, value);
    return pairs;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new AwsError('MalformedQueryString', 'The query string contains a syntax error.', { status: 404 });
  }
}

/** Reads a structure out of a form's pairs; names that the shape does not know are passed over. Throws Malformed. */
export function readForm(
  shape: StructureShape,
  pairs: Iterable<readonly [name: string, value: string]>,
  dialect: FormDialect,
): Record<string, unknown> {
  const root: FormNode = {};
  for (const [name, value] of pairs) {
    let node = root;
    const path = name.split('.');
    if (path.length > limits.depth) throw new Malformed('A parameter name is too deep');
    for (const step of path) {
      node.children ??= new Map();
      let next = node.children.get(step);
      if (next === undefined) {
        next = {};
        node.children.set(step, next);
      }
      node = next;
    }
    node.text = value;
  }
  return readStructure(shape, root, dialect);
}

function readStructure(shape: StructureShape, node: FormNode, dialect: FormDialect): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const member of shape.members) {
    const child = node.children?.get(dialect.nameOf(member));
    if (child !== undefined) value[member.name] = readNode(member, child, dialect);
  }
  return value;
}

function readNode(member: Member, node: FormNode, dialect: FormDialect): unknown {
  const { shape } = member;
  switch (shape.kind) {
    case 'structure':
      if (node.children === undefined && node.text !== '')
        throw new Malformed('Unexpected complex element termination');
      return readStructure(shape, node, dialect);
    case 'list':
      return readList(member, shape, node, dialect);
    case 'map':
      return readMap(member, shape, node, dialect);
    case 'unit':
      return {};
    default:
      if (node.text === undefined) throw new Malformed(`Unexpected complex element for ${member.name}`);
      return readScalar(shape, node.text, 'date-time');
  }
}

function readList(
  member: Member,
  shape: Extract<Shape, { kind: 'list' }>,
  node: FormNode,
  dialect: FormDialect,
): unknown[] {
  if (node.children === undefined) {
    // `Tags=` is how clients write an empty list.
    if (node.text === '') return [];
    throw new Malformed('Unexpected list element termination');
  }
  const items = dialect.isFlat(member) ? node : node.children.get(shape.item.xmlName ?? 'member');
  if (items?.children === undefined) throw new Malformed('Unexpected list element termination');
  return inOrder(items.children).map((child) => readNode(shape.item, child, dialect));
}

function readMap(
  member: Member,
  shape: Extract<Shape, { kind: 'map' }>,
  node: FormNode,
  dialect: FormDialect,
): Record<string, unknown> {
  const entries = member.flattened ? node : node.children?.get('entry');
  const value: Record<string, unknown> = {};
  for (const entry of inOrder(entries?.children ?? new Map<string, FormNode>())) {
    const key = entry.children?.get(shape.key.xmlName ?? 'key')?.text;
    const item = entry.children?.get(shape.value.xmlName ?? 'value');
    if (key === undefined || item === undefined) throw new Malformed('Unexpected map element termination');
    define(value, key, readNode(shape.value, item, dialect));
  }
  return value;
}

/** Numbered children by their numbers; gaps are closed, as AWS does. */
function inOrder(children: ReadonlyMap<string, FormNode>): FormNode[] {
  return [...children]
    .map(([number, child]) => {
      if (!/^\d{1,9}$/.test(number)) throw new Malformed(`Unexpected list index '${number.slice(0, 40)}'`);
      return [Number(number), child] as const;
    })
    .sort(([a], [b]) => a - b)
    .map(([, child]) => child);
}

/** Writes a structure as a form, beginning with `&` where there is anything to write. */
export function writeForm(
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
  dialect: FormDialect,
  prefix = '',
): string {
  let text = '';
  for (const member of shape.members) {
    const child = value[member.name];
    if (child !== undefined && child !== null)
      text += writeNode(member, child, prefix + dialect.nameOf(member), dialect);
  }
  return text;
}

function writeNode(member: Member, value: unknown, name: string, dialect: FormDialect): string {
  const { shape } = member;
  switch (shape.kind) {
    case 'structure':
      return writeForm(shape, value as Readonly<Record<string, unknown>>, dialect, `${name}.`);
    case 'list': {
      const items = value as readonly unknown[];
      if (items.length === 0) return dialect.emptyLists === 'written' ? pair(name, '') : '';
      const prefix = dialect.isFlat(member) ? name : `${name}.${shape.item.xmlName ?? 'member'}`;
      return items.map((item, i) => writeNode(shape.item, item, `${prefix}.${i + 1}`, dialect)).join('');
    }
    case 'map': {
      const prefix = member.flattened ? name : `${name}.entry`;
      return Object.entries(value as Readonly<Record<string, unknown>>)
        .map(([key, item], i) => {
          const entry = `${prefix}.${i + 1}`;
          const valueName = `${entry}.${shape.value.xmlName ?? 'value'}`;
          return pair(`${entry}.${shape.key.xmlName ?? 'key'}`, key) + writeNode(shape.value, item, valueName, dialect);
        })
        .join('');
    }
    default:
      return pair(name, writeScalar(shape, value, 'date-time'));
  }
}

function pair(name: string, value: string): string {
  return `&${percentEncode(name)}=${percentEncode(value)}`;
}
