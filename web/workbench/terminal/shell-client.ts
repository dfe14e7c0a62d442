import type { SandboxAccess } from '../../../contract/index.ts';
import type { CommandOutput, Completion, FromShell, HostCall, ShellStart, ShellState, ToShell } from './protocol.ts';

/** How a command ended: with its output, by Ctrl-C, or because the shell died and was started again. */
export type RunResult =
  | { readonly kind: 'done'; readonly output: CommandOutput }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'died' };

/** Time that a command has to stop by itself before its worker is ended. */
const patience = 400;

/** 128 and the number of SIGINT, as bash has it. */
const interruptedExit = 130;
/** Workers that may fail to start, one after the other, before the shell waits for the next command to try again. */
const mostFailedStarts = 2;

interface Running {
  readonly id: number;
  interrupted: boolean;
  readonly resolve: (result: RunResult) => void;
  readonly onOutput: (output: CommandOutput) => void;
}

const noCompletion: Completion = { candidates: [], from: 0 };

/** The shell as the page sees it: one worker at a time, replaced when it dies or does not stop. */
export class ShellClient {
  /** Directory, variables and functions, as the last command left them. */
  state: ShellState;
  /** Whether what is typed goes to a session on a host. */
  isOnHost = false;
  private start: ShellStart;
  private readonly onHostCall: (call: HostCall) => Promise<CommandOutput>;
  private worker: Worker;
  private running: Running | undefined;
  private lastId = 0;
  private failedStarts = 0;
  private readonly completing = new Map<number, (completion: Completion) => void>();
  private readonly reading = new Map<number, (text: string | null) => void>();

  constructor(start: ShellStart, onHostCall: (call: HostCall) => Promise<CommandOutput>) {
    this.start = start;
    this.state = start.state;
    this.onHostCall = onHostCall;
    this.worker = this.open();
  }

  /** Runs one line; there is never a second beside it. `onOutput` gets what its statements but the last one said. */
  run(line: string, onOutput: (output: CommandOutput) => void): Promise<RunResult> {
    const id = this.nextId();
    return new Promise((resolve) => {
      this.running = { id, resolve, onOutput, interrupted: false };
      if (this.failedStarts >= mostFailedStarts) this.replace();
      this.post({ type: 'run', id, line, state: this.state });
    });
  }

  /** Stops the running command: it is asked first, then its worker is ended. Files are as the command before left them. */
  interrupt(): void {
    const running = this.running;
    if (!running) return;
    running.interrupted = true;
    this.post({ type: 'interrupt', id: running.id });
    setTimeout(() => {
      if (this.running !== running) return;
      this.replace();
      this.finish({ kind: 'interrupted' });
    }, patience);
  }

  complete(text: string): Promise<Completion> {
    const id = this.nextId();
    return new Promise((resolve) => {
      this.completing.set(id, resolve);
      this.post({ type: 'complete', id, text, state: this.state });
    });
  }

  /** A file's text; null where there is none. The path is absolute. */
  read(path: string): Promise<string | null> {
    const id = this.nextId();
    return new Promise((resolve) => {
      this.reading.set(id, resolve);
      this.post({ type: 'read', id, path });
    });
  }

  write(path: string, text: string): Promise<string | null> {
    const id = this.nextId();
    return new Promise((resolve) => {
      this.reading.set(id, resolve);
      this.post({ type: 'write', id, path, text });
    });
  }

  /** Gives the shell new keys: those of a stage, or renewed ones. */
  give(sandbox: SandboxAccess): void {
    this.start = { ...this.start, sandbox };
    this.post({ type: 'sandbox', sandbox });
  }

  close(): void {
    this.worker.terminate();
  }

  private open(): Worker {
    const worker = new Worker(new URL('./shell-worker.ts', import.meta.url), { type: 'module', name: 'shell' });
    worker.addEventListener('message', (event: MessageEvent<FromShell>) => this.receive(event.data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (this.worker !== worker) return;
      this.failedStarts += 1;
      if (this.failedStarts < mostFailedStarts) this.replace();
      this.finish({ kind: 'died' });
    });
    worker.postMessage({ type: 'start', start: { ...this.start, state: this.state } } satisfies ToShell);
    return worker;
  }

  private replace(): void {
    this.worker.terminate();
    this.isOnHost = false;
    for (const resolve of this.completing.values()) resolve(noCompletion);
    for (const resolve of this.reading.values()) resolve(null);
    this.completing.clear();
    this.reading.clear();
    this.worker = this.open();
  }

  private finish(result: RunResult): void {
    const running = this.running;
    if (result.kind === 'interrupted') this.state = { ...this.state, exitCode: interruptedExit };
    this.running = undefined;
    running?.resolve(result);
  }

  private conclude(running: Running, { output, state, host }: Extract<FromShell, { type: 'done' }>): void {
    this.state = state;
    this.isOnHost = host !== undefined;
    this.finish(running.interrupted ? { kind: 'interrupted' } : { kind: 'done', output });
  }

  private receive(message: FromShell): void {
    switch (message.type) {
      case 'ready':
        this.failedStarts = 0;
        return;
      case 'done':
        if (message.id === this.running?.id) this.conclude(this.running, message);
        return;
      case 'output':
        if (message.id === this.running?.id) this.running.onOutput(message.output);
        return;
      case 'completion':
        this.completing.get(message.id)?.(message.completion);
        this.completing.delete(message.id);
        return;
      case 'text':
        this.reading.get(message.id)?.(message.text);
        this.reading.delete(message.id);
        return;
      case 'host-call':
        void this.onHostCall(message.call).then((output) => this.post({ type: 'host-answer', id: message.id, output }));
    }
  }

  private nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  private post(message: ToShell): void {
    this.worker.postMessage(message);
  }
}
