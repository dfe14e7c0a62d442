/** Rules about Action and NotAction: what exists, how it is written, and whether it can work on the statement's resources. */
import type { ActionDescription, ResourceType } from '../catalogue.ts';
import { actionsOf, type CheckContext, knownActionsOf, splitAction } from '../context.ts';
import type { StatementView, TextValue } from '../document.ts';
import { addTexts, repairOf, rewrite, writeText } from '../edits.ts';
import type { Repair } from '../finding.ts';
import { ACTION_OF_OPERATION } from '../operations.ts';
import { arnMatcher, canBeOf, hasWildcard, isEverything, nearest } from '../pattern.ts';

export function checkActions(context: CheckContext): void {
  for (const statement of context.document.statements) {
    for (const value of statement.actions?.values ?? []) checkAction(context, value);
    if (context.kind !== 'trust') checkActionsWithResources(context, statement);
  }
}

function checkAction({ catalogue, services, report }: CheckContext, value: TextValue): void {
  const split = splitAction(value.text);
  if (split === undefined || value.text.includes('${')) return;
  const { prefix, name } = split;
  if (services?.has(prefix) === false) {
    if (hasWildcard(prefix)) return;
    const meant = nearest(prefix, services);
    const message = `There is no service "${prefix}".${meant === undefined ? '' : ` Did you mean ${meant}:${name}?`}`;
    report('unknown-service', value, message, meant === undefined ? undefined : rewrite(value, `${meant}:${name}`));
    return;
  }
  const service = catalogue.get(prefix);
  if (service === undefined) return;
  const matches = actionsOf(catalogue, value.text) ?? [];
  const [found] = matches;
  if (hasWildcard(name)) {
    if (matches.length > 0) return;
    report(
      'action-pattern-without-match',
      value,
      `No action of ${prefix} is like "${name}": it allows and denies nothing.`,
    );
    return;
  }
  if (found !== undefined) {
    const right = `${prefix}:${found.name}`;
    if (right === value.text) return;
    const message = `The action is documented as ${right}. Letter case does not matter to IAM, but to who searches for it.`;
    report('action-letter-case', value, message, rewrite(value, right));
    return;
  }
  const asked = prefix === 's3' ? ACTION_OF_OPERATION.get(name.toLowerCase()) : undefined;
  if (asked !== undefined) {
    const message = `${name} is an operation of the API, and no action. Calling it needs s3:${asked}.`;
    report('operation-not-action', value, message, rewrite(value, `s3:${asked}`));
    return;
  }
  const meant = nearest(
    name,
    [...service.actions.values()].map((action) => action.name),
  );
  const message = `There is no action "${name}" in ${prefix}.${meant === undefined ? '' : ` Did you mean ${prefix}:${meant}?`}`;
  report('unknown-action', value, message, meant === undefined ? undefined : rewrite(value, `${prefix}:${meant}`));
}

/** Actions that IAM matches against an ARN although none is documented for them, so that more than "*" works. */
function hasHiddenResource(prefix: string, name: string): boolean {
  return (prefix === 'iam' && (name.startsWith('list') || name.startsWith('get'))) || name === 'listallmybuckets';
}

function checkActionsWithResources(context: CheckContext, statement: StatementView): void {
  const { catalogue, document, report } = context;
  const { actions, resources } = statement;
  if (actions === undefined || resources === undefined || actions.not || resources.not) return;
  if (resources.values.length === 0 || resources.values.some(({ text }) => isEverything(text))) return;
  let anyMisses = false;
  const isNamed = namedTypes(resources.values);
  for (const value of actions.values) {
    if (hasWildcard(value.text)) continue;
    const [action] = actionsOf(catalogue, value.text) ?? [];
    if (action === undefined) continue;
    if (action.resourceTypes.length === 0) {
      const { prefix = '', name = '' } = splitAction(value.text) ?? {};
      if (hasHiddenResource(prefix, name.toLowerCase())) continue;
      const message = `${value.text} cannot be limited to resources: it needs "Resource": "*". Give it a statement of its own.`;
      const repair =
        actions.values.length === 1 ? repairOf('Write "Resource": "*"', writeText(resources.span, '*')) : undefined;
      report('action-without-resource-types', value, message, repair);
    } else if (!action.resourceTypes.some(isNamed)) {
      anyMisses = true;
      const message = `${value.text} never matches here: it works on ${formsOf(action)}, and this statement names none.`;
      report('action-never-matches-resource', value, message, resourceRepair(statement, action, document.text));
    }
  }
  if (!anyMisses) checkIdleResources(context, statement);
}

/** The simplest ARNs that an action works on. */
function formsOf({ resourceTypes }: ActionDescription): string {
  const forms = resourceTypes.map(({ arn }) => arn.replace('${Partition}', 'aws'));
  return forms
    .sort((a, b) => a.length - b.length)
    .slice(0, 2)
    .join(' or ');
}

/** Whether one of the resources can be of a type, each type asked about once. */
function namedTypes(resources: readonly TextValue[]): (type: ResourceType) => boolean {
  const forms = resources.map(({ text }) => arnMatcher(text));
  const known = new Map<ResourceType, boolean>();
  return (type) => {
    let isNamed = known.get(type);
    if (isNamed === undefined) {
      isNamed = forms.some((isOf) => isOf(type.arn));
      known.set(type, isNamed);
    }
    return isNamed;
  };
}

function worksOn(action: ActionDescription, resource: string): boolean {
  return action.resourceTypes.some(({ arn }) => canBeOf(resource, arn));
}

/** For S3: the objects of the buckets that the statement names, or the buckets of its objects. */
function resourceRepair({ resources }: StatementView, action: ActionDescription, document: string): Repair | undefined {
  if (resources === undefined) return undefined;
  const buckets = resources.values.map(({ text }) => text).filter((text) => text.startsWith('arn:aws:s3:::'));
  const wanted = new Set<string>();
  for (const text of buckets) {
    const slash = text.indexOf('/');
    const other = slash < 0 ? `${text}/*` : text.slice(0, slash);
    if (worksOn(action, other)) wanted.add(other);
  }
  return wanted.size === 0
    ? undefined
    : repairOf(`Add ${[...wanted].join(', ')}`, ...addTexts(resources.node, [...wanted], document));
}

function checkIdleResources({ catalogue, report }: CheckContext, statement: StatementView): void {
  const known = knownActionsOf(catalogue, statement);
  if (known === undefined || statement.resources === undefined) return;
  if (known.some(({ resourceTypes }) => resourceTypes.length === 0)) return;
  const types = [...new Set(known.flatMap(({ resourceTypes }) => resourceTypes))];
  for (const value of statement.resources.values) {
    const isOf = arnMatcher(value.text);
    if (!value.text.startsWith('arn:') || types.some(({ arn }) => isOf(arn))) continue;
    const message = `No action of this statement works on ${value.text}.`;
    report('resource-without-action', value, message);
  }
}
