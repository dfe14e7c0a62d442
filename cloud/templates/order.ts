/** The order in which resources are made: each after those that it refers to or depends on. */
import type { Resource } from './resources.ts';
import { referencesIn } from './value.ts';

/** The other resources that a resource needs, by logical id. */
export function needsOf(resource: Resource, resources: ReadonlyMap<string, Resource>): ReadonlySet<string> {
  const named = [...referencesIn(resource.properties)].map((reference) =>
    reference.kind === 'ref' ? reference.name : reference.resource,
  );
  return new Set([...named, ...resource.dependsOn].filter((name) => resources.has(name)));
}

/**
 * The logical ids in an order in which they can be made, otherwise as the template has them; a bucket's policy comes after
 * all that does not need it, because it may shut out whoever sets the account up. Where resources need one another in a
 * circle, the circle's members.
 */
export function makingOrder(
  resources: ReadonlyMap<string, Resource>,
):
  | { readonly kind: 'order'; readonly ids: readonly string[] }
  | { readonly kind: 'cycle'; readonly ids: readonly string[] } {
  const last = (id: string) => resources.get(id)?.type.name === 'AWS::S3::BucketPolicy';
  const waiting = [...resources.keys()].sort((a, b) => Number(last(a)) - Number(last(b)));
  const done = new Set<string>();
  while (waiting.length > 0) {
    const next = waiting.findIndex((id) => {
      const resource = resources.get(id);
      return resource !== undefined && [...needsOf(resource, resources)].every((need) => done.has(need));
    });
    if (next === -1) return { kind: 'cycle', ids: waiting };
    for (const id of waiting.splice(next, 1)) done.add(id);
  }
  return { kind: 'order', ids: [...done] };
}
