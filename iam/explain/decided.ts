/** A decided request, as the parts of its explanation see it. */
import type { Asked } from '../asked.ts';
import type { ApplicablePolicies, Layer } from '../model.ts';
import type { Subject } from '../statement.ts';
import type { Judgement } from './decision.ts';

export interface Decided {
  readonly subject: Subject;
  readonly policies: ApplicablePolicies;
  readonly asked: Asked;
  readonly judgement: Judgement;
  /** The layers that have a part in a way by which the request is allowed. */
  readonly granting: ReadonlySet<Layer>;
}
