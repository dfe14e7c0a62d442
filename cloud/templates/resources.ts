/** The resources of a template, as they are declared. */
import { plainText } from './parameters.ts';
import { listed, type Problems } from './problem.ts';
import type { ResourceType } from './resource-type.ts';
import { checkRecord } from './shape.ts';
import { resourceTypes } from './types/index.ts';
import type { Place, Value } from './value.ts';

/** What becomes of a resource that the stack has no more, or has another in place of. */
export type Policy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';

const policies: readonly Policy[] = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'];

export interface Resource {
  readonly type: ResourceType;
  /** A map. */
  readonly properties: Value;
  readonly dependsOn: readonly string[];
  /** The condition under which there is one. */
  readonly condition?: string;
  readonly deletionPolicy: Policy;
  readonly updateReplacePolicy: Policy;
  readonly metadata?: Value;
  readonly place: Place;
}

/** CloudFormation Template Reference, "Resources". */
const mostResources = 500;

const resourceMembers = [
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'Metadata',
  'DeletionPolicy',
  'UpdateReplacePolicy',
];

export function readResources(
  section: Value | undefined,
  root: Place,
  problems: Problems,
): ReadonlyMap<string, Resource> {
  const resources = new Map<string, Resource>();
  if (section?.kind !== 'map' || section.entries.size === 0) {
    problems.add('missing_property', section?.place ?? root, 'A template has Resources, at least one.', ['Resources']);
    return resources;
  }
  if (section.entries.size > mostResources) {
    problems.add('template_too_large', section.place, `A template has at most ${mostResources} resources.`);
    return resources;
  }
  for (const [id, value] of section.entries) {
    const resource = readResource(id, value, problems);
    if (resource !== undefined) resources.set(id, resource);
  }
  for (const [id, { dependsOn, place }] of resources) {
    for (const name of dependsOn) {
      if (!section.entries.has(name)) {
        problems.add('unknown_name', place, `${id} depends on ${name}, which is no resource of this template.`, [name]);
      }
    }
  }
  return resources;
}

function readResource(id: string, value: Value, problems: Problems): Resource | undefined {
  if (!/^[A-Za-z0-9]{1,255}$/.test(id)) {
    problems.add('wrong_value', value.place, `${id} is no logical id: it has letters and digits only.`);
  }
  if (value.kind !== 'map') {
    problems.add('wrong_value', value.place, `A resource is a map of ${listed(resourceMembers)}.`);
    return undefined;
  }
  const members = value.entries;
  for (const [name, member] of members) {
    if (!resourceMembers.includes(name)) {
      const message = `A resource has no ${name} here: it has ${listed(resourceMembers)}.`;
      problems.add('unknown_property', member.place, message);
    }
  }
  const typeName = plainText(members.get('Type'));
  const type = resourceTypes.get(typeName ?? '');
  if (type === undefined) {
    const place = members.get('Type')?.place ?? value.place;
    const what = typeName === undefined ? `${id} has no Type` : `${typeName} is no type of resource known here`;
    const message = `${what}: the known ones are ${listed(resourceTypes.keys())}.`;
    problems.add('unknown_resource_type', place, message, [typeName ?? id]);
    return undefined;
  }
  const properties = members.get('Properties') ?? { kind: 'map', entries: new Map(), place: value.place };
  checkRecord(properties, type.properties, type.name, problems);
  const condition = plainText(members.get('Condition'));
  const metadata = members.get('Metadata');
  const deletionPolicy = readPolicy(members.get('DeletionPolicy'), problems);
  return {
    type,
    properties,
    dependsOn: readDependsOn(members.get('DependsOn'), problems),
    ...(condition !== undefined && { condition }),
    ...(metadata !== undefined && { metadata }),
    deletionPolicy,
    updateReplacePolicy: readPolicy(members.get('UpdateReplacePolicy'), problems),
    place: value.place,
  };
}

function readPolicy(value: Value | undefined, problems: Problems): Policy {
  if (value === undefined) return 'Delete';
  const policy = policies.find((name) => name === plainText(value));
  if (policy === undefined) problems.add('wrong_value', value.place, `The policy is one of ${listed(policies)}.`);
  return policy ?? 'Delete';
}

function readDependsOn(value: Value | undefined, problems: Problems): readonly string[] {
  if (value === undefined) return [];
  const names = value.kind === 'list' ? value.items.map(plainText) : [plainText(value)];
  const known = names.flatMap((name) => name ?? []);
  if (known.length < names.length) {
    problems.add('wrong_value', value.place, 'DependsOn is the logical id of a resource, or a list of them.');
  }
  return known;
}
