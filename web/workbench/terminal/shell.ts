import { Bash, type Command, InMemoryFs } from 'just-bash/browser';
import { exportedOf, LastingShell, type ShellOutput, type ShellState } from '../../../shell/lasting-shell.ts';
import { ending, type SessionStream, sendInput } from '../../../shell/session-stream.ts';
import { awsCommand } from './aws-command.ts';
import { send } from './aws-environment.ts';

/** As bash has it after SIGINT. */
const interruptedExit = 130;
/** As ssh has it where there is no connection. */
const unreachableExit = 255;

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
    return this.lasting.run(line, state, signal);
  }

  /** Sends a line to the session on a host, as a whole. One that is interrupted, or does not get there, leaves the session on. */
  async runOnHost(session: SessionStream, line: string, signal: AbortSignal): Promise<ShellOutput> {
    try {
      const said = await sendInput((request) => send(request, signal), session, line);
      if (said.state === 'open') return said;
      this.session = undefined;
      return { ...said, stdout: `${said.stdout}${ending(session)}` };
    } catch (error) {
      if (signal.aborted) return { stdout: '', stderr: '', exitCode: interruptedExit };
      const reason = error instanceof Error ? error.message : String(error);
      return { stdout: '', stderr: `The session cannot be reached: ${reason}\n`, exitCode: unreachableExit };
    }
  }
}
