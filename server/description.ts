/** The API's description of itself (OpenAPI 3.0): made out of the schemas of the routes, served as data and as a page. */
import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../contract/index.ts';

/** Every operation may answer with a problem; the schema of a route names its good answers alone. */
const PROBLEM_ANSWER = {
  description: 'An error: problem details (RFC 9457) with a stable code',
  content: { 'application/problem+json': { schema: Problem } },
};

const transform: FastifyDynamicSwaggerOptions['transform'] = ({ schema, url }) => {
  const response = typeof schema?.response === 'object' ? schema.response : {};
  return { schema: { ...schema, response: { ...response, default: PROBLEM_ANSWER } }, url };
};

/**
 * Collects the routes that are registered after this.
 * @param url where browsers reach the platform
 */
export async function describeApi(app: FastifyInstance, url: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      info: {
        title: 'Leastwise',
        version: '1',
        description:
          'Challenges, attempts and their AWS accounts. A visitor is a guest learner by a signed cookie, which the first answer to ' +
          '`GET /api/me` or `POST /api/attempts` sets.',
      },
      servers: [{ url }],
    },
    refResolver: { buildLocalReference: (schema, _base, _fragment, n) => String(schema['$id'] ?? `schema-${n}`) },
    transform,
  });
}

/** `openapi.json` and, under `docs`, a page that shows it and tries it out. */
export async function serveDescription(api: FastifyInstance): Promise<void> {
  // Without its trailing slash the page names its files by the whole path, for which it has to be told where it stands.
  await api.register(swaggerUi, { routePrefix: '/docs', indexPrefix: api.prefix });
  api.get('/openapi.json', { schema: { hide: true } }, async () => api.swagger());
}
