/** Rewinding a sandbox by one step of its learner. */
import type { World } from '../../cloud/world.ts';
import { wentBack } from './going-back.ts';
import type { KeptState } from './kept-state.ts';
import type { Act } from './sandbox.ts';
import { type FoundStep, findLastStep, type Step } from './steps.ts';
import { type SandboxStore, StaleHomeError } from './store.ts';

/** How often it is tried again after the sandbox was changed elsewhere. */
const TRIES = 3;
const NOTES_AT_ONCE = 50;

/** What rewinding came to. `another`: the last step is not the one that was to be undone. */
export type Rewinding<Result> =
  | { readonly kind: 'undone'; readonly step: Step; readonly result: Result }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'another' };

/** The step that would be undone. */
export function lastStep(store: SandboxStore, sandboxId: string, seq: number): Promise<FoundStep | undefined> {
  return findLastStep(
    {
      notesUpTo: (through) => store.notes(sandboxId, { through, limit: NOTES_AT_ONCE }),
      firstOf: (requestId, after) => store.firstRowOf(sandboxId, requestId, after),
    },
    seq,
  );
}

/**
 * Puts the state back to how it was before the last step, and stores that as a change of its own, so that it can be done again and again.
 * To be called in the sandbox's turn: nothing else changes it meanwhile.
 * @param wanted the id of the step that is to be undone; whichever is the last where absent
 * @param finish what the sandbox needs besides, on the state that was gone back to
 */
export async function rewind<Result>(
  { kept, store, sandboxId }: { kept: KeptState; store: SandboxStore; sandboxId: string },
  wanted: string | undefined,
  finish: (world: World) => Act<Result>,
): Promise<Rewinding<Result>> {
  for (let tried = 1; ; tried += 1) {
    const step = await lastStep(store, sandboxId, await kept.place());
    if (step === undefined) return { kind: 'nothing' };
    if (wanted !== undefined && wanted !== step.id) return { kind: 'another' };
    const earlier = await store.stateAfter(sandboxId, step.to);
    if (earlier === undefined) return { kind: 'nothing' };
    const label = { name: 'rewind', requestId: null, call: () => JSON.stringify({ to: step.to, undone: step.id }) };
    try {
      const result = await kept.change(label, (world) => finished(world, earlier.world, finish), 1);
      return { kind: 'undone', step, result };
    } catch (error) {
      if (!(error instanceof StaleHomeError) || tried === TRIES) throw error;
    }
  }
}

function finished<Result>(now: World, earlier: World, finish: (world: World) => Act<Result>) {
  const back = wentBack(now, earlier);
  const { world, patches, newBlobs, result } = finish(back.world);
  return { world, patches: [...back.patches, ...patches], newBlobs, value: result };
}
