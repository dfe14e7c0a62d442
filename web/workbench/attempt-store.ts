import type { Attempt, ConsoleAct, LiveMessage, Profile, RewindStep, Submission } from '../../contract/index.ts';
import { type ApiError, api } from '../api/client.ts';
import { asApiError, type Loadable, load, loading, ready } from '../state/loadable.ts';
import { recall, remember } from '../state/remembered.ts';
import { Store } from '../state/store.ts';

/** What is being waited for. */
export type Busy =
  | 'submitting'
  | 'resetting'
  | 'rewinding'
  | 'moving-clock'
  | 'in-console'
  | 'starting-over'
  | undefined;

const renewBefore = 30 * 60_000;
const answersName = (attemptId: string): string => `answers:${attemptId}`;

const keptAnswers = (attemptId: string): Readonly<Record<string, string>> => {
  const kept = recall(answersName(attemptId));
  if (typeof kept !== 'object' || kept === null) return {};
  return Object.fromEntries(
    Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
};

/** Epoch milliseconds of the first session to end; undefined where all keys are long-lived. */
export function firstExpiry(profiles: readonly Profile[]): number | undefined {
  const ends = profiles.flatMap((profile) => (profile.expiration ? [Date.parse(profile.expiration)] : []));
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** The noted values that the current stage asks for; an earlier stage's are done with. */
export function answersFor(attempt: Attempt, noted: Readonly<Record<string, string>>): Record<string, string> {
  const asked = new Set(
    attempt.checks
      .filter((check) => check.kind === 'flag' && (check.stage === null || check.stage === attempt.stage))
      .map((check) => check.id),
  );
  return Object.fromEntries(Object.entries(noted).filter(([check]) => asked.has(check)));
}

/** The learner's attempt on one challenge, and what they do with it. */
export class AttemptStore {
  readonly attempt = new Store<Loadable<Attempt>>(loading);
  readonly busy = new Store<Busy>(undefined);
  /** The last submission made since the page was opened. */
  readonly submission = new Store<Submission | undefined>(undefined);
  /** What an act of the learner was refused with. */
  readonly refusal = new Store<ApiError | undefined>(undefined);
  /** Values noted for flag checks; kept by the browser until the attempt ends. */
  readonly answers = new Store<Readonly<Record<string, string>>>({});
  /** Counts up when the account was put back: by a reset, by a step, or at the start of a stage. */
  readonly restarts = new Store(0);
  private renewal: ReturnType<typeof setTimeout> | undefined;

  /** The attempt where it is there. */
  get current(): Attempt | undefined {
    return this.attempt.value.kind === 'ready' ? this.attempt.value.value : undefined;
  }

  /** The open attempt on a challenge, begun where there is none. */
  open(challenge: string): Promise<void> {
    return this.show(() => api.openAttempt(challenge));
  }

  /** One attempt as it is, also when it has ended. */
  read(id: string): Promise<void> {
    return this.show(() => api.attempt(id));
  }

  private async show(ask: () => Promise<Attempt>): Promise<void> {
    this.attempt.set(loading);
    const answer = await load(ask());
    if (answer.kind === 'ready') this.take(answer.value);
    else this.attempt.set(answer);
  }

  close(): void {
    clearTimeout(this.renewal);
  }

  /** Reads the attempt again: after a lost connection, and before sessions end. */
  async refresh(): Promise<void> {
    const id = this.current?.id;
    if (!id) return;
    const answer = await load(api.attempt(id));
    if (answer.kind === 'ready' && this.current?.id === id) this.take(answer.value);
  }

  /** The server is there again: what it could not be asked is no longer refused, and what happened meanwhile is read. */
  reconnected(): void {
    if (this.refusal.value?.code === 'network') this.refusal.set(undefined);
    void this.refresh();
  }

  /** What the live socket says. */
  receive(message: LiveMessage): void {
    // While this page starts over it is told of the old attempt's end, which is no news to it.
    const over = this.busy.value === 'starting-over';
    if (message.type === 'attempt' && message.attempt.id === this.current?.id && !over) this.take(message.attempt);
    if (message.type === 'submission') this.submission.set(message.submission);
  }

  note(check: string, value: string): void {
    const id = this.current?.id;
    if (!id) return;
    const { [check]: _old, ...rest } = this.answers.value;
    this.answers.set(value === '' ? rest : { ...rest, [check]: value });
    remember(answersName(id), this.answers.value);
  }

  /** Grades what stands. Undefined where it was refused: `refusal` says why. */
  async submit(): Promise<Submission | undefined> {
    const attempt = this.current;
    if (!attempt || this.busy.value) return undefined;
    return await this.act('submitting', async () => {
      const answers = answersFor(attempt, this.answers.value);
      const submission = await api.submit(attempt.id, answers);
      this.submission.set(submission);
      await this.refresh();
      return submission;
    });
  }

  async reset(): Promise<boolean> {
    const attempt = this.current;
    if (!attempt) return false;
    const fresh = await this.act('resetting', () => api.reset(attempt.id));
    if (!fresh) return false;
    this.take(fresh);
    this.restarts.update((count) => count + 1);
    return true;
  }

  /** The call that would be undone; undefined where there is none, or it cannot be asked. */
  async lastStep(): Promise<RewindStep | undefined> {
    const attempt = this.current;
    if (!attempt) return undefined;
    const answer = await load(api.lastStep(attempt.id));
    return answer.kind === 'ready' ? (answer.value.step ?? undefined) : undefined;
  }

  /** Undoes a step, if it is still the last one; answers what was undone. */
  async rewind(step: RewindStep): Promise<RewindStep | undefined> {
    const attempt = this.current;
    if (!attempt) return undefined;
    const rewound = await this.act('rewinding', () => api.rewind(attempt.id, step.id));
    if (!rewound) return undefined;
    this.take(rewound.attempt);
    this.restarts.update((count) => count + 1);
    return rewound.undone;
  }

  /** Moves the account's clock forward by one of its steps. */
  async moveClock(by: string): Promise<boolean> {
    const attempt = this.current;
    if (!attempt) return false;
    const moved = await this.act('moving-clock', () => api.moveClock(attempt.id, by));
    if (moved) this.take(moved);
    return moved !== undefined;
  }

  /** Does an act in the console; whoever signs in has one profile more. */
  async actInConsole(act: ConsoleAct): Promise<boolean> {
    const attempt = this.current;
    if (!attempt) return false;
    const done = await this.act('in-console', () => api.actInConsole(attempt.id, act));
    if (done) this.take(done);
    return done !== undefined;
  }

  async startOver(): Promise<boolean> {
    const attempt = this.current;
    if (!attempt) return false;
    const fresh = await this.act('starting-over', () => api.startOver(attempt.id));
    if (fresh) {
      remember(answersName(attempt.id), undefined);
      this.take(fresh);
    }
    return fresh !== undefined;
  }

  /** `n` counts from 1. */
  async reveal(n: number): Promise<void> {
    const attempt = this.current;
    if (!attempt) return;
    const hint = await this.act(undefined, () => api.revealHint(attempt.id, n));
    const now = this.current;
    if (!hint || !now) return;
    this.attempt.set(
      ready({ ...now, hints: now.hints.map((one) => (one.n === n ? { ...one, text: hint.text } : one)) }),
    );
  }

  private async act<T>(busy: Busy, work: () => Promise<T>): Promise<T | undefined> {
    this.refusal.set(undefined);
    this.busy.set(busy);
    try {
      return await work();
    } catch (error) {
      const refusal = asApiError(error);
      this.refusal.set(refusal);
      // It was started over elsewhere.
      if (refusal.code === 'attempt_ended') void this.refresh();
      return undefined;
    } finally {
      this.busy.set(undefined);
    }
  }

  private take(attempt: Attempt): void {
    const before = this.current;
    if (before?.id === attempt.id && before.stage !== attempt.stage) this.restarts.update((count) => count + 1);
    if (before?.id !== attempt.id) {
      this.answers.set(keptAnswers(attempt.id));
      this.submission.set(undefined);
    }
    this.attempt.set(ready(attempt));
    clearTimeout(this.renewal);
    const expiry = attempt.state === 'open' ? firstExpiry(attempt.sandbox.profiles) : undefined;
    if (expiry === undefined) return;
    const wait = Math.max(60_000, expiry - Date.now() - renewBefore);
    this.renewal = setTimeout(() => void this.refresh(), wait);
  }
}
