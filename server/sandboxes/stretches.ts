/** A call, or a tick, in stretches: what it does between two times that code runs. Each is stored as a row of its own. */
import type { Driven, Resumed, Suspended } from '../../cloud/performing.ts';
import type { Passed } from '../../cloud/time.ts';

/** A stretch at whose end code must run. */
export interface SuspendedStretch<Result> extends Suspended {
  readonly kind: 'suspended';
  /** What goes on afterwards. */
  readonly driven: Driven<Result>;
}

/** A stretch, and what it changed. */
export type Stretch<Result extends Passed> = SuspendedStretch<Result> | (Passed & EndedStretch<Result>);

interface EndedStretch<Result> {
  readonly kind: 'ended';
  readonly result: Result;
}

/** Begins, and goes to the first time that code must run, or to the end. */
export function firstStretch<Result extends Passed>(driven: Driven<Result>): Stretch<Result> {
  return stretchOf(driven, driven.next());
}

/** Goes on after code has run. */
export function nextStretch<Result extends Passed>(
  { driven }: SuspendedStretch<Result>,
  resumed: Resumed,
): Stretch<Result> {
  return stretchOf(driven, driven.next(resumed));
}

function stretchOf<Result extends Passed>(
  driven: Driven<Result>,
  step: IteratorResult<Suspended, Result>,
): Stretch<Result> {
  if (!step.done) return { kind: 'suspended', ...step.value, driven };
  const { world, patches, newBlobs, inner } = step.value;
  return { kind: 'ended', world, patches, newBlobs, inner, result: step.value };
}
