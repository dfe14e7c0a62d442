/**
 * Stack policies: which resources an update may change. They are about updates of the stack alone, and keep nobody from the resources
 * (CloudFormation User Guide, "Prevent updates to stack resources").
 */
import { compileGlob, matchGlob } from '../../../iam/glob.ts';
import { own } from '../../own.ts';
import { validationError } from './errors.ts';
import type { StackResourceState } from './state.ts';

export interface StackPolicyStatement {
  readonly isAllow: boolean;
  readonly actions: readonly string[];
  readonly isNotAction: boolean;
  /** `LogicalResourceId/Name`, `*`. */
  readonly resources: readonly string[];
  readonly isNotResource: boolean;
  /** The types that it is about, by StringEquals or StringLike of ResourceType; absent: all. */
  readonly types?: readonly string[];
}

export type StackPolicy = readonly StackPolicyStatement[];

type UpdateAction = 'Modify' | 'Replace' | 'Delete';

/** @throws ValidationError for what is no stack policy */
export function readStackPolicy(text: string): StackPolicy {
  const document = record(parsed(text));
  const statements = document === undefined ? undefined : document['Statement'];
  const list = Array.isArray(statements) ? statements : statements === undefined ? [] : [statements];
  if (list.length === 0) throw wrong('it has no statements');
  return list.map(readStatement);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrong('it is no JSON');
  }
}

function wrong(why: string): Error {
  return validationError(`Error validating stack policy: ${why}`);
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function texts(value: unknown): readonly string[] | undefined {
  const list = Array.isArray(value) ? value : [value];
  return list.every((item): item is string => typeof item === 'string') && list.length > 0 ? list : undefined;
}

const actions = ['Update:*', 'Update:Modify', 'Update:Replace', 'Update:Delete'];

function readStatement(value: unknown): StackPolicyStatement {
  const statement = record(value);
  if (statement === undefined) throw wrong('a statement is an object');
  const { Effect, Action, NotAction, Resource, NotResource, Principal, Condition } = statement;
  if (Effect !== 'Allow' && Effect !== 'Deny') throw wrong('the Effect is Allow or Deny');
  if (Principal !== '*') throw wrong('the Principal is *');
  const acts = texts(Action ?? NotAction);
  if (acts === undefined || !acts.every((action) => actions.includes(action) || action === '*')) {
    throw wrong(`an Action is one of ${actions.join(', ')}`);
  }
  const resources = texts(Resource ?? NotResource);
  if (resources === undefined || !resources.every((name) => name === '*' || name.startsWith('LogicalResourceId/'))) {
    throw wrong('a Resource is * or LogicalResourceId/Name');
  }
  const types = typesOf(Condition);
  return {
    isAllow: Effect === 'Allow',
    actions: acts,
    isNotAction: Action === undefined,
    resources,
    isNotResource: Resource === undefined,
    ...(types !== undefined && { types }),
  };
}

function typesOf(condition: unknown): readonly string[] | undefined {
  if (condition === undefined) return undefined;
  const [operator, ...others] = Object.entries(record(condition) ?? {});
  const keys = record(operator?.[1]) ?? {};
  const types = texts(own(keys, 'ResourceType'));
  const isRead = operator !== undefined && ['StringEquals', 'StringLike'].includes(operator[0]);
  if (!isRead || others.length > 0 || Object.keys(keys).length !== 1 || types === undefined) {
    throw wrong('a Condition is StringEquals or StringLike of ResourceType');
  }
  return types;
}

function matches(pattern: string, text: string): boolean {
  return matchGlob(compileGlob([{ pattern }], 'text'), text);
}

/** Why a change of a resource is not allowed; undefined where it is. Without a policy all are; with one, those that it allows. */
export function stackPolicyRefusal(
  policy: StackPolicy | undefined,
  before: ReadonlyMap<string, StackResourceState>,
): (logicalId: string, type: string, action: UpdateAction) => string | undefined {
  return (logicalId, type, action) => {
    if (policy === undefined || !before.has(logicalId)) return undefined;
    const about = policy.filter((statement) => isAbout(statement, logicalId, type, action));
    const denied = about.findIndex(({ isAllow }) => !isAllow);
    if (denied === -1 && about.length > 0) return undefined;
    return `Action denied by stack policy: Statement [#${Math.max(denied, 0) + 1}] does not allow [Update:${action}] for resource [LogicalResourceId/${logicalId}]`;
  };
}

function isAbout(statement: StackPolicyStatement, logicalId: string, type: string, action: UpdateAction): boolean {
  const { actions: acts, resources, isNotAction, isNotResource, types } = statement;
  const isAction = acts.some((pattern) => matches(pattern, `Update:${action}`));
  const isResource = resources.some((pattern) => matches(pattern, `LogicalResourceId/${logicalId}`));
  const isType = types === undefined || types.some((pattern) => matches(pattern, type));
  return isAction !== isNotAction && isResource !== isNotResource && isType;
}
