/** From what the layers found to a decision that says why. */
import type { Grant, LayerFindings } from '../findings.ts';
import type { Decision, DecisiveStatement, Layer, NearMiss } from '../model.ts';
import type { Subject } from '../statement.ts';
import { nearMisses } from './near-misses.ts';
import { restsOnObservation } from './observed.ts';
import { reasonFor } from './reason.ts';

/** The bare outcome, before it is explained. */
export type Judgement =
  | {
      readonly kind: 'allowed';
      readonly layer: Layer;
      readonly grants: readonly Grant[];
      /** Why it is allowed where no statement did it; ends the sentence "… may call …:". */
      readonly because?: string;
    }
  | {
      readonly kind: 'denied';
      readonly layer: Layer;
      readonly statements: readonly DecisiveStatement[];
      readonly assumed: boolean;
    }
  /** No Allow in `layer`. `looked`: the layers where an Allow would have helped. */
  | {
      readonly kind: 'unallowed';
      readonly layer: Layer;
      readonly looked: readonly LayerFindings[];
      readonly assumed: boolean;
    }
  /** Refused by a rule that no policy changes. */
  | { readonly kind: 'impossible'; readonly layer: Layer; readonly because: string };

export type Unallowed = Judgement & { readonly kind: 'unallowed' };

/** An implicit denial by a layer; assumed where an Allow of it did not apply only by a cautious reading. */
export function implicitDenial(layer: Layer, looked: readonly LayerFindings[]): Unallowed {
  return { kind: 'unallowed', layer, looked, assumed: looked.some((findings) => findings.doubtfulAllow) };
}

const VERDICTS: Readonly<Record<Judgement['kind'], Decision['verdict']>> = {
  allowed: 'allowed',
  denied: 'explicitly-denied',
  unallowed: 'implicitly-denied',
  impossible: 'implicitly-denied',
};

/**
 * A judgement as people and programs ask for it. Most decisions are asked for their verdict alone, so what takes words is put
 * together when it is first read, from the same compiled statements, and kept.
 */
class ExplainedDecision implements Decision {
  /** Decisions come and go: one that stays keeps what V8 compiled for them over collections that find no other. */
  static readonly stays = new ExplainedDecision(
    { kind: 'impossible', layer: 'identity', because: '' },
    {
      request: { caller: { kind: 'anonymous' }, action: '', resource: '', resourceAccountId: '', context: {} },
      action: '',
      context: { get: () => undefined },
      hasBoundary: false,
    },
  );
  readonly verdict: Decision['verdict'];
  readonly layer: Layer;
  readonly #judgement: Judgement;
  readonly #subject: Subject;
  #statements: readonly DecisiveStatement[] | undefined;
  #near: readonly NearMiss[] | undefined;
  #reason: string | undefined;

  constructor(judgement: Judgement, subject: Subject) {
    this.verdict = VERDICTS[judgement.kind];
    this.layer = judgement.layer;
    this.#judgement = judgement;
    this.#subject = subject;
  }

  get basis(): Decision['basis'] {
    if ('assumed' in this.#judgement && this.#judgement.assumed) return 'assumed';
    return restsOnObservation(this.statements, this.#subject.request.caller) ? 'observed' : 'documented';
  }

  get statements(): readonly DecisiveStatement[] {
    this.#statements ??= statementsOf(this.#judgement);
    return this.#statements;
  }

  get near(): readonly NearMiss[] {
    const judgement = this.#judgement;
    this.#near ??= judgement.kind === 'unallowed' ? nearMisses(judgement.looked, this.#subject) : [];
    return this.#near;
  }

  get reason(): string {
    this.#reason ??= reasonFor(this.#judgement, this.near[0], this.#subject.request);
    return this.#reason;
  }

  /** All of it, for JSON: what is read on demand is no property of the object's own. */
  toJSON(): Decision {
    const { verdict, layer, statements, near, basis, reason } = this;
    return { verdict, layer, statements, near, basis, reason };
  }
}

function statementsOf(judgement: Judgement): readonly DecisiveStatement[] {
  if (judgement.kind === 'allowed') return judgement.grants.map((grant) => grant.decisive);
  return judgement.kind === 'denied' ? judgement.statements : [];
}

/** The decision that a judgement is. Its reason and what came near are put together when they are asked for. */
export function judgementToDecision(judgement: Judgement, subject: Subject): Decision {
  return new ExplainedDecision(judgement, subject);
}
