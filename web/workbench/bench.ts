import { Store } from '../state/store.ts';
import { AttemptStore } from './attempt-store.ts';
import { EventStore } from './event-store.ts';

/** Everything that the panes of one workbench share. */
export class Bench {
  readonly attempt = new AttemptStore();
  readonly events = new EventStore(
    (message) => this.attempt.receive(message),
    () => void this.attempt.refresh(),
  );
  /** What a screen reader is told. */
  readonly announcement = new Store('');
  /** The tab of the brief. */
  readonly tab = new Store<'brief' | 'hints' | 'debrief'>('brief');
  private readonly unsubscribe: () => void;

  constructor() {
    this.unsubscribe = this.attempt.attempt.subscribe((attempt) => {
      if (attempt.kind === 'ready') this.events.follow(attempt.value.id);
    });
  }

  close(): void {
    this.unsubscribe();
    this.events.stop();
    this.attempt.close();
  }
}
