import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ChallengeList } from '../../contract/index.ts';
import type { Catalogue } from './catalogue.ts';

/** What there is to learn. */
export function catalogueRoutes(catalogue: Catalogue): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/challenges',
      {
        schema: {
          tags: ['catalogue'],
          summary: 'Every challenge, pack by pack, in order',
          response: { 200: ChallengeList },
        },
      },
      async () => ({ challenges: [...catalogue.list()] }),
    );
  };
}
