/** The statements that came near: all of their elements but one speak of the request. */
import type { LayerFindings } from '../findings.ts';
import type { AttachedPolicy, DecisiveStatement, NearMiss } from '../model.ts';
import type { Addressing, Subject } from '../statement.ts';
import { explainElements } from './elements.ts';
import type { ElementExplanation } from './explanation.ts';
import { MOST_NEAR, Near, type NearStatement, nearList } from './near-list.ts';

/** The near misses of the layers looked at: failed conditions first, then resources, principals and actions; five at most. */
export function nearMisses(looked: readonly LayerFindings[], subject: Subject): readonly NearMiss[] {
  return looked
    .flatMap(({ policies, addressing }) => nearStatements(policies, addressing, 'Allow', subject).first)
    .sort((a, b) => a.missed - b.missed)
    .slice(0, MOST_NEAR)
    .map((of) => toNearMiss(of, subject));
}

function toNearMiss({ decisive, statement, addressing }: NearStatement, subject: Subject): NearMiss {
  return nearMiss(decisive, explainElements(statement, subject, addressing));
}

/** A statement that came near as decisions name it: by the one of its elements that does not match. */
export function nearMiss(statement: DecisiveStatement, elements: readonly ElementExplanation[]): NearMiss {
  const missed = elements.find(({ outcome }) => outcome !== 'matches');
  return { statement, element: missed?.element ?? 'Action', because: missed?.because ?? 'it speaks of the request' };
}

/** The nearer one of two; of equal ones the first. */
export function nearer(one: NearStatement | undefined, other: NearStatement | undefined): NearStatement | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return other.missed < one.missed ? other : one;
}

/** Where no statement came near. It stays, and so does what V8 compiled for its class, over collections that find no other. */
export const NOT_NEAR: Pick<Near, 'first' | 'count'> = new Near();

/** The statements of that effect that came near. */
export function nearStatements(
  policies: readonly AttachedPolicy[],
  addressing: Addressing,
  effect: 'Allow' | 'Deny',
  subject: Subject,
): Pick<Near, 'first' | 'count'> {
  if (policies.length === 0) return NOT_NEAR;
  const alike = nearList(policies, subject.action)[effect];
  if (alike.length === 0) return NOT_NEAR;
  const found = new Near();
  for (const statements of alike) statements.collect(subject, addressing, found);
  return found;
}
