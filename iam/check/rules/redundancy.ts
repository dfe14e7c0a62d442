/** Rules about what stands in a policy more than once, and about what a Deny beside it takes away again. */

import { type CheckContext, splitAction } from '../context.ts';
import type { ListView, StatementView } from '../document.ts';
import { removeEntry, removeMember, removeValue, repairOf } from '../edits.ts';
import { coverage, hasWildcard } from '../pattern.ts';
import { type Comparisons, PatternIndex } from '../pattern-index.ts';
import type { CheckCode } from '../severities.ts';

/** So many patterns are compared with each other: far more than a policy within AWS's quotas has. */
const MOST_COMPARISONS = 500_000;

export function checkRedundancy(context: CheckContext): void {
  const { statements, root } = context.document;
  const comparisons: Comparisons = { left: MOST_COMPARISONS };
  for (const { actions, resources } of statements) {
    if (actions !== undefined) checkList(context, actions, ACTION_CODES, comparisons);
    if (resources !== undefined) checkList(context, resources, RESOURCE_CODES, comparisons);
  }
  checkStatements(context, comparisons);
  checkSids(context);
  if (comparisons.left >= 0) return;
  const message = `This policy was not searched to its end for what stands in it twice: it asks for more than ${MOST_COMPARISONS} comparisons of patterns.`;
  context.report('redundancy-not-searched', { from: root.from, to: root.from + 1, pointer: '' }, message);
}

interface ListCodes {
  readonly same: CheckCode;
  readonly covered: CheckCode;
  /** Letter case, where it does not matter. */
  readonly fold: (text: string) => string;
}

const lowered = (text: string) => text.toLowerCase();
const asWritten = (text: string) => text;
const ACTION_CODES: ListCodes = { same: 'duplicate-action', covered: 'redundant-action', fold: lowered };
const RESOURCE_CODES: ListCodes = { same: 'duplicate-resource', covered: 'redundant-resource', fold: asWritten };

function checkList(
  { report }: CheckContext,
  list: ListView,
  { same, covered, fold }: ListCodes,
  comparisons: Comparisons,
): void {
  const folded = list.values.map(({ text }) => fold(text));
  const patterns = new PatternIndex<number>();
  for (const [i, text] of folded.entries()) if (hasWildcard(text)) patterns.add(text, i);
  const seen = new Set<string>();
  for (const [i, value] of list.values.entries()) {
    const text = folded[i] ?? '';
    const remove = () => repairOf(`Remove ${value.text}`, removeValue(list.node, value));
    if (seen.has(text)) {
      report(same, value, `${value.text} stands here twice.`, remove());
      continue;
    }
    seen.add(text);
    const wider = [...patterns.holding(text, comparisons)].filter((other) => folded[other] !== text);
    if (wider.length === 0) continue;
    report(covered, value, `${value.text} is part of ${list.values[Math.min(...wider)]?.text} beside it.`, remove());
  }
}

function checkStatements({ document, report }: CheckContext, comparisons: Comparisons): void {
  const { statements } = document;
  const list = document.members.get('Statement')?.node;
  const remove = (index: number) =>
    repairOf(
      'Remove this statement',
      list?.kind === 'array' && list.items.length > 1 ? removeEntry(list.items, index) : undefined,
    );
  const wide = { Allow: new WideStatements(comparisons), Deny: new WideStatements(comparisons) };
  for (const statement of statements) if (statement.effect !== undefined) wide[statement.effect].add(statement);
  const seen = new Map<string, StatementView>();
  for (const statement of statements) {
    const { span, index, effect } = statement;
    const id = contentOf(document.text, statement);
    const first = seen.get(id);
    if (first !== undefined) {
      report('redundant-statement', span, `Statement ${first.index + 1} says the same.`, remove(index));
      continue;
    }
    seen.set(id, statement);
    if (effect === undefined) continue;
    const wider = wide[effect].firstThatHolds(statement);
    if (wider !== undefined && (wider.index < index || !wide[effect].holds(statement, wider)))
      report('covered-statement', span, `Statement ${wider.index + 1} holds all of this one.`, remove(index));
    const deny = effect === 'Allow' ? wide.Deny.firstThatHolds(statement) : undefined;
    if (deny === undefined) continue;
    report('allow-denied-in-policy', span, `Statement ${deny.index + 1} denies all that this one allows.`);
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

const isPlain = ({ actions, effect }: StatementView) =>
  effect !== undefined &&
  actions?.not === false &&
  actions.values.length > 0 &&
  actions.values.every(({ text }) => text === '*' || splitAction(text) !== undefined);

/** Statements of one effect without conditions, to find those that hold another one. */
class WideStatements {
  readonly #comparisons: Comparisons;
  readonly #byAction = new PatternIndex<StatementView>();
  readonly #byResource = new PatternIndex<StatementView>();
  /** The patterns of lists that were asked about. */
  readonly #patterns = new Map<ListView, readonly ((text: string) => boolean)[]>();

  constructor(comparisons: Comparisons) {
    this.#comparisons = comparisons;
  }

  add(statement: StatementView): void {
    const { actions, resources, members } = statement;
    if (members.has('Condition') || !isPlain(statement) || resources?.not) return;
    for (const { text } of actions?.values ?? []) this.#byAction.add(lowered(text), statement);
    for (const { text } of resources?.values ?? []) this.#byResource.add(text, statement);
  }

  /** The first other statement that surely applies wherever this one does. */
  firstThatHolds(inner: StatementView): StatementView | undefined {
    if (!isPlain(inner)) return undefined;
    // Who holds the whole statement holds its first action and its first resource: whichever tells more of them apart.
    const action = lowered(inner.actions?.values[0]?.text ?? '');
    const resource = inner.resources?.values[0]?.text;
    const byAction = this.#byAction.like(action);
    const byResource = resource === undefined ? byAction : this.#byResource.like(resource);
    const [likely, text] =
      resource !== undefined && byResource.length < byAction.length ? [byResource, resource] : [byAction, action];
    let first: StatementView | undefined;
    for (const { owner, holds } of likely) {
      if (owner === inner || (first !== undefined && owner.index >= first.index)) continue;
      if (--this.#comparisons.left < 0) return first;
      if (holds(text) && this.holds(owner, inner)) first = owner;
    }
    return first;
  }

  /** Whether the first statement surely applies wherever the second does. */
  holds(outer: StatementView, inner: StatementView): boolean {
    if (outer.members.has('Condition') || !isPlain(outer) || !samePrincipal(outer, inner)) return false;
    return (
      this.#listHolds(outer.actions, inner.actions, lowered) &&
      this.#listHolds(outer.resources, inner.resources, asWritten)
    );
  }

  #listHolds(outer: ListView | undefined, inner: ListView | undefined, fold: ListCodes['fold']): boolean {
    if (outer === undefined || inner === undefined) return outer === inner;
    if (outer.not || inner.not || inner.values.length === 0) return false;
    let patterns = this.#patterns.get(outer);
    if (patterns === undefined) {
      patterns = outer.values.map(({ text }) => coverage(fold(text)));
      this.#patterns.set(outer, patterns);
    }
    return inner.values.every((value) => {
      const text = fold(value.text);
      return patterns.some((holds) => --this.#comparisons.left >= 0 && holds(text));
    });
  }
}

function samePrincipal(a: StatementView, b: StatementView): boolean {
  if (a.principal === undefined || b.principal === undefined) return a.principal === b.principal;
  if (a.principal.not || b.principal.not) return false;
  return a.principal.everyone || textOf(a.principal.types) === textOf(b.principal.types);
}

const textOf = (types: readonly (ListView & { readonly type: string })[]) =>
  types.map(({ type, values }) => `${type}=${values.map(({ text }) => text).join()}`).join(';');

function checkSids({ document, report }: CheckContext): void {
  for (const { members, node } of document.statements) {
    const sid = members.get('Sid');
    if (sid?.node.kind !== 'string' || sid.node.value !== '') continue;
    const repair = repairOf('Remove the Sid', removeMember(node, sid.member));
    report('empty-sid', sid.span, 'The Sid is empty. Write what the statement is for, or leave it out.', repair);
  }
}
