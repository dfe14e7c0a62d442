/** What happens to a stack, event by event. */

import type { Call } from '../../call.ts';
import { uuidOf } from './ids.ts';
import { cloudFormationLimits } from './limits.ts';
import type { StackEventState, StackState } from './state.ts';

const stackType = 'AWS::CloudFormation::Stack';

/** The events of a stack in one stretch of work, oldest first. */
export class StackJournal {
  readonly #stack: Pick<StackState, 'id' | 'name'>;
  readonly #call: Call;
  readonly #token: string | undefined;
  readonly #events: StackEventState[] = [];

  /** @param token `ClientRequestToken` of the call */
  constructor(stack: Pick<StackState, 'id' | 'name'>, call: Call, token: string | undefined) {
    this.#stack = stack;
    this.#call = call;
    this.#token = token;
  }

  /** Of the stack itself. */
  stack(status: string, reason?: string): void {
    const { id, name } = this.#stack;
    this.#add({ id: uuidOf(this.#call.random), logicalId: name, physicalId: id, type: stackType }, status, reason);
  }

  /** Of one of its resources. */
  resource(
    { logicalId, physicalId = '', type }: { logicalId: string; physicalId?: string; type: string },
    status: string,
    reason?: string,
  ): void {
    const id = `${logicalId}-${status}-${uuidOf(this.#call.random).slice(0, 18)}`;
    this.#add({ id, logicalId, physicalId, type }, status, reason);
  }

  #add(of: Pick<StackEventState, 'id' | 'logicalId' | 'physicalId' | 'type'>, status: string, reason?: string): void {
    this.#events.push({
      ...of,
      status,
      ...(reason !== undefined && { reason }),
      at: this.#call.now,
      ...(this.#token !== undefined && { token: this.#token }),
    });
  }

  /** Those before, and these: the newest. */
  after(before: readonly StackEventState[]): readonly StackEventState[] {
    return [...before, ...this.#events].slice(-cloudFormationLimits.events);
  }
}
