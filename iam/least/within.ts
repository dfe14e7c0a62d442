/** Whether statements stay within an upper bound, and what it takes to keep them there. */
import type { KnownActions } from '../analyse/actions.ts';
import { compare } from '../analyse/compare.ts';
import { replayIdentity } from '../analyse/replays.ts';
import type { AnyRequest } from '../model.ts';
import type { Policy, Statement } from '../policy.ts';

export type Within =
  /** With these Deny statements of the bound beside it, the statement allows nothing beyond. */
  | { readonly kind: 'within'; readonly denies: readonly Statement[] }
  | { readonly kind: 'beyond'; readonly witness: AnyRequest }
  | { readonly kind: 'unknown' };

export interface Limits {
  readonly actions?: KnownActions;
  /** As of `compare`. */
  readonly budget?: number;
}

/** An upper bound, asked about statements and requests. */
export class UpperBound {
  readonly allows: (request: AnyRequest) => boolean;
  readonly #policies: readonly Policy[];
  readonly #denies: readonly Statement[];
  readonly #limits: Limits;

  constructor(policies: readonly Policy[], limits: Limits) {
    this.#policies = policies;
    this.#limits = limits;
    this.#denies = policies.flatMap(({ statements }) => statements.filter(({ effect }) => effect === 'Deny'));
    this.allows = replayIdentity(policies);
  }

  /** The Allow statements that let a request in, by themselves. */
  allowing(request: AnyRequest): readonly Statement[] {
    const allows = this.#policies.flatMap(({ version, statements }) =>
      statements.filter(({ effect }) => effect === 'Allow').map((statement) => ({ version, statements: [statement] })),
    );
    return allows.filter((policy) => replayIdentity([policy])(request)).flatMap(({ statements }) => statements);
  }

  /** Asks with as few of the bound's Deny statements as the first answer allows: none, or those that are needed. */
  holds(statement: Statement): Within {
    const alone = this.#ask([statement]);
    if (alone.kind !== 'beyond' || this.#denies.length === 0) return alone;
    const guarded = this.#ask([statement, ...this.#denies]);
    if (guarded.kind !== 'within') return guarded;
    let needed = this.#denies;
    for (const deny of this.#denies) {
      const fewer = needed.filter((other) => other !== deny);
      if (this.#ask([statement, ...fewer]).kind === 'within') needed = fewer;
    }
    return { kind: 'within', denies: needed };
  }

  #ask(statements: readonly Statement[]): Within {
    // What a pattern may match in future is not in the catalogue: then every name is taken to be possible.
    const hasPattern = statements.some(
      ({ effect, action }) => effect === 'Allow' && action.values.some((value) => value.includes('*')),
    );
    const { actions, ...limits } = this.#limits;
    const known = hasPattern || actions === undefined ? limits : { ...limits, actions };
    const { aInB, witnessA } = compare([{ version: '2012-10-17', statements }], this.#policies, {
      ...known,
      questions: ['aInB'],
    });
    if (witnessA !== undefined) return { kind: 'beyond', witness: witnessA };
    return aInB === 'yes' ? { kind: 'within', denies: [] } : { kind: 'unknown' };
  }
}
