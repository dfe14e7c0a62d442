/** From what the layers found to a decision that says why. */
import type { Grant, LayerFindings } from '../findings.ts';
import type { Decision, DecisiveStatement, Layer } from '../model.ts';
import type { Subject } from '../statement.ts';
import { nearMisses } from './near-misses.ts';
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

/** Explains a judgement. */
export function judgementToDecision(judgement: Judgement, subject: Subject): Decision {
  const near = judgement.kind === 'unallowed' ? nearMisses(judgement.looked, subject) : [];
  const reason = reasonFor(judgement, near, subject.request);
  const { layer } = judgement;
  switch (judgement.kind) {
    case 'allowed': {
      const statements = judgement.grants.map((grant) => grant.decisive);
      return { verdict: 'allowed', layer, statements, near, basis: 'documented', reason };
    }
    case 'denied': {
      const basis = judgement.assumed ? 'assumed' : 'documented';
      return { verdict: 'explicitly-denied', layer, statements: judgement.statements, near, basis, reason };
    }
    case 'unallowed': {
      const basis = judgement.assumed ? 'assumed' : 'documented';
      return { verdict: 'implicitly-denied', layer, statements: [], near, basis, reason };
    }
    case 'impossible':
      return { verdict: 'implicitly-denied', layer, statements: [], near, basis: 'documented', reason };
  }
}
