import type { SandboxAccess } from '../../../contract/index.ts';
import type { ShellOutput, ShellState } from '../../../shell/lasting-shell.ts';

export type { ShellState };

export const homeDirectory = '/home/learner';

export interface ShellStart {
  readonly attemptId: string;
  readonly sandbox: SandboxAccess;
  /** Files that a home directory begins with, by relative path. */
  readonly home: Readonly<Record<string, string>>;
  readonly state: ShellState;
}

export type CommandOutput = ShellOutput;

export interface Completion {
  /** What can stand in place of the word before the cursor. */
  readonly candidates: readonly string[];
  /** Where that word starts. */
  readonly from: number;
}

/** Commands that concern the attempt and are answered by the page. */
export const hostCommands = ['answer', 'submit', 'hint', 'console', 'edit', 'nano', 'vi', 'vim', 'history'] as const;
export type HostCommand = (typeof hostCommands)[number];

export interface HostCall {
  readonly name: HostCommand;
  readonly words: readonly string[];
  readonly directory: string;
}

export type ToShell =
  | { readonly type: 'start'; readonly start: ShellStart }
  | { readonly type: 'run'; readonly id: number; readonly line: string; readonly state: ShellState }
  | { readonly type: 'interrupt'; readonly id: number }
  | { readonly type: 'complete'; readonly id: number; readonly text: string; readonly state: ShellState }
  | { readonly type: 'sandbox'; readonly sandbox: SandboxAccess }
  | { readonly type: 'read'; readonly id: number; readonly path: string }
  | { readonly type: 'write'; readonly id: number; readonly path: string; readonly text: string }
  | { readonly type: 'host-answer'; readonly id: number; readonly output: CommandOutput };

export type FromShell =
  | { readonly type: 'ready' }
  /** What a statement said that is not the last of its line. */
  | { readonly type: 'output'; readonly id: number; readonly output: CommandOutput }
  | {
      readonly type: 'done';
      readonly id: number;
      readonly output: CommandOutput;
      readonly state: ShellState;
      /** The session on a host that what is typed goes to. */
      readonly host?: string;
    }
  | { readonly type: 'completion'; readonly id: number; readonly completion: Completion }
  /** Null where there is no such file. */
  | { readonly type: 'text'; readonly id: number; readonly text: string | null }
  | { readonly type: 'host-call'; readonly id: number; readonly call: HostCall };

export const startState: ShellState = {
  directory: homeDirectory,
  variables: { HOME: homeDirectory, USER: 'learner', PWD: homeDirectory, TERM: 'xterm-256color', LANG: 'C.UTF-8' },
  exported: ['HOME', 'USER', 'PWD', 'TERM', 'LANG'],
  functions: '',
  exitCode: 0,
};
