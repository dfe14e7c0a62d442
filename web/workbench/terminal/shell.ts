import { Bash, type Command, InMemoryFs } from 'just-bash/browser';
import { exportedOf, LastingShell, type ShellOutput, type ShellState } from '../../../shell/lasting-shell.ts';
import { ending, type SessionStream, sendInput } from '../../../shell/session-stream.ts';
import { awsCommand } from './aws-command.ts';
import { send } from './aws-environment.ts';

/** The page's bash, on files in memory; while a session on a host is on, what is typed goes there. */
export class Shell {
  readonly fs: InMemoryFs;
  /** The session on a host that is on. */
  session: SessionStream | undefined;
  private readonly lasting: LastingShell<AbortSignal>;

  constructor(commands: readonly Command[], state: ShellState) {
    this.fs = new InMemoryFs();
    const bash = new Bash({
      fs: this.fs,
      cwd: state.directory,
      env: exportedOf(state),
      customCommands: [
        awsCommand((stream) => {
          this.session = stream;
        }),
        ...commands,
      ],
    });
    this.lasting = new LastingShell(bash);
  }

  /** Runs a line; cooperative commands stop at `signal`, a busy loop only with its worker. */
  run(
    line: string,
    state: ShellState,
    signal: AbortSignal,
  ): Promise<{ readonly output: ShellOutput; readonly state: ShellState }> {
    return this.session === undefined
      ? this.lasting.run(line, state, signal)
      : this.onHost(this.session, line, state, signal);
  }

  private async onHost(session: SessionStream, line: string, state: ShellState, signal: AbortSignal) {
    const said = await sendInput((request) => send(request, signal), session, line);
    if (said.state === 'open') return { output: said, state };
    this.session = undefined;
    return { output: { ...said, stdout: `${said.stdout}${ending(session)}` }, state };
  }
}
