/** Where the search stands: principals in hand, how each was entered, and what one of them could do to others. */
import type { Alteration } from './change.ts';
import type { Foothold, Step } from './foothold.ts';
import type { ChangeAndEnter, ChangeKind } from './row.ts';
import { REACH_ROWS } from './rows/index.ts';
import { stepOf } from './steps.ts';

/** A principal in hand, and the ways by which it was entered. */
export interface State {
  readonly held: Foothold;
  readonly isAdministrator: boolean;
  /** Whether nobody of its account can do more: an administrator, or whom only the SCPs of all keep from being one. */
  readonly rules: boolean;
  readonly entered: Entered[];
  /** How often it was changed; a new principal was so once. */
  readonly changes: number;
}

export interface Entered {
  readonly by: State;
  readonly before: readonly Step[];
  readonly step: Step;
}

/** What a principal in hand can do to another one. */
export interface Pending {
  readonly by: State;
  readonly path: string;
  readonly change: ChangeKind;
  readonly alteration: Alteration;
}

const COMPOSITES: readonly { readonly path: string; readonly way: ChangeAndEnter }[] = REACH_ROWS.flatMap(
  ({ path, ways }) => ways.flatMap((way) => (way.kind === 'change-and-enter' ? [{ path, way }] : [])),
);

/** One step for two, where one row of the table is both the change and the way in. */
export function compositeOf(
  state: State,
  by: State,
  change: ChangeKind,
  step: Step,
  before: readonly Step[],
): readonly Step[] | undefined {
  const { kind } = state.held.principal;
  for (const { path, way } of COMPOSITES) {
    if (way.change !== change || way.of !== kind) continue;
    const entered = state.entered.find((candidate) => candidate.by === by && way.by.includes(candidate.step.path));
    if (entered === undefined) continue;
    const proofs = [...step.proofs, ...entered.step.proofs];
    return [...by.held.steps, ...before, ...entered.before, stepOf(by.held, step.to, path, proofs)];
  }
  return undefined;
}

/** Whether the same is had by fewer steps. */
export function isDetour(steps: readonly Step[], { held }: State): boolean {
  return steps.length > held.steps.length;
}
