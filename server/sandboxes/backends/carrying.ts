/** A stretch of a call, or of a tick, on its way through the backend: between computing it and storing it. */
import type { CallRequest, Performed } from '../../../cloud/perform.ts';
import type { Passed } from '../../../cloud/time.ts';
import type { World } from '../../../cloud/world.ts';
import type { Change } from '../kept-state.ts';
import type { Stretch } from '../stretches.ts';
import type { Asked, Backend } from './backend.ts';

/** What the backend is to be asked for a result, and the result with its answer. */
export interface Asking<Result extends Passed> {
  /** Why something is changed in the middle of it, and in the end. Undefined for a call that was refused. */
  readonly inTheMiddle: 'time' | undefined;
  readonly inTheEnd: (result: Result) => Asked | 'time' | undefined;
  readonly answered: (result: Result, outcome: Performed['outcome']) => Result;
}

/** For a call. */
export function askedBy(request: CallRequest): Asking<Performed> {
  return {
    inTheMiddle: undefined,
    inTheEnd: ({ outcome, accountId }) =>
      outcome.kind === 'ok' ? { request, accountId, output: outcome.output } : undefined,
    answered: (performed, outcome) => ({ ...performed, outcome }),
  };
}

/** For what time brings. */
export const byNobody: Asking<Passed> = {
  inTheMiddle: 'time',
  inTheEnd: () => 'time',
  answered: (passed) => passed,
};

/** Has the backend carry a stretch out; answers it as the change that is to be stored. */
export async function carried<Result extends Passed>(
  backend: Backend,
  before: World,
  stretch: Stretch<Result>,
  asking: Asking<Result>,
): Promise<Change<Stretch<Result>>> {
  const cause = stretch.kind === 'ended' ? asking.inTheEnd(stretch.result) : asking.inTheMiddle;
  const { outcome, ...done } = await backend.carry(before, stretch, cause);
  const change = { ...done, newBlobs: stretch.newBlobs };
  if (stretch.kind === 'suspended') return { ...change, value: { ...stretch, ...done } };
  const result = { ...stretch.result, ...done };
  return {
    ...change,
    value: { ...stretch, ...done, result: outcome === undefined ? result : asking.answered(result, outcome) },
  };
}
