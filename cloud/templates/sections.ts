/** Mappings, Conditions and Outputs of a template. */
import { plainText } from './parameters.ts';
import { listed, type Problems } from './problem.ts';
import { checkRecord, record, text } from './shape.ts';
import { type Data, evaluate, mentionsIn, type Names, type Value } from './value.ts';

/** By map, top-level key and second-level key. */
export type Mappings = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, Data>>>;

export interface Output {
  readonly value: Value;
  readonly description?: string;
  readonly exportName?: Value;
  readonly condition?: string;
}

function entriesOf(section: Value | undefined, name: string, problems: Problems): ReadonlyMap<string, Value> {
  if (section === undefined) return new Map();
  if (section.kind === 'map') return section.entries;
  problems.add('wrong_value', section.place, `${name} is a map.`);
  return new Map();
}

const noNames: Names = {
  ref: () => undefined,
  attribute: () => '',
  condition: () => false,
  mapped: () => '',
  imported: () => '',
  zones: () => [],
};

/** Values of mappings are plain: functions have no place in them. */
export function readMappings(section: Value | undefined, problems: Problems): Mappings {
  const read = (value: Value, name: string) => entriesOf(value, name, problems);
  return new Map(
    [...entriesOf(section, 'Mappings', problems)].map(([map, tops]) => [
      map,
      new Map(
        [...read(tops, map)].map(([top, seconds]) => [
          top,
          new Map([...read(seconds, top)].map(([second, value]) => [second, plainData(value, problems)])),
        ]),
      ),
    ]),
  );
}

function plainData(value: Value, problems: Problems): Data {
  const isPlain = (item: Value) => item.kind === 'scalar' && item.value !== null;
  if (value.kind === 'list' ? !value.items.every(isPlain) : !isPlain(value)) {
    problems.add('wrong_value', value.place, 'A value of a mapping is a text or a list of texts.');
  }
  return evaluate(value, noNames) ?? '';
}

const conditionKinds = ['equals', 'and', 'or', 'not', 'condition'];

/** Conditions speak of parameters and of one another, not of resources. */
export function readConditions(
  section: Value | undefined,
  names: readonly string[],
  problems: Problems,
): ReadonlyMap<string, Value> {
  const conditions = entriesOf(section, 'Conditions', problems);
  for (const [name, value] of conditions) {
    if (!conditionKinds.includes(value.kind)) {
      problems.add(
        'wrong_value',
        value.place,
        `${name} is no condition: it is Fn::Equals, Fn::And, Fn::Or or Fn::Not.`,
      );
    }
    for (const mention of mentionsIn(value)) {
      const isKnown =
        mention.kind === 'lookup' ||
        (mention.kind === 'ref' && names.includes(mention.name)) ||
        (mention.kind === 'condition' && conditions.has(mention.name));
      if (isKnown) continue;
      problems.add(
        'unknown_condition',
        mention.place,
        `A condition speaks of parameters, mappings and other conditions: ${listed([...names, ...conditions.keys()])}.`,
        [name],
      );
    }
  }
  checkCircles(conditions, problems);
  return conditions;
}

function checkCircles(conditions: ReadonlyMap<string, Value>, problems: Problems): void {
  const needsOf = (value: Value) =>
    [...mentionsIn(value)].flatMap((mention) => (mention.kind === 'condition' ? [mention.name] : []));
  const waiting = new Map(conditions);
  for (;;) {
    const [ready] = [...waiting].find(([, value]) => needsOf(value).every((name) => !waiting.has(name))) ?? [];
    if (ready === undefined) break;
    waiting.delete(ready);
  }
  const [first] = waiting.values();
  if (first === undefined) return;
  const names = [...waiting.keys()];
  problems.add('dependency_cycle', first.place, `These conditions need one another: ${listed(names)}.`, names);
}

const outputShape = record(
  { Description: text, Value: text, Export: record({ Name: text }, ['Name']), Condition: text },
  ['Value'],
);

/** CloudFormation Template Reference, "Outputs". */
const mostOutputs = 200;

export function readOutputs(section: Value | undefined, problems: Problems): ReadonlyMap<string, Output> {
  const outputs = new Map<string, Output>();
  if (section?.kind === 'map' && section.entries.size > mostOutputs) {
    problems.add('template_too_large', section.place, `A template has at most ${mostOutputs} outputs.`);
    return outputs;
  }
  for (const [name, entry] of entriesOf(section, 'Outputs', problems)) {
    checkRecord(entry, outputShape, `The output ${name}`, problems);
    if (entry.kind !== 'map') continue;
    const value = entry.entries.get('Value');
    if (value === undefined) continue;
    const description = plainText(entry.entries.get('Description'));
    const condition = plainText(entry.entries.get('Condition'));
    const exported = entry.entries.get('Export');
    const exportName = exported?.kind === 'map' ? exported.entries.get('Name') : undefined;
    outputs.set(name, {
      value,
      ...(description !== undefined && { description }),
      ...(condition !== undefined && { condition }),
      ...(exportName !== undefined && { exportName }),
    });
  }
  return outputs;
}
