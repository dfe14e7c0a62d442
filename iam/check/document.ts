/** A document as the checker looks at it: whatever is there, valid or not, with its places. Missing and odd parts are left out. */
import { findOperator, type OperatorName, splitOperatorName } from '../conditions/operators.ts';
import { childPointer } from '../parse/faults.ts';
import { type JsonMember, type JsonNode, readJson } from '../parse/json.ts';
import type { Span } from './finding.ts';

export type ObjectNode = JsonNode & { readonly kind: 'object' };

/** A text, number or boolean, as text. */
export interface TextValue extends Span {
  readonly text: string;
  readonly kind: 'string' | 'number' | 'boolean';
}

/** A member of an object, by name. */
export interface MemberView {
  readonly name: string;
  readonly owner: ObjectNode;
  readonly member: JsonMember;
  readonly node: JsonNode;
  readonly keySpan: Span;
  readonly span: Span;
}

/** An element that is one text or a list of them: Action, Resource … and their Not forms. */
export interface ListView extends MemberView {
  readonly not: boolean;
  readonly values: readonly TextValue[];
}

export interface PrincipalView extends MemberView {
  readonly not: boolean;
  /** `"Principal": "*"`. */
  readonly everyone: boolean;
  readonly types: readonly (ListView & { readonly type: string })[];
}

/** One key under one operator. */
export interface ConditionView {
  readonly operatorMember: MemberView;
  readonly name: OperatorName;
  /** Whether the operator matches where the value does not. */
  readonly negated: boolean;
  readonly key: string;
  readonly keyMember: MemberView;
  readonly values: readonly TextValue[];
}

export interface StatementView {
  readonly index: number;
  readonly node: ObjectNode;
  readonly span: Span;
  readonly effect: 'Allow' | 'Deny' | undefined;
  readonly members: ReadonlyMap<string, MemberView>;
  readonly actions: ListView | undefined;
  readonly resources: ListView | undefined;
  readonly principal: PrincipalView | undefined;
  readonly conditions: readonly ConditionView[];
}

export interface DocumentView {
  readonly text: string;
  readonly root: ObjectNode;
  readonly members: ReadonlyMap<string, MemberView>;
  /** As written; undefined where there is none, or where it is no text. */
  readonly version: string | undefined;
  readonly statements: readonly StatementView[];
}

/** Reads a document; undefined where it is no JSON object. */
export function viewDocument(text: string): DocumentView | undefined {
  const reading = readJson(text);
  if (reading.kind !== 'read' || reading.root.kind !== 'object') return undefined;
  const { root } = reading;
  const members = membersOf(root, '');
  const statement = members.get('Statement');
  const items = statement === undefined ? [] : itemsOf(statement.node);
  const isList = statement?.node.kind === 'array';
  const statements = items.flatMap((node, index) => {
    const pointer = isList ? `/Statement/${index}` : '/Statement';
    return node.kind === 'object' ? [viewStatement(node, pointer, index)] : [];
  });
  const version = members.get('Version')?.node;
  return { text, root, members, version: version?.kind === 'string' ? version.value : undefined, statements };
}

function viewStatement(node: ObjectNode, pointer: string, index: number): StatementView {
  const members = membersOf(node, pointer);
  const effect = members.get('Effect')?.node;
  const effectText = effect?.kind === 'string' ? effect.value : undefined;
  return {
    index,
    node,
    span: { from: node.from, to: node.to, pointer },
    effect: effectText === 'Allow' || effectText === 'Deny' ? effectText : undefined,
    members,
    actions: listOf(members, 'Action'),
    resources: listOf(members, 'Resource'),
    principal: principalOf(members),
    conditions: conditionsOf(members.get('Condition')),
  };
}

/** The first member of each name. */
export function membersOf(owner: ObjectNode, pointer: string): ReadonlyMap<string, MemberView> {
  const views = new Map<string, MemberView>();
  for (const member of owner.members)
    if (!views.has(member.key)) views.set(member.key, viewMember(owner, member, pointer));
  return views;
}

function viewMember(owner: ObjectNode, member: JsonMember, parent: string): MemberView {
  const pointer = childPointer(parent, member.key);
  const { value: node } = member;
  return {
    name: member.key,
    owner,
    member,
    node,
    keySpan: { from: member.keyFrom, to: member.keyTo, pointer },
    span: { from: node.from, to: node.to, pointer },
  };
}

function itemsOf(node: JsonNode): readonly JsonNode[] {
  return node.kind === 'array' ? node.items : [node];
}

/** The texts, numbers and booleans of a value: alone or in a list. */
function textsOf({ node, span }: MemberView): readonly TextValue[] {
  return itemsOf(node).flatMap((item, i): readonly TextValue[] => {
    const pointer = node.kind === 'array' ? childPointer(span.pointer, i) : span.pointer;
    const place = { from: item.from, to: item.to, pointer };
    if (item.kind === 'string') return [{ ...place, kind: item.kind, text: item.value }];
    if (item.kind === 'number') return [{ ...place, kind: item.kind, text: item.text }];
    if (item.kind === 'boolean') return [{ ...place, kind: item.kind, text: String(item.value) }];
    return [];
  });
}

function listOf(members: ReadonlyMap<string, MemberView>, name: 'Action' | 'Resource'): ListView | undefined {
  const member = members.get(name) ?? members.get(`Not${name}`);
  if (member === undefined) return undefined;
  return { ...member, not: member.name !== name, values: textsOf(member).filter(({ kind }) => kind === 'string') };
}

function principalOf(members: ReadonlyMap<string, MemberView>): PrincipalView | undefined {
  const member = members.get('Principal') ?? members.get('NotPrincipal');
  if (member === undefined) return undefined;
  const { node, span } = member;
  const views = node.kind === 'object' ? [...membersOf(node, span.pointer).values()] : [];
  const types = views.map((view) => ({ ...view, type: view.name, not: false, values: textsOf(view) }));
  const everyone = node.kind === 'string' && node.value === '*';
  return { ...member, not: member.name === 'NotPrincipal', everyone, types };
}

function conditionsOf(condition: MemberView | undefined): readonly ConditionView[] {
  if (condition?.node.kind !== 'object') return [];
  const views: ConditionView[] = [];
  for (const operatorMember of membersOf(condition.node, condition.span.pointer).values()) {
    if (operatorMember.node.kind !== 'object') continue;
    const name = splitOperatorName(operatorMember.name);
    const negated = findOperator(name.operator)?.negated ?? false;
    for (const keyMember of membersOf(operatorMember.node, operatorMember.span.pointer).values()) {
      views.push({ operatorMember, name, negated, key: keyMember.name, keyMember, values: textsOf(keyMember) });
    }
  }
  return views;
}
