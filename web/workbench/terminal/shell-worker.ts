import './buffer.ts';
import { defineCommand, getCommandNames } from 'just-bash/browser';
import { complete } from './completion.ts';
import { curlCommand } from './curl-command.ts';
import { markOfHome, readHome, replaceHome, writeAccess, writeGivenFiles, writeHome } from './home-files.ts';
import { HomeStore } from './home-store.ts';
import {
  type CommandOutput,
  type FromShell,
  homeDirectory,
  hostCommands,
  type ShellStart,
  type ShellState,
  type ToShell,
} from './protocol.ts';
import { Shell } from './shell.ts';
import { statementsOf } from './statements.ts';

/** The worker: a shell, its home directory, and the messages to and from the page. */

const post = (message: FromShell): void => postMessage(message);

const waiting = new Map<number, (output: CommandOutput) => void>();
let lastHostCall = 0;

const commands = hostCommands.map((name) =>
  defineCommand(name, async (words, context) => {
    lastHostCall += 1;
    const id = lastHostCall;
    const answer = new Promise<CommandOutput>((resolve) => waiting.set(id, resolve));
    post({ type: 'host-call', id, call: { name, words, directory: context.cwd } });
    return await answer;
  }),
);

const homes = new HomeStore();

class Session {
  private readonly shell: Shell;
  private readonly start: ShellStart;
  private sandbox: ShellStart['sandbox'];
  private access = '';
  private mark = '';
  private revision: string | undefined;
  private running: AbortController | undefined;

  constructor(start: ShellStart) {
    this.start = start;
    this.sandbox = start.sandbox;
    this.shell = new Shell([...commands, curlCommand(() => this.sandbox)], start.state);
  }

  async prepare(): Promise<void> {
    const { fs } = this.shell;
    await fs.mkdir(homeDirectory, { recursive: true });
    await fs.mkdir('/tmp', { recursive: true });
    const kept = await homes.load(this.start.attemptId);
    if (kept) await writeHome(fs, kept);
    else await writeGivenFiles(fs, this.start.home);
    this.access = kept?.access ?? '';
    this.mark = kept ? await this.marked() : '';
    this.revision = kept?.revision;
    await this.give(this.start.sandbox);
  }

  /** Writes the access of the stage; the files are left alone where it is the same as before. */
  async give(sandbox: ShellStart['sandbox']): Promise<void> {
    this.sandbox = sandbox;
    const access = JSON.stringify(sandbox);
    if (access === this.access) return;
    await writeAccess(this.shell.fs, sandbox);
    this.access = access;
    await this.keep();
  }

  /** Takes over what another tab on the same attempt has changed. */
  private async catchUp(): Promise<void> {
    const { attemptId } = this.start;
    const revision = await homes.revision(attemptId);
    if (revision === undefined || revision === this.revision) return;
    const kept = await homes.load(attemptId);
    if (!kept) return;
    await replaceHome(this.shell.fs, kept);
    this.access = kept.access;
    this.mark = await this.marked();
    this.revision = kept.revision;
  }

  async run(message: Extract<ToShell, { type: 'run' }>): Promise<void> {
    await this.catchUp();
    const running = new AbortController();
    this.running = running;
    let { state } = message;
    const { session } = this.shell;
    if (session !== undefined) {
      const output = await this.shell.runOnHost(session, message.line, running.signal);
      return this.done(message.id, output, state);
    }
    const statements = statementsOf(message.line);
    for (const [index, statement] of statements.entries()) {
      const result = await this.shell.run(statement, state, running.signal);
      state = result.state;
      if (running.signal.aborted || index === statements.length - 1) {
        await this.keep();
        return this.done(message.id, result.output, state);
      }
      post({ type: 'output', id: message.id, output: result.output });
    }
  }

  private done(id: number, output: CommandOutput, state: ShellState): void {
    const host = this.shell.session?.id;
    post({ type: 'done', id, output, state, ...(host !== undefined && { host }) });
  }

  interrupt(): void {
    this.running?.abort();
  }

  async complete(message: Extract<ToShell, { type: 'complete' }>): Promise<void> {
    await this.catchUp();
    const names = [...getCommandNames(), 'aws', 'curl', 'help', 'clear', 'cd', 'export', 'unset', ...hostCommands];
    const completion = await complete(this.shell.fs, names, message.text, message.state);
    post({ type: 'completion', id: message.id, completion });
  }

  async read(message: Extract<ToShell, { type: 'read' }>): Promise<void> {
    await this.catchUp();
    const { fs } = this.shell;
    const there = (await fs.exists(message.path)) && (await fs.stat(message.path)).isFile;
    post({ type: 'text', id: message.id, text: there ? await fs.readFile(message.path) : null });
  }

  async write(message: Extract<ToShell, { type: 'write' }>): Promise<void> {
    await this.catchUp();
    await this.shell.fs.writeFile(message.path, message.text);
    await this.keep();
    post({ type: 'text', id: message.id, text: message.text });
  }

  private async keep(): Promise<void> {
    const mark = await this.marked();
    if (mark === this.mark) return;
    this.revision = await homes.save(this.start.attemptId, await readHome(this.shell.fs, this.access));
    this.mark = mark;
  }

  private async marked(): Promise<string> {
    return `${this.access}\n${await markOfHome(this.shell.fs)}`;
  }
}

let session: Promise<Session> | undefined;

async function handle(message: ToShell): Promise<void> {
  if (message.type === 'start') {
    const opened = new Session(message.start);
    session = opened.prepare().then(() => opened);
    await session;
    post({ type: 'ready' });
    return;
  }
  if (message.type === 'host-answer') {
    waiting.get(message.id)?.(message.output);
    waiting.delete(message.id);
    return;
  }
  const shell = await session;
  if (!shell) return;
  switch (message.type) {
    case 'run':
      return await shell.run(message);
    case 'interrupt':
      return shell.interrupt();
    case 'complete':
      return await shell.complete(message);
    case 'sandbox':
      return await shell.give(message.sandbox);
    case 'read':
      return await shell.read(message);
    case 'write':
      return await shell.write(message);
  }
}

addEventListener('message', (event: MessageEvent<ToShell>) => {
  handle(event.data).catch((error: unknown) => {
    // Thrown outside of the promise, so that the page sees the worker's error event and starts another.
    setTimeout(() => {
      throw error;
    });
  });
});
