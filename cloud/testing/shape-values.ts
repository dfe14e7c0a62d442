/** Random values of the wire models' shapes, for property tests. */
import fc from 'fast-check';
import type { Member, Shape, StructureShape } from '../wire/shape.ts';

/** Text that every place of a request can carry: no control characters, no spaces at the ends, and no list's comma or quote. */
const headerText = fc.stringMatching(/^[!#-+./0-9A-Za-z_~]([ #-+\-./0-9A-Za-z_~]{0,12}[!#-+./0-9A-Za-z_~])?$/);
const bodyText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => isXmlText(text));
const date = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000));

/** Values of a structure; its required members are always there. `omit` names members to leave out. */
export function valuesOf(
  shape: StructureShape,
  omit: (member: Member) => boolean = () => false,
  depth = 0,
): fc.Arbitrary<Record<string, unknown>> {
  const members = shape.members.filter((member) => !omit(member) && (depth < 4 || isScalar(member.shape)));
  if (shape.isUnion) {
    const possible = members.length > 0 ? members : shape.members.slice(0, 1);
    return fc.oneof(...possible.map((member) => memberValue(member, depth).map((value) => ({ [member.name]: value }))));
  }
  const required = new Set(shape.members.slice(0, shape.requiredCount).map((member) => member.name));
  for (const { name, binding } of shape.members) {
    if (binding?.in === 'payload' || binding?.in === 'status' || (binding?.in === 'header' && name === 'AccountId'))
      required.add(name);
  }
  return fc.record(Object.fromEntries(members.map((member) => [member.name, memberValue(member, depth)])), {
    requiredKeys: members.map((member) => member.name).filter((name) => required.has(name)),
  });
}

function isScalar(shape: Shape): boolean {
  return shape.kind !== 'structure' && shape.kind !== 'list' && shape.kind !== 'map';
}

function memberValue(member: Member, depth: number): fc.Arbitrary<unknown> {
  const { shape } = member;
  switch (shape.kind) {
    case 'structure':
      // A form cannot write a structure without members.
      return nonEmpty(shape, depth + 1);
    case 'list':
      return fc.array(memberValue(shape.item, depth + 1), { minLength: 1, maxLength: 3 });
    case 'map':
      return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), memberValue(shape.value, depth + 1), {
        minKeys: 1,
        maxKeys: 3,
      });
    case 'boolean':
      return fc.boolean();
    case 'number':
      if (member.binding?.in === 'status') return fc.constantFrom(200, 202);
      return fc.integer({ min: 0, max: 1_000_000 });
    case 'timestamp':
      return date;
    case 'blob':
      return fc.uint8Array({ minLength: 1, maxLength: 20 });
    default:
      if (member.name === 'AccountId') return fc.stringMatching(/^\d{12}$/);
      if (member.name === 'Bucket') return fc.stringMatching(/^[a-z0-9]{3,10}$/);
      return member.binding === undefined ? bodyText : headerText;
  }
}

function nonEmpty(shape: StructureShape, depth: number): fc.Arbitrary<Record<string, unknown>> {
  if (shape.isUnion) return valuesOf(shape, () => false, depth);
  const first = shape.members.find((member) => isScalar(member.shape)) ?? shape.members[0];
  if (first === undefined) return fc.constant({});
  return fc
    .tuple(
      valuesOf(shape, () => false, depth),
      memberValue(first, depth),
    )
    .map(([value, member]) => ({ [first.name]: member, ...value }));
}

function isXmlText(text: string): boolean {
  return !/[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(text) && text.trim() === text;
}
