/** What the resources of a stack are to be: their properties, worked out, with the tags of the stack. */
import { tagMap, tagsOf } from '../../templates/differences.ts';
import type { Made, Properties, ResourceType } from '../../templates/resource-type.ts';
import type { Resource } from '../../templates/resources.ts';
import type { Template } from '../../templates/template.ts';
import { evaluate, type Names } from '../../templates/value.ts';
import { isWanted, namesOf } from '../../templates/working-out.ts';
import type { Account } from '../../world.ts';
import { exportsOf } from './exports.ts';
import { templateOf } from './reading-templates.ts';
import type { StackPlan, StackState } from './state.ts';

/** A plan, ready to be worked out. */
export interface Wanted {
  readonly template: Template;
  readonly plan: StackPlan;
  readonly names: Names;
  /** The resources that there are to be, by logical id, in the order in which they are made. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** The names of exports that were asked for so far. */
  readonly imports: ReadonlySet<string>;
}

/**
 * @param made what is there by now; read anew at each look-up
 * @throws ValidationError where the conditions cannot be worked out
 */
export function wantedOf(
  plan: StackPlan,
  stack: Pick<StackState, 'id' | 'name' | 'region'>,
  account: Account,
  made: ReadonlyMap<string, Made>,
): Wanted {
  const template = templateOf(plan.template);
  const imports = new Set<string>();
  const exported = exportsOf(account, stack.region);
  const names = namesOf(template, new Map(Object.entries(plan.parameters)), made, {
    accountId: account.id,
    region: stack.region,
    stackName: stack.name,
    stackId: stack.id,
    notificationArns: plan.notificationArns,
    exported(name) {
      imports.add(name);
      return exported.get(name)?.value;
    },
  });
  const resources = new Map([...template.resources].filter(([, resource]) => isWanted(resource, names)));
  return { template, plan, names, resources, imports };
}

/** @throws ValidationError where a value cannot be worked out */
export function propertiesOf({ names, plan }: Wanted, { type, properties }: Resource): Properties {
  return tagged(type, (evaluate(properties, names) ?? {}) as Properties, plan.tags);
}

/** The tags of a stack are given to all its resources that have tags (CloudFormation User Guide, "Resource tags"). Their own come first. */
function tagged(type: ResourceType, properties: Properties, tags: StackPlan['tags']): Properties {
  const shape = type.properties.members['Tags'];
  const own = new Set(tagsOf(properties).map(({ Key }) => Key));
  const more = tags.filter(({ Key }) => !own.has(Key));
  if (shape === undefined || more.length === 0) return properties;
  const all = [...tagsOf(properties), ...more].map(({ Key, Value }) => ({ Key, Value }));
  const Tags = shape.kind === 'texts' ? tagMap(all) : all;
  return { ...properties, Tags };
}
