import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Learner } from '../../contract/index.ts';
import type { Guard } from './guard.ts';

/** Who the visitor is. */
export function peopleRoutes(guard: Guard): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/me',
      {
        schema: {
          tags: ['people'],
          summary: 'The learner of this browser; a new guest at the first visit',
          response: { 200: Learner },
        },
      },
      async (request, reply) => {
        const { id, name } = await guard.admit(request, reply);
        return { id, name, kind: 'guest' as const };
      },
    );
  };
}
