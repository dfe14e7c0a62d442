import { EventEmitter } from 'node:events';
import type { LiveMessage } from '../../contract/index.ts';

/** Live messages by attempt. A port: within one process it is a function call. */
export interface Live {
  publish(attemptId: string, message: LiveMessage): void;
  /** Answers the function that ends it. */
  subscribe(attemptId: string, listener: (message: LiveMessage) => void): () => void;
}

/** The live messages of one process. */
export function localLive(): Live {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    publish: (attemptId, message) => {
      emitter.emit(attemptId, message);
    },
    subscribe: (attemptId, listener) => {
      emitter.on(attemptId, listener);
      return () => emitter.off(attemptId, listener);
    },
  };
}
