/**
 * CloudFormation templates, of start states and of stacks: Parameters, Mappings, Conditions, Resources, Outputs and the functions in them;
 * and under `Metadata: Leastwise:` the objects that the buckets of a start state begin with.
 */
import { LineCounter, parseDocument } from 'yaml';
import { checkMentions } from './mentions.ts';
import { readObjects, type TemplateObject } from './objects.ts';
import { makingOrder } from './order.ts';
import { type Parameter, plainText, readParameters } from './parameters.ts';
import { listed, type Problems, type TemplateProblem } from './problem.ts';
import { ValueReader } from './read-value.ts';
import { type Resource, readResources } from './resources.ts';
import { type Mappings, type Output, readConditions, readMappings, readOutputs } from './sections.ts';
import type { Place, Value } from './value.ts';

/** A template that can be deployed. */
export interface Template {
  readonly description?: string;
  readonly metadata?: Value;
  readonly parameters: readonly Parameter[];
  readonly mappings: Mappings;
  readonly conditions: ReadonlyMap<string, Value>;
  /** By logical id, in an order in which they can be made. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly outputs: ReadonlyMap<string, Output>;
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
  'AWS::StackId',
  'AWS::NotificationARNs',
  'AWS::URLSuffix',
];

const sections = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Mappings',
  'Conditions',
  'Resources',
  'Outputs',
];

/** Characters of a start state. */
const longestTemplate = 128 * 1024;

const wholeFile: Place = { line: 1, column: 1, field: '' };

/**
 * Reads a template and checks all that can be checked without an account. All problems are reported together.
 * @param longest how many characters it may have
 */
export function readTemplate(source: string, longest = longestTemplate): ReadTemplate {
  const problems: TemplateProblem[] = [];
  const gathered: Problems = {
    add: (code, { line, column, field }, message, names) =>
      void problems.push({ code, line, column, field, message, ...(names !== undefined && { names }) }),
  };
  if (source.length > longest) {
    gathered.add('template_too_large', wholeFile, `A template has at most ${longest} characters.`);
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
  const part = (name: string) => root.entries.get(name);
  const description = plainText(part('Description'));
  const metadata = part('Metadata');
  const parameters = readParameters(part('Parameters'), problems);
  const names = [...parameters.map(({ name }) => name), ...pseudoParameters];
  const resources = readResources(part('Resources'), root.place, problems);
  const template: Template = {
    ...(description !== undefined && { description }),
    ...(metadata !== undefined && { metadata }),
    parameters,
    mappings: readMappings(part('Mappings'), problems),
    conditions: readConditions(part('Conditions'), names, problems),
    resources: inOrder(resources, root.place, problems),
    outputs: readOutputs(part('Outputs'), problems),
    objects: readObjects(metadata, names, problems),
  };
  checkMentions(template, names, problems);
  return template;
}

function inOrder(
  resources: ReadonlyMap<string, Resource>,
  root: Place,
  problems: Problems,
): ReadonlyMap<string, Resource> {
  const order = makingOrder(resources);
  if (order.kind === 'cycle') {
    const place = resources.get(order.ids[0] ?? '')?.place ?? root;
    const message = `These need one another and none can be first: ${listed(order.ids)}.`;
    problems.add('dependency_cycle', place, message, order.ids);
    return resources;
  }
  return new Map(
    order.ids.flatMap((id): [string, Resource][] => {
      const resource = resources.get(id);
      return resource === undefined ? [] : [[id, resource]];
    }),
  );
}
