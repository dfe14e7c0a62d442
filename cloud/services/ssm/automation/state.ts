/** Executions of runbooks as the state keeps them. */
import type { AnyCaller } from '../../../../iam/model.ts';
import type { Json } from '../documents/content.ts';

export type AutomationStatus = 'Pending' | 'InProgress' | 'Waiting' | 'Success' | 'Failed' | 'TimedOut' | 'Cancelled';

export interface ExecutionState {
  /** A UUID. */
  readonly id: string;
  readonly region: string;
  readonly documentName: string;
  readonly documentVersion: string;
  /** The runbook as it was when it was started. */
  readonly content: string;
  /** As it runs with them, by pairs: names are of the runbook's choice. */
  readonly parameters: readonly NamedValue[];
  /** On whose behalf calls are made without a role. */
  readonly caller: AnyCaller;
  readonly roleArn?: string;
  readonly clientToken?: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly status: AutomationStatus;
  readonly failure?: string;
  readonly outputs: readonly NamedTexts[];
  /** In the order in which they began. */
  readonly steps: readonly StepState[];
  /** The step that comes next, or goes on. */
  readonly next?: string;
  /** When it goes on; of one that waits for a command, when it is given up. */
  readonly dueAt: number;
  /** The command whose end it waits for. */
  readonly commandId?: string;
  /** `running`: its calls are being made; what is found so later was left by a crash. */
  readonly work: 'waiting' | 'running';
}

export interface NamedValue {
  readonly name: string;
  readonly value: Json;
}

export interface NamedTexts {
  readonly name: string;
  readonly texts: readonly string[];
}

export interface StepState {
  /** A UUID. */
  readonly id: string;
  readonly name: string;
  readonly action: string;
  readonly status: AutomationStatus;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** With all places filled in, as texts. */
  readonly inputs: readonly { readonly name: string; readonly text: string }[];
  readonly outputs: readonly NamedValue[];
  readonly code?: string;
  readonly failure?: string;
}
