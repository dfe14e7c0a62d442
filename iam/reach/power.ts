/** What tells two states of one principal apart: what it has been given and what limits it, not how it came by it. */
import { parseArn } from '../arn.ts';
import type { AttachedPolicy } from '../model.ts';
import type { Policy } from '../policy.ts';
import { ADMINISTRATOR_PROBES } from './administrator.ts';
import { allowsEverything } from './changed-principal.ts';
import type { Foothold } from './foothold.ts';
import { REACH_ROWS } from './rows/index.ts';
import { hasDeny, speaksOf } from './statements.ts';

/** The actions that any way needs, and those that make an administrator. */
const ACTIONS: readonly string[] = [
  ...new Set([
    'iam:PassRole',
    ...ADMINISTRATOR_PROBES.map(({ action }) => action),
    ...REACH_ROWS.flatMap(({ ways }) => ways.flatMap((way) => ('needs' in way ? way.needs : []))).map(
      ({ action }) => action,
    ),
  ]),
];

const mattering = new WeakMap<Policy, boolean>();

/** Whether a policy speaks of an action that matters to a way, or can be given another document. */
function matters({ policy, arn = 'arn:aws:iam::aws:' }: AttachedPolicy): boolean {
  if (parseArn(arn)?.accountId !== 'aws') return true;
  let answer = mattering.get(policy);
  if (answer === undefined) {
    answer = policy.statements.some((statement) => ACTIONS.some((action) => speaksOf(statement, action)));
    mattering.set(policy, answer);
  }
  return answer;
}

/** Numbers documents as they are met, so that two states are compared by short texts. */
export class Powers {
  readonly #numbers = new Map<Policy, number>();

  /** Equal for states of one principal between which no decision can differ. */
  keyOf(held: Foothold): string {
    return this.#key(held, held.principal.identity);
  }

  /** Equal for states of one principal that can go the same ways. */
  waysKeyOf(held: Foothold): string {
    return this.#key(held, held.principal.identity.filter(matters));
  }

  #key({ principal, caller, session = [] }: Foothold, identity: readonly AttachedPolicy[]): string {
    const { arn, boundary, tags } = principal;
    const mfa = 'session' in caller && caller.session?.mfa !== undefined ? 'mfa' : '';
    const source = caller.kind === 'role-session' ? (caller.session.sourceIdentity ?? '') : '';
    const limits = session.map(({ policy }) => policy.statements.map(({ action }) => action.values.join()).join());
    const groups = principal.kind === 'user' ? [...principal.groups].sort() : [];
    const given = [this.#identityKey(identity), groups.join(), JSON.stringify(tags)];
    return [arn, ...given, this.#limitKey(boundary), mfa, source, limits].join(' | ');
  }

  /** Beside a policy that allows everything only what denies counts. */
  #identityKey(identity: readonly AttachedPolicy[]): string {
    const rules = identity.some(({ policy }) => allowsEverything(policy));
    const counted = rules ? identity.filter(hasDeny) : identity;
    const numbers = counted.map(({ policy }) => this.#numberOf(policy)).sort((a, b) => a - b);
    return `${rules ? 'everything' : ''} ${[...new Set(numbers)].join()}`;
  }

  #limitKey(boundary: AttachedPolicy | undefined): string {
    if (boundary === undefined || (allowsEverything(boundary.policy) && !hasDeny(boundary))) return 'none';
    return String(this.#numberOf(boundary.policy));
  }

  #numberOf(policy: Policy): number {
    const number = this.#numbers.get(policy) ?? this.#numbers.size;
    this.#numbers.set(policy, number);
    return number;
  }
}
