/** A bash whose directory, variables and functions last from one script to the next: just-bash by itself starts afresh each time. */

/** What one script leaves to the next. */
export interface ShellState {
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Names of the variables that commands see. */
  readonly exported: readonly string[];
  /** Definitions of functions, as bash prints them. */
  readonly functions: string;
  readonly exitCode: number;
}

/** What a script wrote, and how it ended. */
export interface ShellOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

interface ExecOptions<Signal> {
  readonly cwd?: string;
  readonly env: Record<string, string>;
  readonly replaceEnv: true;
  readonly rawScript?: true;
  readonly signal?: Signal;
}

/** As much of just-bash as is needed, whichever of its builds it is. */
export interface BashEngine<Signal> {
  readonly fs: { exists(path: string): Promise<boolean>; readFile(path: string): Promise<string> };
  exec(
    script: string,
    options: ExecOptions<Signal>,
  ): Promise<ShellOutput & { readonly env: Readonly<Record<string, string>> }>;
}

const functionsFile = '/tmp/.functions';
const definesFunction = /\(\s*\)|\bfunction\s/;

/**
 * Prints the functions that a script defined, without changing its exit code: what is printed here is put before the scripts that follow.
 */
const keepFunctions = `
__status=$?; { for __name in $(compgen -A function); do type "$__name"; done; } > ${functionsFile}; (exit $__status)`;

/** just-bash's words to the program that embeds it, as a person at a terminal would hear them. */
function spoken(stderr: string): string {
  return stderr
    .replace(/: command not available in browser environments\..*$/gm, ': command not found')
    .replace(/, increase executionLimits\.\w+/g, ', stopped');
}

/** The variables that commands see, for the engine to begin with. */
export function exportedOf({ variables, exported }: ShellState): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => exported.includes(name)));
}

/** The engine must have been made with `exportedOf` the state that it begins with. */
export class LastingShell<Signal> {
  readonly #bash: BashEngine<Signal>;

  constructor(bash: BashEngine<Signal>) {
    this.#bash = bash;
  }

  /** Runs a script; cooperative commands stop at `signal`, a busy loop does not. */
  async run(
    script: string,
    state: ShellState,
    signal: Signal,
  ): Promise<{ readonly output: ShellOutput; readonly state: ShellState }> {
    const directory = (await this.#bash.fs.exists(state.directory)) ? state.directory : '/';
    const keeping = definesFunction.test(script);
    const status = script.includes('$?') && state.exitCode !== 0 ? `(exit ${state.exitCode})\n` : '';
    const result = await this.#bash.exec(`${state.functions}${status}${script}${keeping ? keepFunctions : ''}`, {
      cwd: directory,
      env: { ...state.variables },
      replaceEnv: true,
      rawScript: true,
      signal,
    });
    const { __status: _status, __name: _name, ...variables } = result.env;
    const { stdout, exitCode } = result;
    return {
      output: { stdout, stderr: spoken(result.stderr), exitCode },
      state: {
        directory: variables['PWD'] ?? directory,
        variables,
        exported: await this.#exported(variables),
        functions: keeping ? await this.#definitions(state.functions) : state.functions,
        exitCode,
      },
    };
  }

  async #exported(variables: Readonly<Record<string, string>>): Promise<string[]> {
    const { stdout } = await this.#bash.exec('export -p', { env: { ...variables }, replaceEnv: true });
    return [...stdout.matchAll(/^declare -\w*x\w* (\w+)/gm)].map((match) => match[1] ?? '');
  }

  async #definitions(before: string): Promise<string> {
    if (!(await this.#bash.fs.exists(functionsFile))) return before;
    const text = await this.#bash.fs.readFile(functionsFile);
    return text.replace(/^\S+ is a function\n/gm, '');
  }
}
