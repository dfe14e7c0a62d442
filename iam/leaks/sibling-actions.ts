/** Actions that get what another action gets: a Deny of the one that forgets the other is no Deny. */
import type { Statement } from '../policy.ts';
import type { Attempt } from './attempt.ts';
import { siblings } from './siblings.ts';
import { onActions, onResources, sampleOf, speaksOf } from './speaks-of.ts';

/** The siblings of denied actions that the Deny does not list, on the resource that it names or the one that the sibling takes. */
export function siblingAttempts(deny: Statement): readonly Attempt[] {
  return siblings.flatMap(({ denied, instead, on = 'same', because, provided, source }): readonly Attempt[] => {
    if (!speaksOf(deny, denied) || speaksOf(deny, instead)) return [];
    const resources = deny.resource?.values ?? [];
    const isNamed = deny.resource?.not === false;
    let among = onActions(deny, instead);
    if (on === 'bucket') among = isNamed ? onResources(among, resources.map(bucketOf)) : onResources(among, ['*']);
    if (on === 'other') among = onResources(among, ['*']);
    const stopped = isNamed ? resources.map(sampleOf).find((arn) => arn !== undefined) : undefined;
    const deniedLike: Attempt['deniedLike'] = (wayRound) => ({
      ...wayRound,
      action: denied,
      resource: on === 'same' ? wayRound.resource : (stopped ?? wayRound.resource),
    });
    return [{ kind: 'sibling-action', among, deniedLike, because, ...(provided && { provided }), source }];
  });
}

/** The bucket of an object, and a pattern for buckets of a pattern for objects. */
function bucketOf(arn: string): string {
  const slash = arn.indexOf('/');
  return slash < 0 ? arn : arn.slice(0, slash);
}
