/** A decided request, as the parts of its explanation see it. */
import type { Asked } from '../asked.ts';
import type { LayerFindings } from '../findings.ts';
import type { ApplicablePolicies } from '../model.ts';
import type { Subject } from '../statement.ts';
import type { Judgement } from './decision.ts';
import type { Path } from './explanation.ts';
import type { Near } from './near-list.ts';

export interface Decided {
  readonly subject: Subject;
  readonly policies: ApplicablePolicies;
  readonly asked: Asked;
  readonly judgement: Judgement;
  /** The ways by which the request is allowed. */
  readonly paths: readonly Path[];
  /** The Allows that came near in the layers where the decision looked for one. */
  readonly looked: readonly Looked[];
}

export interface Looked {
  readonly findings: LayerFindings;
  readonly near: Pick<Near, 'first' | 'count'>;
}
