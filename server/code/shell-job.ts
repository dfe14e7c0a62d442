/** What a process that runs a script is told, and what it answers. */
import type { RunResult } from '../../cloud/process.ts';

export interface ShellJob {
  readonly hostName: string;
  readonly user: string;
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;
  /** The files of the host, as an earlier script left them. */
  readonly disk?: Uint8Array;
  readonly session?: string;
  readonly script: string;
  readonly timeoutMilliseconds: number;
}

export type ShellResult = Extract<RunResult, { readonly kind: 'finished' | 'timed-out' }>;

/** A request of the script; the only thing that the process asks its parent. Packed by packed.ts. */
export interface HostRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Networks to the metadata service: 2 from a container. */
  readonly hops: 1 | 2;
}

export type HostAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    }
  | { readonly kind: 'unreachable'; readonly why: 'no-such-host' | 'refused' | 'timeout' };
