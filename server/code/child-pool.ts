/**
 * Child processes that run learners' code. One process runs one piece of code at a time; a few stay for the next. A process has no
 * environment, may write no file and start no process, and its requests come over the channel to this process, which answers them:
 * it needs no socket. One that does not end in time is killed.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { processorTime } from './processor-time.ts';

/** Milliseconds between two looks at what a process takes. */
const LOOK = 200;

/** What a child tells its parent. */
type FromChild =
  | { readonly kind: 'ask'; readonly id: number; readonly question: string }
  | { readonly kind: 'done'; readonly result: unknown; readonly isSpent: boolean }
  | { readonly kind: 'fault'; readonly message: string };

export interface PoolLimits {
  /** Processes at a time. */
  readonly processes: number;
  /** Processes at a time for one owner. */
  readonly perOwner: number;
  /** Processes that stay when nothing runs. */
  readonly idle: number;
  /** Pieces of code that a process runs before it is replaced. */
  readonly runsPerProcess: number;
  /** Megabytes of the heap of a process, beside what the interpreter takes. */
  readonly heapMegabytes: number;
}

export interface Run {
  /** Whose code it is. */
  readonly owner: string;
  /** What the child is told; structured clone carries it. */
  readonly job: object;
  /** Milliseconds after which the process is killed. */
  readonly killAfter: number;
  /** Milliseconds of processor time after which it is killed, where the system tells them; its start is among them. */
  readonly killAfterProcessor: number;
  /** Answers a request of the code, JSON to JSON. Never rejects. */
  readonly answer: (question: string) => Promise<string>;
}

/** `overran`: it was killed. */
export type Ran = { readonly kind: 'done'; readonly result: unknown } | { readonly kind: 'overran' };

interface Worker {
  readonly process: ChildProcess;
  runs: number;
}

interface Waiting {
  readonly owner: string;
  readonly begin: (worker: Worker) => void;
  readonly refuse: (error: Error) => void;
}

export class ChildPool {
  readonly #script: URL;
  readonly #limits: PoolLimits;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, string>();
  readonly #waiting: Waiting[] = [];
  #isClosed = false;

  /** @param script a file of plain JavaScript, which Node loads as it stands */
  constructor(script: URL, limits: PoolLimits) {
    this.#script = script;
    this.#limits = limits;
  }

  /** Runs a piece of code when its turn comes. Rejects where the platform is at fault. */
  async run(run: Run): Promise<Ran> {
    const worker = await this.#take(run.owner);
    let isReusable = false;
    try {
      const ended = await this.#follow(worker, run);
      isReusable = ended.isReusable;
      return ended.ran;
    } finally {
      this.#release(worker, isReusable);
    }
  }

  /** Ends all processes; what runs is killed. */
  close(): void {
    this.#isClosed = true;
    for (const worker of [...this.#idle, ...this.#busy.keys()]) worker.process.kill('SIGKILL');
    this.#idle.length = 0;
    for (const { refuse } of this.#waiting.splice(0)) refuse(closed());
  }

  #mayBegin(owner: string): boolean {
    const own = [...this.#busy.values()].filter((other) => other === owner).length;
    return this.#busy.size < this.#limits.processes && own < this.#limits.perOwner;
  }

  #take(owner: string): Promise<Worker> {
    if (this.#isClosed) return Promise.reject(closed());
    if (this.#mayBegin(owner)) return Promise.resolve(this.#claim(owner));
    return new Promise((begin, refuse) => this.#waiting.push({ owner, begin, refuse }));
  }

  #claim(owner: string): Worker {
    const worker = this.#idle.pop() ?? { process: this.#start(), runs: 0 };
    this.#busy.set(worker, owner);
    return worker;
  }

  #release(worker: Worker, isReusable: boolean): void {
    this.#busy.delete(worker);
    worker.runs += 1;
    const stays =
      isReusable &&
      !this.#isClosed &&
      worker.process.connected &&
      this.#idle.length < this.#limits.idle &&
      worker.runs < this.#limits.runsPerProcess;
    if (stays) this.#idle.push(worker);
    else worker.process.kill('SIGKILL');
    const next = this.#waiting.findIndex(({ owner }) => this.#mayBegin(owner));
    const [first] = next < 0 ? [] : this.#waiting.splice(next, 1);
    first?.begin(this.#claim(first.owner));
  }

  #start(): ChildProcess {
    const child = fork(this.#script, {
      env: {},
      cwd: '/',
      execArgv: [
        `--max-old-space-size=${this.#limits.heapMegabytes}`,
        process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission',
        '--allow-fs-read=*',
        '--no-warnings',
      ],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    giveWay(child.pid);
    // It keeps nothing waiting: a server that stops ends it by closing the channel.
    child.unref();
    child.channel?.unref();
    child.once('exit', () => {
      const at = this.#idle.findIndex((worker) => worker.process === child);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    return child;
  }

  #follow(worker: Worker, run: Run): Promise<{ ran: Ran; isReusable: boolean }> {
    const { process: child } = worker;
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        clearInterval(watch);
        child.off('message', heard);
        child.off('exit', exited);
        child.off('error', failed);
        child.channel?.unref();
        settle();
      };
      const timer = setTimeout(
        () => end(() => resolve({ ran: { kind: 'overran' }, isReusable: false })),
        run.killAfter,
      );
      const began = processorTime(child.pid);
      const watch = setInterval(() => {
        if (processorTime(child.pid) - began > run.killAfterProcessor) exited();
      }, LOOK);
      const exited = () => end(() => resolve({ ran: { kind: 'overran' }, isReusable: false }));
      const failed = (error: Error) => end(() => reject(error));
      const heard = (message: FromChild) => {
        switch (message.kind) {
          case 'ask':
            run.answer(message.question).then((answer) => {
              if (child.connected) child.send({ kind: 'answer', id: message.id, answer });
            }, failed);
            return;
          case 'done':
            return end(() => resolve({ ran: { kind: 'done', result: message.result }, isReusable: !message.isSpent }));
          case 'fault':
            return failed(new Error(`A child process failed: ${message.message}`));
        }
      };
      child.on('message', heard);
      child.once('exit', exited);
      child.once('error', failed);
      child.channel?.ref();
      // One that cannot be written to has ended.
      child.send({ kind: 'run', job: run.job }, (error) => {
        if (error) exited();
      });
    });
  }
}

/** What it computes takes only the time that the server and its database leave: those who wait for a call do not wait for it. */
function giveWay(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already: whoever waits for it is told so.
  }
}

function closed(): Error {
  return new Error('The pool is closed');
}
