import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Something that says when it changed, whatever it holds. */
export interface Watchable {
  subscribe(listener: () => void): () => void;
}

/** One concern's state: a value, and those who want to know when it changes. */
export class Store<T> {
  private current: T;
  private readonly listeners = new Set<(value: T) => void>();

  constructor(initial: T) {
    this.current = initial;
  }

  get value(): T {
    return this.current;
  }

  set(value: T): void {
    if (Object.is(value, this.current)) return;
    this.current = value;
    for (const listener of [...this.listeners]) listener(value);
  }

  update(change: (value: T) => T): void {
    this.set(change(this.current));
  }

  /** Answers the function that ends the subscription. */
  subscribe(listener: (value: T) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** Renders its host again when the store changes, for as long as the host is in the page. */
export class Watch<T> implements ReactiveController {
  private readonly host: ReactiveControllerHost;
  private readonly store: Store<T>;
  private stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, store: Store<T>) {
    this.host = host;
    this.store = store;
    host.addController(this);
  }

  get value(): T {
    return this.store.value;
  }

  hostConnected(): void {
    this.stop = this.store.subscribe(() => this.host.requestUpdate());
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.stop?.();
    this.stop = undefined;
  }
}

/** Renders the host again when one of the stores changes. The stores are looked up when the host enters the page. */
export function watch(host: ReactiveControllerHost, stores: () => readonly Watchable[]): void {
  let stops: readonly (() => void)[] = [];
  host.addController({
    hostConnected() {
      stops = stores().map((store) => store.subscribe(() => host.requestUpdate()));
    },
    hostDisconnected() {
      for (const stop of stops) stop();
      stops = [];
    },
  });
}
