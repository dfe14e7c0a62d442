/**
 * The steps of a Command document: `mainSteps` by the schemas 2.x, `runtimeConfig` by 1.2 (User Guide, "Command document plugin
 * reference").
 */
import { own } from '../../../own.ts';
import { type DocumentContent, isList, isMap, type Json, type JsonMap, textIn } from '../documents/content.ts';
import { invalidContent } from '../documents/errors.ts';
import { filledIn, textOf } from '../documents/filling.ts';
import type { CommandStep } from './state.ts';

interface Plugin {
  readonly name: string;
  readonly action: string;
  readonly inputs: JsonMap;
  readonly platform?: string;
}

/** Seconds that a script may take where nothing is said. */
const usualTimeout = 3600;
/** AWS's own. */
const longestTimeout = 172_800;

/** @throws InvalidDocumentContent */
export function checkCommand(content: DocumentContent): void {
  for (const { action, name, inputs } of pluginsOf(content)) {
    if (!/^aws:[A-Za-z]+$/.test(action)) throw invalidContent(`The action ${action} of step ${name} is not valid.`);
    if (action !== 'aws:runShellScript') continue;
    const lines = own(inputs, 'runCommand');
    if (!isList(lines) && typeof lines !== 'string') throw invalidContent(`Step ${name} has no runCommand.`);
  }
}

/** What a document runs with these values. */
export function commandSteps(content: DocumentContent, values: ReadonlyMap<string, Json>): readonly CommandStep[] {
  const asVariable = new Set(
    content.parameters.filter(({ interpolation }) => interpolation === 'ENV_VAR').map(({ name }) => name),
  );
  const variables = Object.fromEntries(
    [...values].filter(([name]) => asVariable.has(name)).map(([name, value]) => [`SSM_${name}`, textOf(value)]),
  );
  const lookup = (name: string) => (asVariable.has(name) ? undefined : values.get(name));
  return pluginsOf(content).map(({ name, action, inputs, platform }) => {
    const filled = filledIn(inputs, lookup);
    const given = isMap(filled) ? filled : {};
    const directory = textOf(own(given, 'workingDirectory') ?? '').trim();
    return {
      name,
      action,
      script: linesOf(own(given, 'runCommand')).join('\n'),
      ...(directory !== '' && { directory }),
      timeoutSeconds: timeoutOf(own(given, 'timeoutSeconds')),
      variables,
      ...(platform !== undefined && { platform }),
    };
  });
}

function linesOf(value: Json | undefined): readonly string[] {
  if (value === undefined) return [];
  return (isList(value) ? value : [value]).map((line) => textOf(line));
}

function timeoutOf(value: Json | undefined): number {
  const seconds = Number(value ?? '');
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= longestTimeout ? seconds : usualTimeout;
}

function pluginsOf({ schemaVersion, root }: DocumentContent): readonly Plugin[] {
  const plugins = schemaVersion.startsWith('1.') ? olderPlugins(root) : mainSteps(root);
  if (plugins.length === 0) throw invalidContent('The document has no steps.');
  return plugins;
}

function mainSteps(root: JsonMap): readonly Plugin[] {
  const steps = own(root, 'mainSteps');
  if (!isList(steps)) throw invalidContent('The document has no mainSteps.');
  const names = new Set<string>();
  return steps.map((step) => {
    if (!isMap(step)) throw invalidContent('A step of mainSteps is not an object.');
    const name = textIn(step, 'name') ?? '';
    if (!/^[a-zA-Z0-9_]{3,128}$/.test(name)) throw invalidContent(`The step name ${name} is not valid.`);
    if (names.has(name)) throw invalidContent(`The step name ${name} is there twice.`);
    names.add(name);
    const inputs = own(step, 'inputs') ?? {};
    if (!isMap(inputs)) throw invalidContent(`The inputs of step ${name} are not an object.`);
    const platform = platformOf(own(step, 'precondition'));
    return { name, action: textIn(step, 'action') ?? '', inputs, ...(platform !== undefined && { platform }) };
  });
}

/** `{"StringEquals": ["platformType", "Linux"]}`, the one precondition that documents of this kind have. */
function platformOf(precondition: Json | undefined): string | undefined {
  if (precondition === undefined) return undefined;
  const pair = isMap(precondition) ? own(precondition, 'StringEquals') : undefined;
  const [key, value] = isList(pair) ? pair : [];
  if (key !== 'platformType' || typeof value !== 'string') {
    throw invalidContent('A precondition compares platformType by StringEquals.');
  }
  return value;
}

function olderPlugins(root: JsonMap): readonly Plugin[] {
  const config = own(root, 'runtimeConfig');
  if (!isMap(config)) throw invalidContent('The document has no runtimeConfig.');
  return Object.entries(config).flatMap(([action, plugin]) => {
    const properties = isMap(plugin) ? own(plugin, 'properties') : undefined;
    const list = isMap(properties) ? [properties] : properties;
    if (!isList(list)) throw invalidContent(`The plugin ${action} has no properties.`);
    return list.map((inputs): Plugin => {
      if (!isMap(inputs)) throw invalidContent(`The properties of the plugin ${action} are not an object.`);
      return { name: action, action, inputs };
    });
  });
}
