/** Storing what became of a stack. */
import type { Draft } from '../../call.ts';
import { changing, type Process } from '../../process.ts';
import { cloudFormationLimits } from './limits.ts';
import { deleted } from './stacks.ts';
import type { StackState } from './state.ts';

/** Stores a stack; of the deleted ones the oldest are let go. */
export function* keeping(accountId: string, stack: StackState): Process<void> {
  yield* changing(accountId, ({ cloudformation }) => {
    cloudformation.stacks[stack.id] = stack as Draft<StackState>;
    const gone = Object.values(cloudformation.stacks)
      .filter(({ status }) => status === deleted)
      .sort((a, b) => (b.deletedAt ?? 0) - (a.deletedAt ?? 0))
      .slice(cloudFormationLimits.deletedStacks);
    for (const { id } of gone) delete cloudformation.stacks[id];
  });
}
