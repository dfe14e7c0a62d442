import { homeDirectory, type ShellState } from './protocol.ts';

export interface Prompt {
  readonly output: string;
  /** Cells that it takes. */
  readonly cells: number;
}

const accent = '\x1b[36m';
const grey = '\x1b[90m';
const red = '\x1b[31m';
const plain = '\x1b[0m';

/** Whose credentials an AWS command would use: those of the environment, of AWS_PROFILE, or the default profile's. */
export function identityOf(state: ShellState, defaultProfile: string): string {
  const { variables, exported } = state;
  const given = (name: string): string | undefined =>
    exported.includes(name) ? variables[name] || undefined : undefined;
  if (given('AWS_ACCESS_KEY_ID') && given('AWS_SECRET_ACCESS_KEY')) return 'env';
  return given('AWS_PROFILE') ?? given('AWS_DEFAULT_PROFILE') ?? defaultProfile;
}

/** `engineer ~ $`: who, where, and in red after a command that failed. */
export function promptOf(state: ShellState, defaultProfile: string): Prompt {
  const who = identityOf(state, defaultProfile);
  const { directory } = state;
  const where =
    directory === homeDirectory || directory.startsWith(`${homeDirectory}/`)
      ? `~${directory.slice(homeDirectory.length)}`
      : directory;
  const sign = state.exitCode === 0 ? '$' : `${red}$${plain}`;
  return {
    output: `${accent}${who}${plain} ${grey}${where}${plain} ${sign} `,
    cells: who.length + where.length + 4,
  };
}

/** The prompt of a command that goes on. */
export const continuedPrompt: Prompt = { output: `${grey}>${plain} `, cells: 2 };

/** The prompt of the shell that an agent starts on a host. */
export const hostPrompt: Prompt = { output: '$ ', cells: 2 };
