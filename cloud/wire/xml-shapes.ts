/** Shapes as XML and back (Smithy, "XML bindings"). */
import { define } from '../own.ts';
import { Malformed, readScalar, writeScalar } from './scalar.ts';
import type { Member, Shape, StructureShape } from './shape.ts';
import { escapeXml, type XmlElement } from './xml-text.ts';

/** The members of a structure as elements, one after the other, without an element around them. */
export function writeMembers(
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
  include: (member: Member) => boolean = everyMember,
): string {
  let text = '';
  for (const member of shape.members) {
    const child = value[member.name];
    if (child === undefined || child === null || member.xmlAttribute || !include(member)) continue;
    text += writeMember(member, child);
  }
  return text;
}

const everyMember = (): boolean => true;

/** A structure as an element of the given name. */
export function writeElement(
  name: string,
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
  namespace = '',
): string {
  let attributes = namespace === '' ? '' : ` xmlns="${namespace}"`;
  if (shape.xmlNamespace) attributes += ` xmlns:${shape.xmlNamespace[0]}="${shape.xmlNamespace[1]}"`;
  for (const member of shape.members) {
    const child = value[member.name];
    if (!member.xmlAttribute || child === undefined || child === null) continue;
    attributes += ` ${member.xmlName ?? member.name}="${escapeXml(writeScalar(member.shape, child, 'date-time'))}"`;
  }
  const content = writeMembers(shape, value);
  return content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;
}

function writeMember(member: Member, value: unknown): string {
  const { shape } = member;
  const name = member.xmlName ?? member.name;
  if (shape.kind === 'list') {
    const itemName = member.flattened ? name : (shape.item.xmlName ?? 'member');
    const items = (value as readonly unknown[]).map((item) => writeNamed(itemName, shape.item.shape, item)).join('');
    return member.flattened ? items : wrap(name, items);
  }
  if (shape.kind === 'map') {
    const entryName = member.flattened ? name : 'entry';
    const entries = Object.entries(value as Readonly<Record<string, unknown>>)
      .map(([key, item]) => {
        const keyElement = wrap(shape.key.xmlName ?? 'key', escapeXml(key));
        return wrap(entryName, keyElement + writeNamed(shape.value.xmlName ?? 'value', shape.value.shape, item));
      })
      .join('');
    return member.flattened ? entries : wrap(name, entries);
  }
  return writeNamed(name, shape, value);
}

function writeNamed(name: string, shape: Shape, value: unknown): string {
  switch (shape.kind) {
    case 'structure':
      return writeElement(name, shape, value as Readonly<Record<string, unknown>>);
    case 'list':
    case 'map':
      return writeMember({ name, shape, xmlAttribute: false, flattened: false }, value);
    default:
      return wrap(name, escapeXml(writeScalar(shape, value, 'date-time')));
  }
}

function wrap(name: string, content: string): string {
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`;
}

/** Reads a structure out of an element: only the members that are there. Throws Malformed. */
export function readStructure(
  shape: StructureShape,
  element: XmlElement,
  include: (member: Member) => boolean = everyMember,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const member of shape.members) {
    if (!include(member)) continue;
    const name = member.xmlName ?? member.name;
    if (member.xmlAttribute) {
      const text = attribute(element, name);
      if (text !== undefined) value[member.name] = readScalar(member.shape, text, 'date-time');
      continue;
    }
    const elements = element.children.filter((child) => child.name === name);
    const [first] = elements;
    if (first !== undefined)
      value[member.name] = member.flattened ? readFlat(member, elements) : readMember(member, first);
  }
  return value;
}

function readMember(member: Member, element: XmlElement): unknown {
  return readShape(member.shape, element, element.children);
}

function readFlat(member: Member, elements: readonly XmlElement[]): unknown {
  const { shape } = member;
  if (shape.kind === 'list') return elements.map((element) => readShape(shape.item.shape, element, element.children));
  if (shape.kind === 'map') return readMap(shape, elements);
  throw new Malformed(`${member.name} is not a list`);
}

function readShape(shape: Shape, element: XmlElement, children: readonly XmlElement[]): unknown {
  switch (shape.kind) {
    case 'structure':
      return readStructure(shape, element);
    case 'list': {
      const name = shape.item.xmlName ?? 'member';
      return children.filter((child) => child.name === name).map((child) => readMember(shape.item, child));
    }
    case 'map':
      return readMap(
        shape,
        children.filter((child) => child.name === 'entry'),
      );
    case 'unit':
      return {};
    default:
      if (children.length > 0) throw new Malformed(`<${element.name}> holds elements where a value is expected`);
      return readScalar(shape, element.text, 'date-time');
  }
}

function readMap(shape: Extract<Shape, { kind: 'map' }>, entries: readonly XmlElement[]): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const entry of entries) {
    const key = childNamed(entry, shape.key.xmlName ?? 'key');
    const item = childNamed(entry, shape.value.xmlName ?? 'value');
    if (key === undefined || item === undefined) throw new Malformed('A map entry lacks its key or value');
    define(value, key.text, readMember(shape.value, item));
  }
  return value;
}

/** The first child of that name. */
export function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

function attribute(element: XmlElement, name: string): string | undefined {
  const local = name.slice(name.indexOf(':') + 1);
  return (
    element.attributes[name] ??
    Object.entries(element.attributes).find(([key]) => key.slice(key.indexOf(':') + 1) === local)?.[1]
  );
}
