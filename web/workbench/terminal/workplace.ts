import type { Attempt, SandboxAccess } from '../../../contract/index.ts';
import type { Bench } from '../bench.ts';
import { identityOf } from './prompt.ts';
import { type CommandOutput, type HostCall, homeDirectory, startState } from './protocol.ts';
import { Session } from './session.ts';
import { ShellClient } from './shell-client.ts';
import { TerminalView } from './terminal-view.ts';
import { texts } from './texts.ts';
import { WorkCommands } from './work-commands.ts';

/** Names of `edit`: what hands that know a terminal will type. */
const editors: ReadonlySet<HostCall['name']> = new Set(['edit', 'nano', 'vi', 'vim']);

export interface WorkplaceListener {
  onChange(): void;
  onEscape(): void;
}

/** One attempt's terminal: the cells, the session that writes into them, the shell behind it. */
export class Workplace {
  readonly view: TerminalView;
  private readonly client: ShellClient;
  private readonly session: Session;
  private readonly commands: WorkCommands;
  private readonly bench: Bench;
  private sandbox: SandboxAccess;

  constructor(host: HTMLElement, attempt: Attempt, bench: Bench, listener: WorkplaceListener) {
    this.bench = bench;
    this.sandbox = attempt.sandbox;
    this.commands = new WorkCommands(bench);
    this.view = new TerminalView(host);
    const start = { attemptId: attempt.id, sandbox: attempt.sandbox, home: attempt.home, state: startState };
    this.client = new ShellClient(start, (call) => this.answer(call));
    this.session = new Session({
      terminal: this.view.terminal,
      client: this.client,
      attemptId: attempt.id,
      accountId: attempt.sandbox.accountId,
      defaultProfile: () => this.sandbox.profiles[0]?.name ?? 'aws',
      onChange: () => listener.onChange(),
      onEscape: () => listener.onEscape(),
    });
  }

  /** The profile whose credentials a command would use, where it is one of the sandbox's. */
  get profile(): string {
    return identityOf(this.client.state, this.sandbox.profiles[0]?.name ?? '');
  }

  /** As `export AWS_PROFILE=…`, which is what it does. */
  useProfile(name: string): void {
    const {
      AWS_ACCESS_KEY_ID: _key,
      AWS_SECRET_ACCESS_KEY: _secret,
      AWS_SESSION_TOKEN: _token,
      ...variables
    } = this.client.state.variables;
    this.client.state = {
      ...this.client.state,
      variables: { ...variables, AWS_PROFILE: name },
      exported: [...new Set([...this.client.state.exported, 'AWS_PROFILE'])],
    };
    this.session.refresh();
  }

  /** New keys: another stage's, or renewed ones. */
  give(sandbox: SandboxAccess): void {
    const isSame = keysOf(sandbox) === keysOf(this.sandbox);
    this.sandbox = sandbox;
    if (isSame) return;
    this.client.give(sandbox);
    const chosen = this.client.state.variables['AWS_PROFILE'];
    if (chosen && !sandbox.profiles.some((profile) => profile.name === chosen)) {
      const { AWS_PROFILE: _gone, ...variables } = this.client.state.variables;
      this.client.state = { ...this.client.state, variables };
    }
    this.session.announce(texts.access);
  }

  close(): void {
    this.client.close();
    this.view.close();
  }

  private async answer(call: HostCall): Promise<CommandOutput> {
    if (call.name === 'history') {
      const lines = this.session.commands.map((command, index) => `${String(index + 1).padStart(5)}  ${command}\n`);
      return { stdout: lines.join(''), stderr: '', exitCode: 0 };
    }
    if (editors.has(call.name)) return this.edit(call);
    return await this.commands.run(call);
  }

  private edit({ words: [word], directory }: HostCall): CommandOutput {
    if (!word) return { stdout: '', stderr: texts.editUsage, exitCode: 1 };
    const path = absolute(word, directory);
    this.bench.file.set({
      path,
      read: () => this.client.read(path),
      write: async (text) => {
        await this.client.write(path, text);
      },
    });
    return { stdout: texts.editing(path), stderr: '', exitCode: 0 };
  }
}

/** What `~/.aws` is made of. The live socket and the API may tell the rest in another order. */
function keysOf({ endpoint, region, profiles }: SandboxAccess): string {
  return JSON.stringify([endpoint, region, profiles]);
}

/** A path as the shell means it. */
function absolute(word: string, directory: string): string {
  const from = word.startsWith('~/') ? `${homeDirectory}${word.slice(1)}` : word;
  const base = from.startsWith('/') ? from : `${directory}/${from}`;
  const parts: string[] = [];
  for (const part of base.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
