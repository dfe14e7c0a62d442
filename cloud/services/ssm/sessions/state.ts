/** Sessions of Session Manager as the state keeps them. */
import type { AnyCaller } from '../../../../iam/model.ts';

export interface SessionState {
  /** The user's name, and 17 hexadecimal digits. */
  readonly id: string;
  readonly region: string;
  readonly instanceId: string;
  readonly documentName: string;
  /** Who started it. */
  readonly caller: AnyCaller;
  /** `aws:userid` of who started it. */
  readonly userId: string;
  readonly reason?: string;
  readonly startedAt: number;
  /** When something was last sent: a session that is left alone ends. */
  readonly usedAt: number;
  /** When it was ended. */
  readonly endedAt?: number;
  /** What a client of its stream must show. */
  readonly token: string;
  readonly kind: 'shell' | 'command';
  /** Who runs what is sent: `root`, `ssm-user` or another. */
  readonly user: string;
  /** Minutes. */
  readonly idleTimeout: number;
  readonly longestDuration?: number;
  /** Of a session for one command: what it runs; absent when that was done. */
  readonly command?: string;
  /** Of a shell: what runs first. */
  readonly profile?: string;
  /** Where the shell stopped (cloud/services/ec2/hosts.ts). */
  readonly shell?: string;
}
