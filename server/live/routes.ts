import '@fastify/websocket';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { LiveMessage } from '../../contract/index.ts';
import type { AttemptsContext } from '../attempts/context.ts';
import { eventView, type Reasons, reasonsFor } from '../attempts/events.ts';
import { findOwn } from '../attempts/read-attempt.ts';
import type { Guard } from '../people/guard.ts';
import { ApiProblem } from '../problems/problems.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';

/** A page that reads slower than this many bytes are sent is let go; it comes back and catches up. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
/** A socket that does not answer a ping in this time is dead. */
const PING_MILLISECONDS = 25_000;

/** What a socket tells of. */
interface Watched {
  /** Undefined where the attempt was started over: it makes no calls any more. */
  readonly sandbox: Sandbox | undefined;
  readonly reasons: Reasons;
}

/** The live socket of an attempt: its calls, submissions and standing as they happen. */
export function liveRoutes(context: AttemptsContext, guard: Guard): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.decorateRequest('watched');
    app.route({
      method: 'GET',
      url: '/attempts/:id/live',
      schema: {
        tags: ['live'],
        summary: 'WebSocket that sends calls, submissions and standing as they happen, one JSON text each',
        params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
        response: { 101: LiveMessage },
      },
      // All of it is looked up before the handshake: a page whose socket is open misses no call.
      preHandler: async (request) => {
        const { attempt } = await findOwn(context, (await guard.require(request)).id, request.params.id);
        const sandbox = await context.sandboxes.get(attempt.sandboxId);
        const { challenge } = await context.contents.get(attempt.contentDigest);
        request.setDecorator<Watched>('watched', { sandbox, reasons: reasonsFor(challenge, attempt) });
      },
      handler: async () => {
        throw new ApiProblem('upgrade_required');
      },
      wsHandler: (socket, request) => {
        const watched = request.getDecorator<Watched>('watched');
        const send = (message: LiveMessage) => {
          if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.close(1013, 'too slow');
          else socket.send(JSON.stringify(message));
        };
        let { reasons } = watched;
        const endings = [
          context.live.subscribe(request.params.id, (message) => {
            if (isSolved(message)) reasons = 'shown';
            send(message);
          }),
          watched.sandbox?.onEvent((event) => send({ type: 'call', event: eventView(event, reasons) })),
        ];

        let alive = true;
        socket.on('pong', () => {
          alive = true;
        });
        const heart = setInterval(() => {
          if (!alive) socket.terminate();
          alive = false;
          socket.ping();
        }, PING_MILLISECONDS);
        socket.on('error', () => socket.terminate());
        socket.on('close', () => {
          clearInterval(heart);
          for (const end of endings) end?.();
        });
      },
    });
  };
}

function isSolved(message: LiveMessage): boolean {
  if (message.type === 'submission') return message.submission.solved;
  return message.type === 'attempt' && message.attempt.solved;
}
