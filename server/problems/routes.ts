import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { ProblemKind } from '../../contract/index.ts';
import { ApiProblem, problemTable } from './problems.ts';

/** What the codes of problem details mean. */
export const problemRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const tags = ['problems'];
  app.get(
    '/problems',
    {
      schema: {
        tags,
        summary: 'Every code that an error can have',
        response: { 200: Type.Object({ problems: Type.Array(ProblemKind) }) },
      },
    },
    async () => ({ problems: [...problemTable()] }),
  );
  app.get(
    '/problems/:code',
    {
      schema: {
        tags,
        summary: 'What one code means',
        params: Type.Object({ code: Type.String({ maxLength: 64 }) }),
        response: { 200: ProblemKind },
      },
    },
    async (request) => {
      const kind = problemTable().find((candidate) => candidate.code === request.params.code);
      if (kind === undefined) throw new ApiProblem('not_found', `There is no code ${request.params.code}.`);
      return kind;
    },
  );
};
