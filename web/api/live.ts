import type { LiveMessage } from '../../contract/index.ts';

/** `live`: messages arrive; `lost`: the socket broke and is being opened again. */
export type LiveState = 'connecting' | 'live' | 'lost';

export interface LiveListener {
  onMessage(message: LiveMessage): void;
  onState(state: LiveState): void;
}

const firstDelay = 500;
const longestDelay = 15_000;

/** Milliseconds before the nth attempt to connect again, from 0: doubling, with half of it drawn, up to 15 s. */
export function reconnectDelay(attempt: number, chance: number): number {
  const full = Math.min(longestDelay, firstDelay * 2 ** attempt);
  return full / 2 + (full / 2) * chance;
}

/** The live socket of one attempt. It opens itself again for as long as it is not closed. */
export class LiveSocket {
  private readonly url: string;
  private readonly listener: LiveListener;
  private socket: WebSocket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private closed = false;

  constructor(attemptId: string, listener: LiveListener) {
    this.url = `${location.origin.replace(/^http/, 'ws')}/api/attempts/${encodeURIComponent(attemptId)}/live`;
    this.listener = listener;
    this.open();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private open(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    this.listener.onState(this.failures === 0 ? 'connecting' : 'lost');
    socket.addEventListener('open', () => {
      this.failures = 0;
      this.listener.onState('live');
    });
    socket.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (typeof event.data === 'string') this.listener.onMessage(JSON.parse(event.data) as LiveMessage);
    });
    socket.addEventListener('close', () => {
      if (this.closed) return;
      this.listener.onState('lost');
      this.timer = setTimeout(() => this.open(), reconnectDelay(this.failures++, Math.random()));
    });
  }
}
