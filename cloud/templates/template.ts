/**
 * CloudFormation templates as far as start states need them: Parameters, Resources, Ref, Fn::GetAtt, Fn::Sub, Fn::Join,
 * DependsOn and the pseudo parameters, and under `Metadata: Leastwise:` the objects that buckets begin with.
 */
import { LineCounter, parseDocument } from 'yaml';
import { readObjects, type TemplateObject } from './objects.ts';
import { makingOrder } from './order.ts';
import { listed, type Problems, type TemplateProblem } from './problem.ts';
import { ValueReader } from './read-value.ts';
import type { ResourceType } from './resource-type.ts';
import { boolean, checkRecord, list, record, text } from './shape.ts';
import { resourceTypes } from './types/index.ts';
import { type Place, referencesIn, type Value } from './value.ts';

export interface Parameter {
  readonly name: string;
  readonly defaultValue?: string;
  readonly allowedValues?: readonly string[];
  readonly place: Place;
}

export interface Resource {
  readonly type: ResourceType;
  /** A map. */
  readonly properties: Value;
  readonly dependsOn: readonly string[];
  readonly place: Place;
}

/** A template that can be deployed. */
export interface Template {
  readonly parameters: readonly Parameter[];
  /** By logical id, in an order in which they can be made. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly objects: readonly TemplateObject[];
}

export type ReadTemplate =
  | { readonly kind: 'ok'; readonly template: Template }
  | { readonly kind: 'invalid'; readonly problems: readonly TemplateProblem[] };

/** What every template may refer to (AWS CloudFormation User Guide, "Pseudo parameters"). */
export const pseudoParameters = [
  'AWS::AccountId',
  'AWS::Region',
  'AWS::Partition',
  'AWS::NoValue',
  'AWS::StackName',
  'AWS::URLSuffix',
];

const sections = ['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Resources'];

/** Characters. CloudFormation takes 51,200 bytes in a call and 1 MiB out of a bucket; reading YAML takes long for as much. */
const longestTemplate = 128 * 1024;

const wholeFile: Place = { line: 1, column: 1, field: '' };

/** Reads a template and checks all that can be checked without an account. All problems are reported together. */
export function readTemplate(source: string): ReadTemplate {
  const problems: TemplateProblem[] = [];
  const gathered: Problems = {
    add: (code, { line, column, field }, message) => void problems.push({ code, line, column, field, message }),
  };
  if (source.length > longestTemplate) {
    gathered.add('template_too_large', wholeFile, `A template has at most ${longestTemplate} characters.`);
    return { kind: 'invalid', problems };
  }
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, logLevel: 'silent' });
  for (const error of document.errors) {
    const { line, col } = lines.linePos(error.pos[0]);
    gathered.add(
      'template_syntax',
      { line, column: col, field: '' },
      error.message.split('\n')[0] ?? 'This is no YAML.',
    );
  }
  if (problems.length > 0) return { kind: 'invalid', problems };
  const template = readSections(new ValueReader(document, lines, gathered).read(), gathered);
  return problems.length === 0 && template !== undefined ? { kind: 'ok', template } : { kind: 'invalid', problems };
}

function readSections(root: Value, problems: Problems): Template | undefined {
  if (root.kind !== 'map') {
    problems.add('template_syntax', root.place, `A template is a map of ${listed(sections)}.`);
    return undefined;
  }
  for (const [name, value] of root.entries) {
    if (!sections.includes(name)) {
      problems.add(
        'unknown_section',
        value.place,
        `Templates have no ${name} here: their parts are ${listed(sections)}.`,
      );
    }
  }
  const parameters = readParameters(root.entries.get('Parameters'), problems);
  const resources = readResources(root.entries.get('Resources'), root.place, problems);
  const names = [...parameters.map(({ name }) => name), ...pseudoParameters];
  checkReferences(resources, names, problems);
  const objects = readObjects(root.entries.get('Metadata'), names, problems);
  const order = makingOrder(resources);
  if (order.kind === 'cycle') {
    const place = resources.get(order.ids[0] ?? '')?.place ?? root.place;
    problems.add('dependency_cycle', place, `These need one another and none can be first: ${listed(order.ids)}.`);
  }
  const ordered = order.ids.flatMap((id): [string, Resource][] => {
    const resource = resources.get(id);
    return resource === undefined ? [] : [[id, resource]];
  });
  return { parameters, resources: new Map(ordered), objects };
}

const parameterShape = record(
  { Type: text, Default: text, Description: text, NoEcho: boolean, AllowedValues: list(text) },
  ['Type'],
);

function readParameters(section: Value | undefined, problems: Problems): readonly Parameter[] {
  if (section === undefined) return [];
  if (section.kind !== 'map') {
    problems.add('wrong_value', section.place, 'Parameters is a map from names to parameters.');
    return [];
  }
  return [...section.entries].map(([name, value]): Parameter => {
    checkRecord(value, parameterShape, `The parameter ${name}`, problems);
    const members = value.kind === 'map' ? value.entries : new Map<string, Value>();
    const type = plainText(members.get('Type'));
    if (type !== undefined && type !== 'String' && type !== 'Number') {
      problems.add(
        'wrong_value',
        members.get('Type')?.place ?? value.place,
        'The Type of a parameter is String or Number here.',
      );
    }
    const defaultValue = plainText(members.get('Default'));
    const allowed = members.get('AllowedValues');
    const allowedValues = allowed?.kind === 'list' ? allowed.items.flatMap((item) => plainText(item) ?? []) : undefined;
    return {
      name,
      ...(defaultValue !== undefined && { defaultValue }),
      ...(allowedValues !== undefined && { allowedValues }),
      place: value.place,
    };
  });
}

function plainText(value: Value | undefined): string | undefined {
  return value?.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
}

const resourceMembers = ['Type', 'Properties', 'DependsOn', 'Metadata', 'DeletionPolicy', 'UpdateReplacePolicy'];

function readResources(section: Value | undefined, root: Place, problems: Problems): ReadonlyMap<string, Resource> {
  const resources = new Map<string, Resource>();
  if (section?.kind !== 'map' || section.entries.size === 0) {
    problems.add('missing_property', section?.place ?? root, 'A template has Resources, at least one.');
    return resources;
  }
  for (const [id, value] of section.entries) {
    const resource = readResource(id, value, problems);
    if (resource !== undefined) resources.set(id, resource);
  }
  for (const [id, { dependsOn, place }] of resources) {
    for (const name of dependsOn) {
      if (!section.entries.has(name)) {
        problems.add('unknown_name', place, `${id} depends on ${name}, which is no resource of this template.`);
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
  for (const [name, member] of value.entries) {
    if (!resourceMembers.includes(name)) {
      problems.add(
        'unknown_property',
        member.place,
        `A resource has no ${name} here: it has ${listed(resourceMembers)}.`,
      );
    }
  }
  const typeName = plainText(value.entries.get('Type'));
  const type = resourceTypes.get(typeName ?? '');
  if (type === undefined) {
    const place = value.entries.get('Type')?.place ?? value.place;
    const what = typeName === undefined ? `${id} has no Type` : `${typeName} is no type of resource known here`;
    problems.add('unknown_resource_type', place, `${what}: the known ones are ${listed(resourceTypes.keys())}.`);
    return undefined;
  }
  const properties = value.entries.get('Properties') ?? { kind: 'map', entries: new Map(), place: value.place };
  checkRecord(properties, type.properties, type.name, problems);
  return { type, properties, dependsOn: readDependsOn(value.entries.get('DependsOn'), problems), place: value.place };
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

function checkReferences(resources: ReadonlyMap<string, Resource>, names: readonly string[], problems: Problems): void {
  for (const { properties } of resources.values()) {
    for (const reference of referencesIn(properties)) {
      const target = reference.kind === 'ref' ? reference.name : reference.resource;
      const resource = resources.get(target);
      if (reference.kind === 'ref' && names.includes(target)) continue;
      if (resource === undefined) {
        const known = listed([...names, ...resources.keys()]);
        problems.add('unknown_name', reference.place, `There is no ${target} to refer to: the names are ${known}.`);
      } else if (reference.kind === 'attribute' && !resource.type.attributes.includes(reference.attribute)) {
        const { name, attributes } = resource.type;
        const right = attributes.length === 0 ? 'it has none' : `it has ${listed(attributes)}`;
        problems.add(
          'unknown_attribute',
          reference.place,
          `${name} has no attribute ${reference.attribute}: ${right}.`,
        );
      }
    }
  }
}
