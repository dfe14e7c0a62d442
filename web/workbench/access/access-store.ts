import type { Attempt, CallEvent } from '../../../contract/index.ts';
import { type ApiError, api } from '../../api/client.ts';
import { load } from '../../state/loadable.ts';
import { Store } from '../../state/store.ts';
import { LiveMatrix } from './live-matrix.ts';

/** The matrix as it was read last, and what reading it again was refused with. Neither: it is being read. */
export interface AccessState {
  readonly live?: LiveMatrix;
  readonly error?: ApiError;
}

/** Whether a call may have changed who may do what. */
export function mayChangeAccess(call: Pick<CallEvent, 'readOnly' | 'outcome'>): boolean {
  return !call.readOnly && call.outcome === 'ok';
}

/** The access matrix of an attempt's stage, read again whenever the account may have changed. */
export class AccessStore {
  readonly state = new Store<AccessState>({});
  private attempt: Attempt | undefined;
  private heard: string | undefined;
  private isReading = false;
  /** How often it was to be read. */
  private wanted = 0;

  /** The attempt as it is now: after a submission, a reset, at the start of a stage. */
  follow(attempt: Attempt): void {
    const before = this.attempt;
    this.attempt = attempt;
    if (before?.id !== attempt.id || before.stage !== attempt.stage) this.state.set({});
    if (attempt.state === 'open') this.read();
  }

  /** The calls in the account, newest first. */
  hear(calls: readonly CallEvent[]): void {
    const known = this.heard;
    this.heard = calls[0]?.id;
    const end = calls.findIndex(({ id }) => id === known);
    const news = known === undefined ? calls : calls.slice(0, end < 0 ? calls.length : end);
    if (known !== this.heard && news.some(mayChangeAccess)) this.read();
  }

  /** Reads the matrix; where it is being read already, once more after that. */
  read(): void {
    this.wanted += 1;
    if (!this.isReading) void this.readAll();
  }

  private async readAll(): Promise<void> {
    this.isReading = true;
    for (let read = 0; read !== this.wanted; ) {
      read = this.wanted;
      await this.readOnce();
    }
    this.isReading = false;
  }

  private async readOnce(): Promise<void> {
    const { attempt } = this;
    if (attempt === undefined || attempt.state !== 'open') return;
    const answer = await load(api.access(attempt.id));
    if (this.attempt?.id !== attempt.id || this.attempt.stage !== attempt.stage) return;
    if (answer.kind === 'ready') this.state.set({ live: new LiveMatrix(answer.value) });
    // What was read before is shown on, with the error beside it.
    if (answer.kind === 'failed') this.state.update(({ live }) => ({ ...(live && { live }), error: answer.error }));
  }
}
