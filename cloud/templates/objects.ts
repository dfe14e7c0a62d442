/** What CloudFormation cannot say and stands under `Metadata: Leastwise:`: the objects that buckets begin with. */

import { substitutions } from './functions.ts';
import { listed, type Problems } from './problem.ts';
import { checkShape, list, record, text } from './shape.ts';
import { referencesIn, type Value } from './value.ts';

/** An object to be put. Its texts may name parameters, as in Fn::Sub. */
export interface TemplateObject {
  readonly bucket: Value;
  readonly key: Value;
  readonly content: Value;
}

const objectsShape = list(record({ bucket: text, key: text, content: text }, ['bucket', 'key', 'content']));

/** @param names the parameters and pseudo parameters: an object is put by name, whatever resource made its bucket */
export function readObjects(
  metadata: Value | undefined,
  names: readonly string[],
  problems: Problems,
): readonly TemplateObject[] {
  const own = metadata?.kind === 'map' ? metadata.entries.get('Leastwise') : undefined;
  if (own === undefined) return [];
  if (own.kind !== 'map') {
    problems.add('wrong_value', own.place, 'Metadata: Leastwise: is a map of objects, history, sessions, credentials.');
    return [];
  }
  const objects = own.entries.get('objects');
  if (objects === undefined) return [];
  checkShape(objects, objectsShape, 'objects', problems);
  if (objects.kind !== 'list') return [];
  return objects.items.flatMap((item) => {
    const [bucket, key, content] = ['bucket', 'key', 'content'].map((name) =>
      item.kind === 'map' ? item.entries.get(name) : undefined,
    );
    if (bucket === undefined || key === undefined || content === undefined) return [];
    const object = { bucket: substituted(bucket), key: substituted(key), content: substituted(content) };
    for (const value of Object.values(object)) checkNames(value, names, problems);
    return [object];
  });
}

function substituted(value: Value): Value {
  if (value.kind !== 'scalar') return value;
  return {
    kind: 'sub',
    pieces: substitutions(String(value.value ?? ''), new Map(), value.place),
    place: value.place,
  };
}

function checkNames(value: Value, names: readonly string[], problems: Problems): void {
  for (const reference of referencesIn(value)) {
    const name = reference.kind === 'ref' ? reference.name : `${reference.resource}.${reference.attribute}`;
    if (reference.kind === 'ref' && names.includes(name)) continue;
    problems.add(
      'unknown_name',
      reference.place,
      `There is no ${name} to refer to in an object: the names are ${listed(names)}.`,
    );
  }
}
