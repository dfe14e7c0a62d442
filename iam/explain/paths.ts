/** Every way by which a request is allowed: each is found, taken away, and the rest judged again. */
import type { Asked } from '../asked.ts';
import { judgeAsked } from '../decide.ts';
import { usableGrant } from '../kms-grants.ts';
import type { ApplicablePolicies } from '../model.ts';
import type { Subject } from '../statement.ts';
import type { Judgement } from './decision.ts';
import type { Path } from './explanation.ts';
import { placeOf } from './places.ts';

const MOST_PATHS = 5;
const MOST_STATEMENTS = 5;

type Allowed = Judgement & { readonly kind: 'allowed' };

/** The ways by which policies allow a request, first the one that the decision names; five at most. */
export function findPaths(judgement: Judgement, asked: Asked, subject: Subject, policies: ApplicablePolicies): Path[] {
  const paths: Path[] = [];
  let left = { asked, policies };
  let found = judgement;
  while (found.kind === 'allowed' && paths.length < MOST_PATHS) {
    paths.push(pathOf(found, policies));
    const without = withoutPath(found, left, subject);
    if (without === undefined) break;
    left = without;
    found = judgeAsked(left.asked, subject, left.policies);
  }
  return paths;
}

/** A way as an explanation shows it. */
export function pathOf({ layer, grants, because }: Allowed, policies: ApplicablePolicies): Path {
  const statements = grants.slice(0, MOST_STATEMENTS).map(({ decisive }) => placeOf(decisive, policies));
  const more = grants.length - statements.length;
  return because === undefined ? { layer, statements, more } : { layer, statements, more, because };
}

interface Left {
  readonly asked: Asked;
  readonly policies: ApplicablePolicies;
}

/**
 * What is left without one side of a way: the caller's own policies, or what the resource's policy gives. Undefined where nothing
 * can be taken away: root's own rights.
 */
function withoutPath({ layer, grants }: Allowed, { asked, policies }: Left, subject: Subject): Left | undefined {
  if (layer === 'grant') {
    const usable = usableGrant(policies.grants ?? [], subject.request, subject.action);
    const kept = policies.grants?.filter((grant) => grant !== usable?.grant) ?? [];
    return { asked, policies: { ...policies, grants: kept } };
  }
  const { identity, resource } = asked;
  const given = resource.allows.filter((grant) => grants.includes(grant));
  if (given.length < grants.length && (layer === 'identity' || layer === 'trust')) {
    // Of the caller's own account nothing else is left to allow it.
    if (resource.allows.length === 0 && policies.grants === undefined) return undefined;
    return { asked: { ...asked, identity: { ...identity, allows: [] } }, policies };
  }
  if (given.length === 0) return undefined;
  const allows = resource.allows.filter((grant) => !given.includes(grant));
  return { asked: { ...asked, resource: { ...resource, allows } }, policies };
}
