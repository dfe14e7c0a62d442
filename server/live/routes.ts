import '@fastify/websocket';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { LiveMessage } from '../../contract/index.ts';
import type { AttemptsContext } from '../attempts/context.ts';
import { eventView, explains } from '../attempts/events.ts';
import { findOwn } from '../attempts/read-attempt.ts';
import type { Guard } from '../people/guard.ts';

/** A page that reads slower than this many bytes are sent is let go; it comes back and catches up. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
/** A socket that does not answer a ping in this time is dead. */
const PING_MILLISECONDS = 25_000;

/** The live socket of an attempt: its calls, submissions and standing as they happen. */
export function liveRoutes(context: AttemptsContext, guard: Guard): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/attempts/:id/live',
      {
        websocket: true,
        schema: {
          tags: ['live'],
          summary: 'WebSocket that sends LiveMessage, one JSON text each',
          params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
        },
        preValidation: async (request) => {
          const { id } = request.params as { id: string };
          await findOwn(context, (await guard.require(request)).id, id);
        },
      },
      async (socket, request) => {
        const { id } = request.params;
        const endings: (() => void)[] = [];
        const end = () => {
          for (const ending of endings.splice(0)) ending();
        };
        socket.on('close', end);
        socket.on('error', () => socket.terminate());
        const send = (message: LiveMessage) => {
          if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.close(1013, 'too slow');
          else socket.send(JSON.stringify(message));
        };
        endings.push(context.live.subscribe(id, send));

        let alive = true;
        socket.on('pong', () => {
          alive = true;
        });
        const heart = setInterval(() => {
          if (!alive) socket.terminate();
          alive = false;
          socket.ping();
        }, PING_MILLISECONDS);
        endings.push(() => clearInterval(heart));

        const details = await context.store.find(id);
        const sandbox = details === undefined ? undefined : await context.sandboxes.get(details.attempt.sandboxId);
        if (details === undefined || sandbox === undefined) return;
        const { challenge } = await context.contents.get(details.attempt.contentDigest);
        let explained = explains(challenge.explain, details.attempt.solvedAt !== null);
        endings.push(
          context.live.subscribe(id, (message) => {
            if (message.type === 'submission' && message.submission.solved) explained = true;
          }),
          sandbox.onEvent((event) => send({ type: 'call', event: eventView(event, explained) })),
        );
        if (socket.readyState !== socket.OPEN) end();
      },
    );
  };
}
