/** Recorded requests as the statements that allow them and nothing else. */
import type { AnyRequest } from '../model.ts';
import type { ConditionClause, Statement } from '../policy.ts';

/** The requests that one Allow statement is for: each of its actions was asked on each of its resources. */
export interface Group {
  /** As recorded, in alphabetical order. */
  readonly actions: readonly string[];
  /** ARNs as recorded, in alphabetical order, or patterns that stand for several of them. */
  readonly resources: readonly Resource[];
  readonly conditions: readonly ConditionClause[];
  readonly requests: readonly AnyRequest[];
}

export interface Resource {
  /** As in a Resource element. */
  readonly pattern: string;
  /** What was asked for. */
  readonly recorded: readonly string[];
}

/** The requests by service, and by resources that were asked with the same actions: services and statements in alphabetical order. */
export function groupRequests(requests: readonly AnyRequest[]): readonly Group[] {
  const actionsOn = new Map<string, { resource: string; service: string; actions: Map<string, string> }>();
  for (const { action, resource } of requests) {
    const [service = ''] = action.toLowerCase().split(':');
    const id = `${service} ${resource}`;
    const entry = actionsOn.get(id) ?? { resource, service, actions: new Map<string, string>() };
    if (!entry.actions.has(action.toLowerCase())) entry.actions.set(action.toLowerCase(), action);
    actionsOn.set(id, entry);
  }
  const groups = new Map<string, { actions: readonly string[]; resources: string[] }>();
  for (const { resource, actions } of actionsOn.values()) {
    const id = [...actions.keys()].sort().join();
    const group = groups.get(id) ?? { actions: [...actions.values()].sort(), resources: [] };
    group.resources.push(resource);
    groups.set(id, group);
  }
  return [...groups.values()]
    .map(({ actions, resources }) => groupOf(actions, resources.sort(), requests))
    .sort((a, b) => compareText(a.actions.join(), b.actions.join()));
}

function groupOf(actions: readonly string[], arns: readonly string[], requests: readonly AnyRequest[]): Group {
  const wanted = new Set(actions.map((action) => action.toLowerCase()));
  return {
    actions,
    resources: arns.map((arn) => ({ pattern: literally(arn), recorded: [arn] })),
    conditions: [],
    requests: requests.filter(({ action, resource }) => wanted.has(action.toLowerCase()) && arns.includes(resource)),
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** An ARN as a pattern that matches it alone. The resource `*` stays: it is asked by actions that have none. */
export function literally(arn: string): string {
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
