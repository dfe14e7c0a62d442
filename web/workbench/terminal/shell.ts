import { Bash, type Command, InMemoryFs } from 'just-bash/browser';
import { awsCommand } from './aws-command.ts';
import type { CommandOutput, ShellState } from './protocol.ts';

const functionsFile = '/tmp/.functions';
const definesFunction = /\(\s*\)|\bfunction\s/;

/**
 * Prints the functions that a line defined, without changing its exit code. just-bash forgets functions after each `exec`:
 * what is printed here is put before the lines that follow.
 */
const keepFunctions = `
__status=$?; { for __name in $(compgen -A function); do type "$__name"; done; } > ${functionsFile}; (exit $__status)`;

/** just-bash's words to the program that embeds it, as a person at a terminal would hear them. */
function spoken(stderr: string): string {
  return stderr
    .replace(/: command not available in browser environments\..*$/gm, ': command not found')
    .replace(/, increase executionLimits\.\w+/g, ', stopped');
}

/** A bash whose directory, variables and functions last from one command to the next, by a state that is handed along. */
export class Shell {
  readonly fs: InMemoryFs;
  private readonly bash: Bash;

  constructor(commands: readonly Command[], state: ShellState) {
    this.fs = new InMemoryFs();
    const exported = Object.entries(state.variables).filter(([name]) => state.exported.includes(name));
    this.bash = new Bash({
      fs: this.fs,
      cwd: state.directory,
      env: Object.fromEntries(exported),
      customCommands: [awsCommand, ...commands],
    });
  }

  /** Runs a line; cooperative commands stop at `signal`, a busy loop only with its worker. */
  async run(
    line: string,
    state: ShellState,
    signal: AbortSignal,
  ): Promise<{ readonly output: CommandOutput; readonly state: ShellState }> {
    const directory = (await this.fs.exists(state.directory)) ? state.directory : '/';
    const keeping = definesFunction.test(line);
    const status = line.includes('$?') && state.exitCode !== 0 ? `(exit ${state.exitCode})\n` : '';
    const result = await this.bash.exec(`${state.functions}${status}${line}${keeping ? keepFunctions : ''}`, {
      cwd: directory,
      env: { ...state.variables },
      replaceEnv: true,
      rawScript: true,
      signal,
    });
    const { __status: _status, __name: _name, ...variables } = result.env;
    const { stdout, exitCode } = result;
    const stderr = spoken(result.stderr);
    return {
      output: { stdout, stderr, exitCode },
      state: {
        directory: variables['PWD'] ?? directory,
        variables,
        exported: await this.exported(variables),
        functions: keeping ? await this.definitions(state.functions) : state.functions,
        exitCode,
      },
    };
  }

  private async exported(variables: Readonly<Record<string, string>>): Promise<string[]> {
    const { stdout } = await this.bash.exec('export -p', { env: { ...variables }, replaceEnv: true });
    return [...stdout.matchAll(/^declare -\w*x\w* (\w+)/gm)].map((match) => match[1] ?? '');
  }

  private async definitions(before: string): Promise<string> {
    if (!(await this.fs.exists(functionsFile))) return before;
    const text = await this.fs.readFile(functionsFile);
    return text.replace(/^\S+ is a function\n/gm, '');
  }
}
