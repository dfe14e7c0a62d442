/** What every rule of the checker gets. */
import type { Finding } from '../policy.ts';
import type { ActionCatalogue, ActionDescription } from './catalogue.ts';
import type { DocumentView, StatementView } from './document.ts';
import type { Repair, Span } from './finding.ts';
import { coverage, hasWildcard } from './pattern.ts';
import type { CheckCode } from './severities.ts';

/** Which kind of policy a document is to be. `identity` serves inline, managed and boundary policies. */
export type CheckKind = 'identity' | 'resource' | 'trust' | 'scp' | 'rcp';

/** Which size quota a document is held against. */
export type CheckSize = 'managed' | 'inline-user' | 'inline-group' | 'inline-role' | 'trust' | 'none';

export interface CheckContext {
  readonly document: DocumentView;
  readonly kind: CheckKind;
  readonly size: CheckSize;
  /** CloudFormation's name of the resource whose policy it is: `AWS::S3::Bucket`. */
  readonly resourceType: string | undefined;
  readonly catalogue: ActionCatalogue;
  /** The prefixes of all services; without them none is unknown. */
  readonly services: ReadonlySet<string> | undefined;
  report(code: CheckCode, at: Span, message: string, repair?: Repair | undefined, awsMessage?: string): void;
}

export type Rule = (context: CheckContext) => void;

/** Rules beside the checker's own, with severities of their own. */
export interface RuleSet {
  apply(
    context: Omit<CheckContext, 'report'>,
    found: (
      code: string,
      severity: Finding['severity'],
      at: Span,
      message: string,
      repair?: Repair | undefined,
      awsMessage?: string,
    ) => void,
  ): void;
}

/** The service and the name of an action; undefined where it has not one colon. */
export function splitAction(text: string): { readonly prefix: string; readonly name: string } | undefined {
  const [prefix, name, ...more] = text.split(':');
  return prefix === undefined || prefix === '' || name === undefined || more.length > 0
    ? undefined
    : { prefix: prefix.toLowerCase(), name };
}

/** The known actions that a value of Action matches; undefined where its service is not known in detail. */
export function actionsOf(catalogue: ActionCatalogue, text: string): readonly ActionDescription[] | undefined {
  const split = splitAction(text);
  const service = split === undefined ? undefined : catalogue.get(split.prefix);
  if (split === undefined || service === undefined) return undefined;
  const name = split.name.toLowerCase();
  if (hasWildcard(name)) {
    const matches = coverage(name);
    return [...service.actions].flatMap(([key, action]) => (matches(key) ? [action] : []));
  }
  const action = service.actions.get(name);
  return action === undefined ? [] : [action];
}

/** The known actions of a whole statement; undefined where one value is not known in detail, or matches nothing. */
export function knownActionsOf(
  catalogue: ActionCatalogue,
  statement: StatementView,
): readonly ActionDescription[] | undefined {
  const { actions } = statement;
  if (actions === undefined || actions.not || actions.values.length === 0) return undefined;
  const found: ActionDescription[] = [];
  for (const { text } of actions.values) {
    const matches = actionsOf(catalogue, text);
    if (matches === undefined || matches.length === 0) return undefined;
    found.push(...matches);
  }
  return found;
}
