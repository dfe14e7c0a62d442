import type { CallEvent, LiveMessage } from '../../contract/index.ts';
import { api } from '../api/client.ts';
import { LiveSocket, type LiveState } from '../api/live.ts';
import { load } from '../state/loadable.ts';
import { Store } from '../state/store.ts';

/** Both lists as one: the newest first, each call once, equal times as they came. */
export function mergeEvents(newer: readonly CallEvent[], older: readonly CallEvent[]): readonly CallEvent[] {
  const known = new Set(newer.map((event) => event.id));
  const all = [...newer, ...older.filter((event) => !known.has(event.id))];
  return all.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** What is shown of the past: the newest first, and where the page after it begins (null: there is none). */
export interface Past {
  readonly events: readonly CallEvent[];
  readonly next: string | null;
}

/** Calls kept in the page: older ones can be asked for again. */
const mostKept = 400;

/** With a call that has just been made. What becomes too old is let go, and can be asked for again. */
export function withCall(past: Past, call: CallEvent): Past {
  const events = mergeEvents([call], past.events);
  if (events.length <= mostKept) return { ...past, events };
  const kept = events.slice(0, mostKept);
  return { events: kept, next: kept.at(-1)?.id ?? null };
}

/**
 * With the newest page, as the server has it now. Where it does not reach back to what is shown, calls were missed in
 * between: then what is shown begins anew with the page, and the rest can be asked for.
 */
export function caughtUp(past: Past, page: Past): Past {
  const fetched = new Set(page.events.map((event) => event.id));
  const reaches = page.next === null || past.events.some((event) => fetched.has(event.id));
  if (reaches) {
    return { events: mergeEvents(page.events, past.events), next: past.events.length === 0 ? page.next : past.next };
  }
  const newest = Date.parse(page.events[0]?.at ?? '');
  const since = past.events.filter((event) => Date.parse(event.at) > newest);
  return { events: mergeEvents(page.events, since), next: page.next };
}

/** The calls of one sandbox: live ones as they come, past ones a page at a time. */
export class EventStore {
  readonly past = new Store<Past>({ events: [], next: null });
  readonly state = new Store<LiveState>('connecting');
  private attemptId: string | undefined;
  private socket: LiveSocket | undefined;
  private readonly onMessage: (message: LiveMessage) => void;
  private readonly onReturn: () => void;

  /** `onReturn` is called when the socket lives again after it was lost: what was sent meanwhile has been missed. */
  constructor(onMessage: (message: LiveMessage) => void, onReturn: () => void) {
    this.onMessage = onMessage;
    this.onReturn = onReturn;
  }

  follow(attemptId: string): void {
    if (attemptId === this.attemptId) return;
    this.stop();
    this.attemptId = attemptId;
    this.past.set({ events: [], next: null });
    this.socket = new LiveSocket(attemptId, {
      onMessage: (message) => {
        if (message.type === 'call') this.past.update((past) => withCall(past, message.event));
        this.onMessage(message);
      },
      onState: (state) => {
        const lost = this.state.value === 'lost';
        this.state.set(state);
        if (state !== 'live') return;
        void this.catchUp();
        if (lost) this.onReturn();
      },
    });
  }

  stop(): void {
    this.socket?.close();
    this.socket = undefined;
    this.attemptId = undefined;
  }

  /** The page after the oldest call that is shown. */
  async more(): Promise<void> {
    const before = this.past.value.next;
    const id = this.attemptId;
    if (!id || before === null) return;
    const page = await load(api.events(id, before));
    if (page.kind !== 'ready' || this.attemptId !== id) return;
    this.past.update(({ events }) => ({ events: mergeEvents(events, page.value.events), next: page.value.next }));
  }

  /** Reads the newest calls: after a lost connection, and when their reasons are no longer kept back. */
  async catchUp(): Promise<void> {
    const id = this.attemptId;
    if (!id) return;
    const page = await load(api.events(id));
    if (page.kind === 'ready' && this.attemptId === id) this.past.update((past) => caughtUp(past, page.value));
  }
}
