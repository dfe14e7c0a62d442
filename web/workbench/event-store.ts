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

/** Calls kept in the page: older ones can be asked for again. */
const mostKept = 1_000;

/** The calls of one sandbox: live ones as they come, past ones a page at a time. */
export class EventStore {
  readonly events = new Store<readonly CallEvent[]>([]);
  readonly state = new Store<LiveState>('connecting');
  /** Whether there are older calls on the server. */
  readonly next = new Store<string | null>(null);
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
    this.events.set([]);
    this.next.set(null);
    this.socket = new LiveSocket(attemptId, {
      onMessage: (message) => {
        if (message.type === 'call') {
          this.events.update((events) => mergeEvents([message.event], events).slice(0, mostKept));
        }
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
    const before = this.next.value;
    const id = this.attemptId;
    if (!id || before === null) return;
    const page = await load(api.events(id, before));
    if (page.kind !== 'ready' || this.attemptId !== id) return;
    this.events.update((events) => mergeEvents(events, page.value.events));
    this.next.set(page.value.next);
  }

  private async catchUp(): Promise<void> {
    const id = this.attemptId;
    if (!id) return;
    const page = await load(api.events(id));
    if (page.kind !== 'ready' || this.attemptId !== id) return;
    const first = this.events.value.length === 0;
    this.events.update((events) => mergeEvents(events, page.value.events));
    if (first || this.next.value === null) this.next.set(page.value.next);
  }
}
