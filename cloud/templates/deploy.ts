/** Bringing a template up: each resource by the AWS calls that CloudFormation makes for it. */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { AwsError } from '../errors.ts';
import type { Made, Properties, ResourceCall, Steps } from './resource-type.ts';
import type { Template } from './template.ts';
import { evaluate, type Names, type Value } from './value.ts';

/** Makes an ordinary AWS call; throws what the call is refused with. */
export type Send = (service: string, operation: string, input: ResourceCall['input']) => Promise<unknown>;

/** The account that a template is deployed in. */
export interface Target {
  readonly accountId: string;
  readonly region: string;
}

/** What references to the resources come to, by logical id. */
export interface Deployed {
  readonly refs: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const stackName = 'leastwise';

/**
 * Makes all resources, each after those that it refers to, and puts the objects. Stops at the first call that is refused,
 * with what `send` throws, an AwsError with the resource's logical id before its message: nothing is rolled back, so deploy into an account that can be thrown away.
 * @param parameters by name; a parameter without a value has its default. Throws an Error where it has none either, or the
 *   value is not an allowed one: the caller checks both before.
 */
export async function deployTemplate(
  template: Template,
  parameters: Readonly<Record<string, string>>,
  send: Send,
  target: Target,
): Promise<Deployed> {
  const values = parameterValues(template, parameters, target);
  const made = new Map<string, Made>();
  const names: Names = {
    ref: (name) => (name === 'AWS::NoValue' ? undefined : (values.get(name) ?? made.get(name)?.ref)),
    attribute: (resource, attribute) => made.get(resource)?.attributes[attribute] ?? '',
  };
  let objectsArePut = false;
  for (const [id, { type, properties }] of template.resources) {
    if (type.name === 'AWS::S3::BucketPolicy' && !objectsArePut) {
      await putObjects(template, names, send);
      objectsArePut = true;
    }
    const making = { ...target, generatedName: (longest: number) => generatedName(id, target, longest) };
    try {
      made.set(id, await sent(type.make((evaluate(properties, names) ?? {}) as Properties, making), send));
    } catch (error) {
      throw error instanceof AwsError ? ofResource(error, `${id} (${type.name})`) : error;
    }
  }
  if (!objectsArePut) await putObjects(template, names, send);
  return {
    refs: Object.fromEntries([...made].map(([id, { ref }]) => [id, ref])),
    attributes: Object.fromEntries([...made].map(([id, { attributes }]) => [id, attributes])),
  };
}

async function sent<Result>(steps: Steps<Result>, send: Send): Promise<Result> {
  let next = steps.next();
  while (!next.done) {
    const { service, operation, input } = next.value;
    let output: unknown;
    try {
      output = await send(service, operation, input);
    } catch (error) {
      next = steps.throw(error);
      continue;
    }
    next = steps.next(output);
  }
  return next.value;
}

/** The same refusal, and which resource of the template it is about: AWS's own text seldom says so. */
function ofResource({ code, message, status, details }: AwsError, resource: string): AwsError {
  return new AwsError(code, `${resource}: ${message}`, { details, ...(status === undefined ? {} : { status }) });
}

function parameterValues(
  template: Template,
  parameters: Readonly<Record<string, string>>,
  { accountId, region }: Target,
): ReadonlyMap<string, string> {
  const values = new Map([
    ['AWS::AccountId', accountId],
    ['AWS::Region', region],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackName', stackName],
  ]);
  for (const { name, defaultValue, allowedValues } of template.parameters) {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : defaultValue;
    if (value === undefined) throw new Error(`The parameter ${name} has no value`);
    if (allowedValues !== undefined && !allowedValues.includes(value)) {
      throw new Error(`The parameter ${name} is ${value}, which is none of ${allowedValues.join(', ')}`);
    }
    values.set(name, value);
  }
  return values;
}

async function putObjects({ objects }: Template, names: Names, send: Send): Promise<void> {
  const text = (value: Value) => String(evaluate(value, names) ?? '');
  for (const { bucket, key, content } of objects) {
    await send('s3', 'PutObject', {
      Bucket: text(bucket),
      Key: text(key),
      Body: new TextEncoder().encode(text(content)),
    });
  }
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** As CloudFormation's: the stack, the logical id, and letters that tell one account's from another's. */
function generatedName(id: string, { accountId }: Target, longest: number): string {
  const digest = sha256(utf8ToBytes(`${accountId} ${id}`));
  const suffix = Array.from(digest.slice(0, 12), (byte) => letters[byte % 32]).join('');
  return `${`${stackName}-${id}`.slice(0, longest - 13)}-${suffix}`;
}
