/** Recorded requests as the statements that allow them and nothing else. */
import type { AnyRequest } from '../model.ts';
import type { ConditionClause, Statement } from '../policy.ts';
import { foldResources, type Resource } from './fold.ts';

/** The requests that one Allow statement is for: each of its actions was asked on each of its resources. */
export interface Group {
  /** As recorded, in alphabetical order. */
  readonly actions: readonly string[];
  /** ARNs as recorded, in alphabetical order, or patterns that stand for several of them. */
  readonly resources: readonly Resource[];
  readonly conditions: readonly ConditionClause[];
  readonly requests: readonly AnyRequest[];
}

/**
 * The requests by service, and by resources that were asked with the same actions, in alphabetical order. From `foldFrom` resources
 * of one folder that an action was asked on, a pattern stands for them.
 */
export function groupRequests(requests: readonly AnyRequest[], foldFrom: number | undefined): readonly Group[] {
  const byPattern = new Map<string, { resource: Resource; actions: string[] }>();
  for (const { action, resources } of resourcesByAction(requests)) {
    const service = action.slice(0, action.indexOf(':')).toLowerCase();
    for (const resource of foldFrom === undefined ? resources : foldResources(resources, foldFrom)) {
      const id = `${service} ${resource.pattern}`;
      const known = byPattern.get(id) ?? { resource: { ...resource, recorded: [] }, actions: [] };
      const recorded = [...new Set([...known.resource.recorded, ...resource.recorded])];
      byPattern.set(id, { resource: { ...resource, recorded }, actions: [...known.actions, action] });
    }
  }
  const byActions = new Map<string, { actions: readonly string[]; resources: Resource[] }>();
  for (const { resource, actions } of byPattern.values()) {
    const id = actions.sort().join();
    const group = byActions.get(id) ?? { actions, resources: [] };
    group.resources.push(resource);
    byActions.set(id, group);
  }
  return [...byActions.values()]
    .map(({ actions, resources }) => groupOf(actions, resources, requests))
    .sort((a, b) => compareText(a.actions.join(), b.actions.join()));
}

/** Each action once, in the spelling that came first, with the resources that it was asked on. */
function resourcesByAction(requests: readonly AnyRequest[]) {
  const found = new Map<string, { action: string; arns: Set<string> }>();
  for (const { action, resource } of requests) {
    const entry = found.get(action.toLowerCase()) ?? { action, arns: new Set<string>() };
    entry.arns.add(resource);
    found.set(action.toLowerCase(), entry);
  }
  return [...found.values()].map(({ action, arns }) => ({ action, resources: [...arns].map(named) }));
}

function named(arn: string): Resource {
  return { pattern: literally(arn), recorded: [arn] };
}

function groupOf(actions: readonly string[], resources: readonly Resource[], requests: readonly AnyRequest[]): Group {
  const wanted = new Set(actions.map((action) => action.toLowerCase()));
  const arns = new Set(resources.flatMap(({ recorded }) => recorded));
  return {
    actions,
    resources: resources.toSorted((a, b) => compareText(a.pattern, b.pattern)),
    conditions: [],
    requests: requests.filter(({ action, resource }) => wanted.has(action.toLowerCase()) && arns.has(resource)),
  };
}

/** The group with each resource by its own name. */
export function unfolded(group: Group): Group {
  const arns = new Set(group.resources.flatMap(({ recorded }) => recorded));
  return { ...group, resources: [...arns].sort().map(named) };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** An ARN as a pattern that matches it alone. The resource `*` stays: it is asked by actions that have none. */
function literally(arn: string): string {
  return arn === '*' ? arn : arn.replaceAll(/[*?]|\$(?=\{)/g, (special) => `\${${special}}`);
}

/** One group as a statement. */
export function statementOf({ actions, resources, conditions }: Group): Statement {
  return {
    effect: 'Allow',
    action: { not: false, values: actions },
    resource: { not: false, values: resources.map(({ pattern }) => pattern) },
    conditions,
  };
}
