/** What the names of a template stand for while it is brought up. */
import { zonesOf } from '../services/ec2/zones.ts';
import { parameterData } from './parameters.ts';
import { validationError } from './problem.ts';
import type { Made } from './resource-type.ts';
import type { Resource } from './resources.ts';
import type { Template } from './template.ts';
import { type Data, holds, type Names } from './value.ts';

/** What a template is brought up in. */
export interface Surroundings {
  readonly accountId: string;
  readonly region: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly notificationArns: readonly string[];
  /** The value of an export of the account and region. */
  readonly exported: (name: string) => string | undefined;
}

/**
 * @param values of all parameters, by name
 * @param made the resources that are there by now; read anew at each look-up
 */
export function namesOf(
  template: Template,
  values: ReadonlyMap<string, string>,
  made: ReadonlyMap<string, Made>,
  surroundings: Surroundings,
): Names {
  const plain = plainNames(template, values, surroundings);
  const conditions = new Map<string, boolean>();
  const names: Names = {
    ref: (name) => (name === 'AWS::NoValue' ? undefined : (plain.get(name) ?? made.get(name)?.ref ?? unresolved(name))),
    attribute: (resource, attribute) => (made.get(resource) ?? unresolved(resource)).attributes[attribute] ?? '',
    condition(name) {
      const known = conditions.get(name);
      if (known !== undefined) return known;
      const value = template.conditions.get(name);
      const isMet = value !== undefined && holds(value, names);
      conditions.set(name, isMet);
      return isMet;
    },
    mapped(map, top, second) {
      const found = template.mappings.get(map)?.get(top)?.get(second);
      if (found !== undefined) return found;
      throw validationError(`Template error: Unable to get mapping for ${map}::${top}::${second}`);
    },
    imported(name) {
      const value = surroundings.exported(name);
      if (value === undefined) throw validationError(`No export named ${name} found.`);
      return value;
    },
    zones: (region) => zonesOf(region || surroundings.region).map((zone) => zone.name),
  };
  return names;
}

/** A resource whose condition is not met is not there to be referred to. */
function unresolved(name: string): never {
  throw validationError(
    `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`,
  );
}

function plainNames(
  template: Template,
  values: ReadonlyMap<string, string>,
  { accountId, region, stackName, stackId, notificationArns }: Surroundings,
): ReadonlyMap<string, Data> {
  const parameters = template.parameters.map((parameter): [string, Data] => [
    parameter.name,
    parameterData(parameter, values.get(parameter.name) ?? ''),
  ]);
  return new Map<string, Data>([
    ['AWS::AccountId', accountId],
    ['AWS::Region', region],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackName', stackName],
    ['AWS::StackId', stackId],
    ['AWS::NotificationARNs', notificationArns],
    ...parameters,
  ]);
}

/** Whether the template has the resource, by its condition. */
export function isWanted({ condition }: Resource, names: Names): boolean {
  return condition === undefined || names.condition(condition);
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * A name as CloudFormation makes it: the stack, the logical id, and letters of a digest.
 * @param longest characters
 */
export function generatedName(stackName: string, id: string, digest: Uint8Array, longest: number): string {
  const suffix = Array.from(digest.slice(0, 12), (byte) => letters[byte % 32]).join('');
  return `${`${stackName}-${id}`.slice(0, longest - 13)}-${suffix}`;
}
