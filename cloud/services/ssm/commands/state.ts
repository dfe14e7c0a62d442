/** Commands as the state keeps them. */

export type InvocationStatus = 'Pending' | 'InProgress' | 'Success' | 'Failed' | 'TimedOut' | 'Cancelled';

export interface CommandState {
  /** A UUID. */
  readonly id: string;
  readonly region: string;
  /** As the request called it. */
  readonly documentName: string;
  readonly documentVersion: string;
  readonly comment: string;
  /** As they were given, under `stateKey`. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** Of a request by ids. */
  readonly instanceIds: readonly string[];
  readonly targets: readonly { readonly key: string; readonly values: readonly string[] }[];
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  readonly serviceRole?: string;
  /** Seconds until what has not begun is given up. */
  readonly deliveryTimeout: number;
  readonly requestedAt: number;
  /** What runs on each node: the document with its values filled in. */
  readonly steps: readonly CommandStep[];
  /** By the node's id. */
  readonly invocations: Readonly<Record<string, InvocationState>>;
}

/** One plugin of a document. */
export interface CommandStep {
  /** The step's; by the old schema the plugin's. */
  readonly name: string;
  /** `aws:runShellScript`. */
  readonly action: string;
  readonly script: string;
  /** Absolute; the agent's own where the document says none. */
  readonly directory?: string;
  readonly timeoutSeconds: number;
  /** Values that go to the script as variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** Systems for which it is meant; absent for all. */
  readonly platform?: string;
}

export interface InvocationState {
  readonly status: InvocationStatus;
  /** `Delivery Timed Out`, `Undeliverable`, `Execution Timed Out` … */
  readonly details: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** What came of each step that began. */
  readonly results: readonly StepResult[];
}

export interface StepResult {
  readonly status: InvocationStatus;
  readonly details: string;
  /** The exit code; -1 where the script did not come to its end. */
  readonly code: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly stdout: string;
  readonly stderr: string;
}
