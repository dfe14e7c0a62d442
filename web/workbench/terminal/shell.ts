import { Bash, type Command, InMemoryFs } from 'just-bash/browser';
import { exportedOf, LastingShell, type ShellOutput, type ShellState } from '../../../shell/lasting-shell.ts';
import { awsCommand } from './aws-command.ts';

/** The page's bash, on files in memory. */
export class Shell {
  readonly fs: InMemoryFs;
  private readonly lasting: LastingShell<AbortSignal>;

  constructor(commands: readonly Command[], state: ShellState) {
    this.fs = new InMemoryFs();
    const bash = new Bash({
      fs: this.fs,
      cwd: state.directory,
      env: exportedOf(state),
      customCommands: [awsCommand, ...commands],
    });
    this.lasting = new LastingShell(bash);
  }

  /** Runs a line; cooperative commands stop at `signal`, a busy loop only with its worker. */
  run(
    line: string,
    state: ShellState,
    signal: AbortSignal,
  ): Promise<{ readonly output: ShellOutput; readonly state: ShellState }> {
    return this.lasting.run(line, state, signal);
  }
}
