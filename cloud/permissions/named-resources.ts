/** The resources that an input names, by the ARN format of a resource type. */
import type { ArnTemplate } from './arn-template.ts';

type Input = Readonly<Record<string, unknown>>;

/** Where a resource is that is named without its ARN. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
}

/**
 * The ARNs of the resources of one type that an input names: by a member of the placeholder's name that holds a name or an ARN, by a
 * list of such, or by any other member that holds an ARN of this format. Empty where it names none.
 *
 * `${QueueName}` is the member `QueueName` or `queueName`; `${Alias}` also `AliasName`; the last placeholder also `Name`
 * (`${TopicName}` of CreateTopic) and the plural, a list (`${InstanceId}` of StopInstances).
 */
export function resourcesNamed(template: ArnTemplate, input: Input, place: Place): readonly string[] {
  const { names } = template;
  const last = names.at(-1);
  // A format that an input has no part in names what the operation itself decides about.
  if (last === undefined) return [];
  const own = textsOf(input, membersFor(last, 'last'));
  const arns = own.filter(template.matches);
  if (arns.length > 0) return arns;
  const values = new Map<string, string>([
    ['Region', place.region],
    ['Account', place.accountId],
  ]);
  const isFilled = names.slice(0, -1).every((name) => {
    const [value] = textsOf(input, membersFor(name, 'inner'));
    if (value !== undefined) values.set(name, value);
    return value !== undefined;
  });
  const filled = isFilled ? own.map((value) => template.fill(new Map([...values, [last, value]]))) : [];
  if (filled.length > 0) return filled;
  return Object.values(input)
    .filter((value): value is string => typeof value === 'string' && template.matches(value))
    .slice(0, 1);
}

function membersFor(name: string, position: 'inner' | 'last'): readonly string[] {
  const singular = [name, `${name}Name`, ...(position === 'last' && name.endsWith('Name') ? ['Name'] : [])];
  const plural = position === 'last' ? [`${name}s`] : [];
  return [...singular, ...plural].flatMap((member) => [member, member.charAt(0).toLowerCase() + member.slice(1)]);
}

/** The first of the members that holds texts or numbers; an empty text names nothing. */
function textsOf(input: Input, members: readonly string[]): readonly string[] {
  for (const member of members) {
    const value = Object.hasOwn(input, member) ? input[member] : undefined;
    const texts = [value]
      .flat()
      .flatMap((text) => (typeof text === 'string' || typeof text === 'number' ? [String(text)] : []))
      .filter((text) => text !== '');
    if (texts.length > 0) return texts;
  }
  return [];
}
