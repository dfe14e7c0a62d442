/** What a command printed, and how it ended. */
export interface Printed {
  readonly stdout: string | Uint8Array;
  /** Nothing where absent. */
  readonly stderr?: string;
  /** 0 where absent. */
  readonly exitCode?: number;
}
