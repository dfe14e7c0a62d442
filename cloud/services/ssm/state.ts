import type { ExecutionState } from './automation/state.ts';
import type { CommandState } from './commands/state.ts';
import type { DocumentState } from './documents/state.ts';
import type { SessionState } from './sessions/state.ts';

/** What an account has in Systems Manager, in all regions. */
export interface SsmState {
  /** By region and full name (`parameterKey`). */
  readonly parameters: Readonly<Record<string, ParameterState>>;
  /** The account's own, by region and name (`documentKey`). */
  readonly documents: Readonly<Record<string, DocumentState>>;
  /** By id. */
  readonly commands: Readonly<Record<string, CommandState>>;
  /** By id. */
  readonly sessions: Readonly<Record<string, SessionState>>;
  /** Of runbooks, by id. */
  readonly executions: Readonly<Record<string, ExecutionState>>;
}

/** What a new account has; one object for all of them. */
export const emptySsmState: SsmState = { parameters: {}, documents: {}, commands: {}, sessions: {}, executions: {} };

export interface ParameterState {
  readonly name: string;
  readonly region: string;
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly tier: 'Standard' | 'Advanced' | 'Intelligent-Tiering';
  readonly description?: string;
  readonly allowedPattern?: string;
  readonly keyId?: string;
  readonly dataType: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  /** Oldest first; at most 100. */
  readonly versions: readonly {
    readonly version: number;
    readonly value: string;
    readonly modifiedAt: number;
    /** ARN of who wrote it. */
    readonly modifiedBy: string;
    readonly labels: readonly string[];
    /** Of a SecureString under a customer's key: what KMS has made of it, in base64. */
    readonly sealed?: { readonly keyArn: string; readonly ciphertext: string };
  }[];
}
