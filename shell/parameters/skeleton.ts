/** `--generate-cli-skeleton`: a sample of an operation's input or output. */
import { formatAnswer, type Presentation } from '../output/format.ts';
import { formatYaml } from '../output/yaml.ts';
import { formatJson } from '../python/json.ts';
import { type CliService, inputShape, type Operation, type Shape, shapeOf } from '../service-description.ts';
import { Float, type Value, type ValueMap } from '../value.ts';
import { validateParameters } from './validation.ts';

type Naming = 'values' | 'member names';

function sample(service: CliService, shapeName: string, stack: readonly string[], naming: Naming, name: string): Value {
  const shape = shapeOf(service, shapeName);
  const deeper = [...stack, shapeName];
  switch (shape.type) {
    case 'structure':
      return structureSample(service, shape, deeper, naming);
    case 'list': {
      const member = shape.member ?? '';
      return [sample(service, member, deeper, naming, naming === 'values' ? '' : member)];
    }
    case 'map':
      return { KeyName: sample(service, shape.value ?? '', deeper, naming, '') };
    case 'string':
      return naming === 'values' ? (shape.enum?.[0] ?? '') : name;
    case 'integer':
    case 'long':
      return 0;
    case 'float':
    case 'double':
      return new Float(0);
    case 'boolean':
      return true;
    case 'timestamp':
      return '1970-01-01T00:00:00';
    default:
      return null;
  }
}

function structureSample(service: CliService, shape: Shape, stack: readonly string[], naming: Naming): ValueMap {
  const own = stack.at(-1);
  const found: ValueMap = {};
  // A shape inside itself is shown once more, then left empty.
  if (stack.filter((name) => name === own).length > 1) return found;
  for (const [member, name] of Object.entries(shape.members ?? {})) {
    found[member] = sample(service, name, stack, naming, member);
  }
  return found;
}

/** For the output's sample: what is checked and how it is shown. */
export interface OutputSkeleton {
  readonly parameters: ValueMap;
  readonly presentation: Presentation;
}

/** The text of a skeleton: of the input as `input` or `yaml-input`, or of the output. */
export function skeletonOutput(service: CliService, operation: Operation, kind: string | OutputSkeleton): string {
  if (typeof kind !== 'string') {
    validateParameters(service, inputShape(service, operation), kind.parameters);
    const output = operation.output === undefined ? {} : sample(service, operation.output, [], 'member names', '');
    // The CLI passes the sample off as an answer, and so checks it as one: names shorter than the least length fail.
    if (operation.output !== undefined) validateParameters(service, shapeOf(service, operation.output), output);
    return formatAnswer(operation.name, output, kind.presentation);
  }
  const input = operation.input === undefined ? {} : sample(service, operation.input, [], 'values', '');
  return kind === 'yaml-input' ? formatYaml(input) : `${formatJson(input)}\n`;
}
