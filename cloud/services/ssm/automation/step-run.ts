/** One step as it is done: what it is given, what it comes to, and how it calls. */
import { type ActingAs, calling, type InnerOutcome, type Process } from '../../../process.ts';
import type { Json, JsonMap } from '../documents/content.ts';
import { AUTOMATION } from './names.ts';
import type { RunbookStep } from './runbook.ts';
import type { NamedValue } from './state.ts';

/** What an action came to. */
export type StepOutcome =
  /** `answer` is what the step's own outputs are selected from. */
  | { readonly kind: 'done'; readonly outputs: readonly NamedValue[]; readonly answer?: Json; readonly goTo?: string }
  | FailedStep
  /** To be done again at a time, or when a command has ended. */
  | { readonly kind: 'waits'; readonly until: number; readonly commandId?: string };

export interface FailedStep {
  readonly kind: 'failed';
  readonly message: string;
  /** Of the call that was refused. */
  readonly code?: string;
  readonly outputs?: readonly NamedValue[];
}

/** A step with its places filled in, and where it stands. */
export interface StepRun {
  readonly step: RunbookStep;
  readonly inputs: JsonMap;
  readonly accountId: string;
  readonly region: string;
  readonly as: ActingAs;
  readonly now: number;
  readonly startedAt: number;
  /** Of a step that waits for one. */
  readonly commandId?: string;
}

/** A call as the runbook makes it. */
export function* callFor(
  { as, region }: Pick<StepRun, 'as' | 'region'>,
  service: string,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): Process<InnerOutcome> {
  return yield* calling({ by: AUTOMATION, as, service, operation, input, region });
}

/** As Automation words a call that was refused. */
export function refused(operation: string, { error }: Extract<InnerOutcome, { kind: 'error' }>): FailedStep {
  return {
    kind: 'failed',
    code: error.code,
    message: `Step fails when it is Execute/Cancelling action. An error occurred (${error.code}) when calling the ${operation} operation: ${error.message}. Please refer to Automation Service Troubleshooting Guide for more diagnosis details.`,
  };
}
