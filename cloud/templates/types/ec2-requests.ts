/** What the requests of all EC2 types have in common. */

import { retag, tagsOf } from '../differences.ts';
import { type Properties, type Steps, textsOf } from '../resource-type.ts';

/** `TagSpecifications` of a request, for a resource of this type. */
export function tagged(properties: Properties, ResourceType: string): Readonly<Record<string, unknown>> {
  const Tags = tagsOf(properties);
  return Tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType, Tags }] };
}

/** A list that a request leaves out where it is empty. */
export function someOf(properties: Properties, name: string): readonly string[] | undefined {
  const values = textsOf(properties, name);
  return values.length === 0 ? undefined : values;
}

/** A member of the first item of a list in an answer. */
export function firstOf(output: unknown, name: string): unknown {
  const items: unknown = (output as Readonly<Record<string, unknown>>)[name];
  return Array.isArray(items) ? items[0] : undefined;
}

/** Brings the tags of a resource from one list to another. */
export function* retagResource(id: string, before: Properties, after: Properties): Steps<void> {
  const Resources = [id];
  yield* retag(before, after, {
    service: 'ec2',
    set: (Tags) => ['CreateTags', { Resources, Tags }],
    remove: (keys) => ['DeleteTags', { Resources, Tags: keys.map((Key) => ({ Key })) }],
  });
}
