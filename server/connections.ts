import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The connections of an HTTP server, for its stop. */
export interface Connections {
  /**
   * Lets go of every connection on which no answer is owed, as soon as what was written to it is sent: of idle ones, of live sockets, of
   * requests that are only half here, and of those that a browser opens ahead and says nothing on. An answer that is owed may take
   * `patience` milliseconds.
   */
  letGo(patience: number): void;
}

/**
 * The connections of a server that does not listen yet. Node's `closeIdleConnections` closes those alone on which it has answered
 * before: a silent one would keep a server from closing for as long as its page is open.
 */
export function connectionsOf(server: Server): Connections {
  const open = new Set<Socket>();
  const owed = new Set<Socket>();
  let isStopping = false;
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    if (isStopping) socket.destroy();
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    owed.add(socket);
    response.once('close', () => {
      owed.delete(socket);
      if (isStopping) socket.destroySoon();
    });
  });
  return {
    letGo: (patience) => {
      isStopping = true;
      for (const socket of open) if (!owed.has(socket)) socket.destroySoon();
      setTimeout(() => {
        for (const socket of open) socket.destroy();
      }, patience).unref();
    },
  };
}
