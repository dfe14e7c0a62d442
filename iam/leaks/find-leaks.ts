/** Explicit denies with a way round them, each shown by a request that gets what the Deny is there to stop. */
import type { KnownActions } from '../analyse/actions.ts';
import { compare } from '../analyse/compare.ts';
import { replayIdentity, replayResource } from '../analyse/replays.ts';
import type { AnyRequest } from '../model.ts';
import type { Policy, PrincipalElement, Statement } from '../policy.ts';
import type { Attempt, LeakKind } from './attempt.ts';
import { absentKeyAttempts, globalServiceAttempts, otherKeyAttempts } from './conditions.ts';
import { removalAttempts } from './removal.ts';
import { formAttempts } from './resource-forms.ts';
import { siblingAttempts } from './sibling-actions.ts';

export interface LeakOptions {
  /** `identity` where absent: the policies of one user or role. `resource`: those of one resource. */
  readonly kind?: 'identity' | 'resource';
  readonly actions?: KnownActions;
  /** As of `compare`, for each way that is tried. */
  readonly budget?: number;
}

/** A Deny, and a request that gets round it. */
export interface Leak {
  readonly kind: LeakKind;
  /** The Deny: its policy's place among those given and its own place in it, from 0. */
  readonly policy: number;
  readonly statement: number;
  /** A request that the Deny stops. Absent where it stops none of the sort. */
  readonly denied?: AnyRequest;
  /** A request that gets the same. The policies allow it: it was decided before it is returned. */
  readonly wayRound: AnyRequest;
  /** Why it gets the same, in one sentence without its full stop. */
  readonly because: string;
  /** What must be so besides, that policies do not say. */
  readonly provided?: string;
  /** The page of AWS that the reason rests on. */
  readonly source: string;
}

/**
 * The ways round each Deny of the policies, in their order: a sibling action that it does not list, a form of the resource that it does
 * not name, a condition that requests can evade, and, of identity policies, a right to take it away. Only ways that are known to
 * AWS's documentation are tried, and only such as the policies allow are returned; that nothing is found is no proof that nothing leaks.
 */
export function findLeaks(policies: readonly Policy[], options: LeakOptions = {}): readonly Leak[] {
  return policies.flatMap((policy, p) =>
    policy.statements.flatMap((deny, s) => {
      if (deny.effect !== 'Deny') return [];
      return attemptsOn(deny, options).flatMap((attempt) =>
        leakOf(attempt, deny, policies, options, { policy: p, statement: s }),
      );
    }),
  );
}

function attemptsOn(deny: Statement, { kind }: LeakOptions): readonly Attempt[] {
  return [
    ...siblingAttempts(deny),
    ...formAttempts(deny),
    ...absentKeyAttempts(deny),
    ...otherKeyAttempts(deny),
    ...globalServiceAttempts(deny),
    ...(kind === 'resource' ? [] : removalAttempts()),
  ];
}

function leakOf(
  { kind, among, deniedLike, because, provided, source }: Attempt,
  deny: Statement,
  policies: readonly Policy[],
  options: LeakOptions,
  place: Pick<Leak, 'policy' | 'statement'>,
): readonly Leak[] {
  const allowsAll = everything(options);
  // Of everything but the requests in question the policies can only exceed by those.
  const { witnessA: wayRound } = compare(policies, [{ version: '2012-10-17', statements: [allowsAll, among] }], {
    ...options,
    questions: ['aInB'],
  });
  if (wayRound === undefined) return [];
  const denied = deniedLike?.(wayRound);
  const replay = options.kind === 'resource' ? replayResource : replayIdentity;
  const stops = replay([{ version: '2012-10-17', statements: [allowsAll, deny] }]);
  if (denied !== undefined && stops(denied)) return [];
  return [{ kind, ...place, ...(denied && { denied }), wayRound, because, ...(provided && { provided }), source }];
}

function everything({ kind }: LeakOptions): Statement {
  const anything = { not: false, values: ['*'] };
  const principal: PrincipalElement = {
    not: false,
    everyone: true,
    aws: [],
    service: [],
    federated: [],
    canonicalUser: [],
  };
  return {
    effect: 'Allow',
    ...(kind === 'resource' ? { principal } : {}),
    action: anything,
    resource: anything,
    conditions: [],
  };
}
