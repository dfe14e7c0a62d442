/** Whether all that a template mentions is there. */
import { listed, type Problems } from './problem.ts';
import type { Template } from './template.ts';
import { type Mention, mentionsIn, type Value } from './value.ts';

/** @param names the parameters and pseudo parameters */
export function checkMentions(template: Template, names: readonly string[], problems: Problems): void {
  const { resources, outputs, conditions } = template;
  const conditional = (condition: string | undefined, { place }: Value) => {
    if (condition === undefined || conditions.has(condition)) return;
    const known = listed(conditions.keys());
    problems.add('unknown_condition', place, `There is no condition ${condition}: there are ${known}.`, [condition]);
  };
  for (const { properties, condition } of resources.values()) {
    conditional(condition, properties);
    check(properties);
  }
  for (const { value, condition, exportName } of outputs.values()) {
    conditional(condition, value);
    check(value);
    if (exportName !== undefined) check(exportName);
  }

  function check(value: Value): void {
    for (const mention of mentionsIn(value)) checkMention(mention);
  }

  function checkMention(mention: Mention): void {
    switch (mention.kind) {
      case 'ref':
        if (names.includes(mention.name) || resources.has(mention.name)) return;
        unknownName(mention.name, mention);
        return;
      case 'attribute':
        checkAttribute(mention);
        return;
      case 'if':
        conditional(mention.condition, mention);
        return;
      case 'lookup': {
        const map = mention.map.kind === 'scalar' ? String(mention.map.value) : undefined;
        if (map === undefined || template.mappings.has(map)) return;
        problems.add('unknown_mapping', mention.place, `There is no mapping ${map}.`, [map]);
      }
    }
  }

  function unknownName(name: string, { place }: Value): void {
    const known = listed([...names, ...resources.keys()]);
    problems.add('unknown_name', place, `There is no ${name} to refer to: the names are ${known}.`, [name]);
  }

  function checkAttribute(mention: Mention & { readonly kind: 'attribute' }): void {
    const type = resources.get(mention.resource)?.type;
    if (type === undefined) unknownName(mention.resource, mention);
    else if (!type.attributes.includes(mention.attribute)) {
      const right = type.attributes.length === 0 ? 'it has none' : `it has ${listed(type.attributes)}`;
      const message = `${type.name} has no attribute ${mention.attribute}: ${right}.`;
      problems.add('unknown_attribute', mention.place, message, [mention.resource, mention.attribute]);
    }
  }
}
