/**
 * The permissions of an operation by the rule: the service's prefix and the operation's name, on the resources that the input names,
 * with the condition keys of tags. Follows the Service Authorization Reference.
 */
import { parseArn } from '../../iam/arn.ts';
import type { ResourceType } from '../../iam/check/catalogue.ts';
import { actionsOf } from '../action-catalogue.ts';
import { own } from '../own.ts';
import type { AnyOperation, Permission, PermissionFacts, ResourceRules, Service } from '../service.ts';
import { type ArnTemplate, arnTemplate } from './arn-template.ts';
import { requestTagContext } from './input-tags.ts';
import { resourcesNamed } from './named-resources.ts';

type Input = Readonly<Record<string, unknown>>;
type Context = Permission['context'];

/** What is known of an action, read once. */
interface Rule {
  /** `sqs:SendMessage`. */
  readonly action: string;
  readonly types: readonly TypeRule[];
  readonly takesRequestTags: boolean;
  /** `aws:ResourceTag/`, `secretsmanager:ResourceTag/`: the prefixes of the keys that hold the resource's tags. */
  readonly resourceTagKeys: readonly string[];
}

interface TypeRule {
  readonly name: string;
  readonly template: ArnTemplate;
}

interface NamedType extends TypeRule {
  readonly arns: readonly string[];
}

/** What a call needs: what the operation says by itself, or what the rule says and what the operation needs besides. */
export function permissionsOf(
  service: Service,
  operationName: string,
  operation: AnyOperation,
  input: Input,
  facts: PermissionFacts,
): readonly Permission[] {
  if (operation.permissions !== undefined) return operation.permissions(input, facts);
  const rule = ruleOf(service, operationName, operation);
  const arns = resourcesOf(rule, operationName, service.resources, input, facts);
  const permissions = arns.map((arn) => permissionOn(arn, rule, operationName, service.resources, input, facts));
  return [...permissions, ...(operation.alsoNeeds?.(input, facts) ?? [])];
}

/** The account on whose state an operation by the rule works: the one that owns its first resource, where the sandbox has it. */
export function ownerByRule(permissions: readonly Permission[], { world, callerAccountId }: PermissionFacts): string {
  const owner = permissions[0]?.resourceAccountId ?? callerAccountId;
  return own(world.accounts, owner) === undefined ? callerAccountId : owner;
}

const rules = new WeakMap<AnyOperation, Rule>();

/** @throws Error where the reference has no such action: the operation must name its own */
function ruleOf(service: Service, operationName: string, operation: AnyOperation): Rule {
  const known = rules.get(operation);
  if (known !== undefined) return known;
  const prefix = service.prefix ?? service.name;
  const name = operation.action ?? operationName;
  const found = actionsOf(prefix)?.actions.get(name.toLowerCase());
  if (found === undefined)
    throw new Error(`There is no action ${prefix}:${name}: the operation needs permissions of its own`);
  const keys = found.conditionKeys.map((key) => key.name);
  const rule: Rule = {
    action: `${prefix}:${found.name}`,
    types: found.resourceTypes.map(({ name: type, arn }: ResourceType) => ({ name: type, template: arnTemplate(arn) })),
    takesRequestTags: keys.some((key) => key.startsWith('aws:RequestTag/') || key === 'aws:TagKeys'),
    resourceTagKeys: [...new Set(keys.flatMap((key) => /^[a-z0-9-]+:resourcetag\//i.exec(key) ?? []))],
  };
  rules.set(operation, rule);
  return rule;
}

/** Of types of which one contains another (a table and its index) the inner one alone is asked for. `*` where none is named. */
function resourcesOf(
  { types }: Rule,
  operation: string,
  resources: ResourceRules | undefined,
  input: Input,
  facts: PermissionFacts,
): readonly string[] {
  const place = { region: facts.region, accountId: facts.callerAccountId };
  const named = types.flatMap((type): readonly NamedType[] => {
    const told = resources?.named?.(input, facts, { operation, type: type.name });
    const arns = told === undefined ? resourcesNamed(type.template, input, place) : [told].flat();
    return arns.length === 0 ? [] : [{ ...type, arns }];
  });
  const innermost = named.filter((type) => !named.some((other) => isWithin(other, type)));
  const arns = new Set(innermost.flatMap((type) => type.arns));
  return arns.size === 0 ? ['*'] : [...arns];
}

function isWithin(inner: NamedType, outer: NamedType): boolean {
  const names = new Set(inner.template.names);
  return names.size > outer.template.names.length && outer.template.names.every((name) => names.has(name));
}

function permissionOn(
  arn: string,
  rule: Rule,
  operation: string,
  resources: ResourceRules | undefined,
  input: Input,
  facts: PermissionFacts,
): Permission {
  const owner = arn === '*' ? '' : (parseArn(arn)?.accountId ?? '');
  return {
    action: rule.action,
    resource: arn,
    // Some ARNs name no account: AWS's own, and those of services whose names are unique by themselves.
    resourceAccountId: /^\d{12}$/.test(owner) ? owner : facts.callerAccountId,
    context: {
      ...(arn !== '*' && resourceTagContext(rule.resourceTagKeys, resources?.tagsOf?.(facts.world, arn) ?? {})),
      ...(rule.takesRequestTags && requestTagContext(input)),
      ...resources?.context?.(input, facts, { operation, arn }),
    },
  };
}

function resourceTagContext(prefixes: readonly string[], tags: Readonly<Record<string, string>>): Context {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => prefixes.map((prefix) => [`${prefix}${key}`, value])),
  );
}
