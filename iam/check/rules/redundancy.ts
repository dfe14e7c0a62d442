/** Rules about what stands in a policy more than once, and about what a Deny beside it takes away again. */

import { type CheckContext, splitAction } from '../context.ts';
import type { ListView, StatementView } from '../document.ts';
import { removeEntry, removeMember, removeValue, repairOf } from '../edits.ts';
import { coverage, covers, hasWildcard } from '../pattern.ts';
import type { CheckCode } from '../severities.ts';

/** More statements are compared for equality only: the rest grows with the square. */
const MOST_STATEMENTS = 60;

export function checkRedundancy(context: CheckContext): void {
  const { statements } = context.document;
  for (const { actions, resources } of statements) {
    if (actions !== undefined)
      checkList(context, actions, {
        same: 'duplicate-action',
        covered: 'redundant-action',
        fold: (text) => text.toLowerCase(),
      });
    if (resources !== undefined)
      checkList(context, resources, {
        same: 'duplicate-resource',
        covered: 'redundant-resource',
        fold: (text) => text,
      });
  }
  checkStatements(context);
  checkSids(context);
}

interface ListCodes {
  readonly same: CheckCode;
  readonly covered: CheckCode;
  /** Letter case, where it does not matter. */
  readonly fold: (text: string) => string;
}

function checkList({ report }: CheckContext, list: ListView, { same, covered, fold }: ListCodes): void {
  const folded = list.values.map(({ text }) => fold(text));
  const patterns = folded.flatMap((text, i) => (hasWildcard(text) ? [{ text, i, holds: coverage(text) }] : []));
  const seen = new Set<string>();
  for (const [i, value] of list.values.entries()) {
    const text = folded[i] ?? '';
    const repair = repairOf(`Remove ${value.text}`, removeValue(list.node, value));
    if (seen.has(text)) {
      report(same, value, `${value.text} stands here twice.`, repair);
      continue;
    }
    seen.add(text);
    const wider = patterns.find((other) => other.i !== i && other.text !== text && other.holds(text));
    if (wider === undefined) continue;
    report(covered, value, `${value.text} is part of ${list.values[wider.i]?.text} beside it.`, repair);
  }
}

function checkStatements({ document, report }: CheckContext): void {
  const { statements } = document;
  const list = document.members.get('Statement')?.node;
  const remove = (index: number) =>
    repairOf(
      'Remove this statement',
      list?.kind === 'array' && list.items.length > 1 ? removeEntry(list.items, index) : undefined,
    );
  const seen = new Map<string, StatementView>();
  for (const statement of statements) {
    const id = contentOf(document.text, statement);
    const first = seen.get(id);
    if (first !== undefined) {
      report(
        'redundant-statement',
        statement.span,
        `Statement ${first.index + 1} says the same.`,
        remove(statement.index),
      );
      continue;
    }
    seen.set(id, statement);
    if (statements.length > MOST_STATEMENTS) continue;
    const wider = statements.find(
      (other) => other !== statement && other.effect === statement.effect && holds(other, statement),
    );
    if (wider !== undefined && (wider.index < statement.index || !holds(statement, wider))) {
      report(
        'covered-statement',
        statement.span,
        `Statement ${wider.index + 1} holds all of this one.`,
        remove(statement.index),
      );
    }
    const deny =
      statement.effect === 'Allow'
        ? statements.find((other) => other.effect === 'Deny' && holds(other, statement))
        : undefined;
    if (deny === undefined) continue;
    report('allow-denied-in-policy', statement.span, `Statement ${deny.index + 1} denies all that this one allows.`);
  }
}

/** All that is in a statement but its Sid, whatever the order of its elements. */
function contentOf(text: string, { members }: StatementView): string {
  const parts: string[] = [];
  for (const [name, { node }] of members) {
    if (name !== 'Sid') parts.push(`${name}:${text.slice(node.from, node.to).replaceAll(/\s/g, '')}`);
  }
  return parts.sort().join('\n');
}

/** Whether the first statement surely applies wherever the second does. */
function holds(outer: StatementView, inner: StatementView): boolean {
  if (outer.members.has('Condition') || !isPlain(outer) || !isPlain(inner)) return false;
  if (!samePrincipal(outer, inner)) return false;
  return (
    listHolds(outer.actions, inner.actions, (text) => text.toLowerCase()) &&
    listHolds(outer.resources, inner.resources, (text) => text)
  );
}

const isPlain = ({ actions, effect }: StatementView) =>
  effect !== undefined &&
  actions?.not === false &&
  actions.values.length > 0 &&
  actions.values.every(({ text }) => text === '*' || splitAction(text) !== undefined);

function samePrincipal(a: StatementView, b: StatementView): boolean {
  if (a.principal === undefined || b.principal === undefined) return a.principal === b.principal;
  if (a.principal.not || b.principal.not) return false;
  return a.principal.everyone || textOf(a.principal.types) === textOf(b.principal.types);
}

const textOf = (types: readonly (ListView & { readonly type: string })[]) =>
  types.map(({ type, values }) => `${type}=${values.map(({ text }) => text).join()}`).join(';');

function listHolds(outer: ListView | undefined, inner: ListView | undefined, fold: (text: string) => string): boolean {
  if (outer === undefined || inner === undefined) return outer === inner;
  if (outer.not || inner.not || inner.values.length === 0) return false;
  return inner.values.every((value) => outer.values.some((other) => covers(fold(other.text), fold(value.text))));
}

function checkSids({ document, report }: CheckContext): void {
  for (const { members, node } of document.statements) {
    const sid = members.get('Sid');
    if (sid?.node.kind !== 'string' || sid.node.value !== '') continue;
    const repair = repairOf('Remove the Sid', removeMember(node, sid.member));
    report('empty-sid', sid.span, 'The Sid is empty. Write what the statement is for, or leave it out.', repair);
  }
}
