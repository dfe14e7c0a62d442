/** The parameters of a template: what they may be given, and what they come to. */
import { compileAllowedPattern } from '../services/ssm/allowed-pattern.ts';
import { listed, type Problems, validationError } from './problem.ts';
import { boolean, checkRecord, list, number, record, text } from './shape.ts';
import type { Data, Place, Value } from './value.ts';

export interface Parameter {
  readonly name: string;
  /** `String`, `Number`, `List<Number>`, `CommaDelimitedList`, `AWS::EC2::VPC::Id` … */
  readonly type: string;
  readonly description?: string;
  readonly defaultValue?: string;
  readonly allowedValues?: readonly string[];
  readonly allowedPattern?: string;
  readonly constraintDescription?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
  /** Its value is shown to nobody. */
  readonly noEcho: boolean;
  readonly place: Place;
}

const parameterShape = record(
  {
    Type: text,
    Default: text,
    Description: text,
    NoEcho: boolean,
    AllowedValues: list(text),
    AllowedPattern: text,
    ConstraintDescription: text,
    MinLength: number,
    MaxLength: number,
    MinValue: number,
    MaxValue: number,
  },
  ['Type'],
);

/** Types of values that AWS has: they are taken as the texts that they are. */
const types = /^(String|Number|List<Number>|CommaDelimitedList|AWS::[\w:]+|List<(String|AWS::[\w:]+)>)$/;

/** CloudFormation Template Reference, "Parameters": a template has at most 200. */
const mostParameters = 200;

export function readParameters(section: Value | undefined, problems: Problems): readonly Parameter[] {
  if (section === undefined) return [];
  if (section.kind !== 'map') {
    problems.add('wrong_value', section.place, 'Parameters is a map from names to parameters.');
    return [];
  }
  if (section.entries.size > mostParameters) {
    problems.add('template_too_large', section.place, `A template has at most ${mostParameters} parameters.`);
  }
  return [...section.entries].map(([name, value]) => readParameter(name, value, problems));
}

function readParameter(name: string, value: Value, problems: Problems): Parameter {
  checkRecord(value, parameterShape, `The parameter ${name}`, problems);
  const members = value.kind === 'map' ? value.entries : new Map<string, Value>();
  const member = (of: string) => plainText(members.get(of));
  const limit = (of: string) => (member(of) === undefined ? undefined : Number(member(of)));
  const wrong = (of: string, message: string) =>
    problems.add('wrong_value', members.get(of)?.place ?? value.place, message);
  if (!/^[A-Za-z0-9]{1,255}$/.test(name))
    wrong('Type', `${name} is no name of a parameter: it has letters and digits.`);
  const type = member('Type') ?? 'String';
  if (!types.test(type)) {
    wrong('Type', 'The Type of a parameter is String, Number, List<Number>, CommaDelimitedList or one of AWS’s own.');
  }
  if (/^AWS::SSM::/.test(type)) wrong('Type', `Values are not looked up in Parameter Store here: ${type} is not read.`);
  const allowedPattern = member('AllowedPattern');
  if (allowedPattern !== undefined && compileAllowedPattern(allowedPattern).kind === 'unreadable') {
    wrong('AllowedPattern', `${allowedPattern} is no pattern that is followed here.`);
  }
  const allowed = members.get('AllowedValues');
  return {
    name,
    type,
    noEcho: member('NoEcho') === 'true',
    place: value.place,
    ...present({
      description: member('Description'),
      defaultValue: member('Default'),
      allowedValues: allowed?.kind === 'list' ? allowed.items.flatMap((item) => plainText(item) ?? []) : undefined,
      allowedPattern,
      constraintDescription: member('ConstraintDescription'),
      minLength: limit('MinLength'),
      maxLength: limit('MaxLength'),
      minValue: limit('MinValue'),
      maxValue: limit('MaxValue'),
    }),
  };
}

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function present<T extends object>(members: T): Present<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Present<T>;
}

/** The text of a scalar. */
export function plainText(value: Value | undefined): string | undefined {
  return value?.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
}

function matches(pattern: string, value: string): boolean {
  const compiled = compileAllowedPattern(pattern);
  return compiled.kind !== 'unreadable' && compiled.matches(value);
}

function isList({ type }: Parameter): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

/**
 * What the parameters come to: what is given, else the default.
 * @throws AwsError (ValidationError) for one without a value, an unknown one, and a value that is not allowed
 */
export function parameterValues(
  parameters: readonly Parameter[],
  given: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const unknown = Object.keys(given).filter((name) => !parameters.some((parameter) => parameter.name === name));
  if (unknown.length > 0) throw validationError(`Parameters: [${listed(unknown)}] do not exist in the template`);
  const values = new Map<string, string>();
  const missing: string[] = [];
  for (const parameter of parameters) {
    const value = Object.hasOwn(given, parameter.name) ? given[parameter.name] : parameter.defaultValue;
    if (value === undefined) missing.push(parameter.name);
    else values.set(parameter.name, value);
  }
  if (missing.length > 0) throw validationError(`Parameters: [${listed(missing)}] must have values`);
  for (const parameter of parameters) checkValue(parameter, values.get(parameter.name) ?? '');
  return values;
}

function checkValue(parameter: Parameter, value: string): void {
  const { name, type, allowedValues, allowedPattern, minLength, maxLength, minValue, maxValue } = parameter;
  const refuse = (what: string) => {
    const { constraintDescription } = parameter;
    throw validationError(
      constraintDescription === undefined
        ? `Parameter '${name}' ${what}`
        : `Parameter ${name} failed to satisfy constraint: ${constraintDescription}`,
    );
  };
  const items = isList(parameter) ? itemsOf(value) : [value];
  if (allowedValues !== undefined && !items.every((item) => allowedValues.includes(item))) {
    refuse('must be one of AllowedValues');
  }
  if (allowedPattern !== undefined && !items.every((item) => matches(allowedPattern, item))) {
    refuse(`must match pattern ${allowedPattern}`);
  }
  if (minLength !== undefined && value.length < minLength) refuse(`must contain at least ${minLength} characters`);
  if (maxLength !== undefined && value.length > maxLength) refuse(`must contain at most ${maxLength} characters`);
  if (type !== 'Number' && type !== 'List<Number>') return;
  for (const item of items) {
    if (item === '' || !Number.isFinite(Number(item))) refuse('must be a number');
    if (minValue !== undefined && Number(item) < minValue) refuse(`must be a number not less than ${minValue}`);
    if (maxValue !== undefined && Number(item) > maxValue) refuse(`must be a number not greater than ${maxValue}`);
  }
}

/** What `Ref` of a parameter comes to: a text, of lists their items. */
export function parameterData(parameter: Parameter, value: string): Data {
  return isList(parameter) ? itemsOf(value) : value;
}

function itemsOf(value: string): readonly string[] {
  return value.split(',').map((item) => item.trim());
}
