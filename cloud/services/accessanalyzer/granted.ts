/** What the policies on a resource may let somebody outside do: actions, each with resources on which it is asked for. */
import { actionsOn } from '../../../iam/analyse/actions-on.ts';
import type { AttachedPolicy } from '../../../iam/model.ts';
import type { Statement } from '../../../iam/policy.ts';
import { actionsOf } from '../../action-catalogue.ts';
import type { AnalyzedResource } from './analyzed-resources.ts';

/** One permission that is asked about. */
export interface Asked {
  /** `s3:GetObject`. */
  readonly action: string;
  readonly resource: string;
}

/** What a wildcard of a Resource element stands for: no other text of a policy is likely to hold it. */
const ANY = 'leastwise-any';
/** Resources that one action is asked for on: the parts of a bucket that policies speak of. */
const PLACES = 32;

/** Every action that an Allow is about, on the resources that the statements tell apart. */
export function granted({ type, arns }: AnalyzedResource, policies: readonly AttachedPolicy[]): readonly Asked[] {
  const statements = policies.flatMap(({ policy }) => policy.statements);
  const allows = statements.filter(({ effect }) => effect === 'Allow');
  const prefix = type === 'AWS::IAM::Role' ? 'sts' : (arns[0].split(':')[2] ?? '');
  const service = actionsOf(prefix);
  if (service === undefined) return [];
  const catalogue = new Map([[prefix, service]]);
  const places = [...new Set([...arns, ...statements.flatMap(resourcesOf)].map((text) => text.replace(/[*?]/g, ANY)))]
    .filter((place) => arns.some((arn) => isIn(place, arn)))
    .slice(0, PLACES);
  const patterns = [...new Set(allows.flatMap(({ action }) => (action.not ? ['*'] : action.values)))];
  return places.flatMap((resource) =>
    [...(actionsOn(patterns, [resource], catalogue).get(prefix)?.actions.keys() ?? [])].map((name) => ({
      action: `${prefix}:${service.actions.get(name)?.name ?? name}`,
      resource,
    })),
  );
}

function resourcesOf({ resource }: Statement): readonly string[] {
  return resource?.values.filter((value) => !value.includes('${')) ?? [];
}

/** @param arn of the resource, or of what is in it: `arn:aws:s3:::archive/*` */
function isIn(place: string, arn: string): boolean {
  return arn.endsWith('*') ? place.startsWith(arn.slice(0, -1)) : place === arn;
}
