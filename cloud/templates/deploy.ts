/** Bringing a template up: each resource by the AWS calls that CloudFormation makes for it. */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { AwsError } from '../errors.ts';
import { parameterValues } from './parameters.ts';
import { type Made, makeWhole, type Properties, type ResourceCall, type Steps } from './resource-type.ts';
import type { Template } from './template.ts';
import { evaluate, type Names, type Value } from './value.ts';
import { generatedName, isWanted, namesOf } from './working-out.ts';

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
 * @param parameters by name; those that the template does not declare are left aside, one without a value has its default. Throws
 *   an AwsError where it has none either, or the value is not an allowed one: the caller checks both before.
 */
export async function deployTemplate(
  template: Template,
  parameters: Readonly<Record<string, string>>,
  send: Send,
  target: Target,
): Promise<Deployed> {
  const made = new Map<string, Made>();
  const declared = template.parameters.map(({ name }) => name);
  const given = Object.fromEntries(Object.entries(parameters).filter(([name]) => declared.includes(name)));
  const names = namesOf(template, parameterValues(template.parameters, given), made, {
    ...target,
    stackName,
    stackId: `arn:aws:cloudformation:${target.region}:${target.accountId}:stack/${stackName}/start`,
    notificationArns: [],
    exported: () => undefined,
  });
  let objectsArePut = false;
  for (const [id, resource] of template.resources) {
    if (!isWanted(resource, names)) continue;
    const { type, properties } = resource;
    if (type.name === 'AWS::S3::BucketPolicy' && !objectsArePut) {
      await putObjects(template, names, send);
      objectsArePut = true;
    }
    const making = {
      ...target,
      generatedName: (longest: number) => generatedName(stackName, id, digestOf(id, target), longest),
    };
    try {
      made.set(id, await sent(makeWhole(type, (evaluate(properties, names) ?? {}) as Properties, making), send));
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

/** The same each time, and another in another account. */
function digestOf(id: string, { accountId }: Target): Uint8Array {
  return sha256(utf8ToBytes(`${accountId} ${id}`));
}
