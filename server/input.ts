/** How requests to the API are read before a route sees them. */
import type { FastifyInstance, FastifyRequest, FastifySchemaValidationError } from 'fastify';
import { ApiProblem } from './problems/problems.ts';

/**
 * Bodies are JSON, and nothing else is read. A POST without a body is one with an empty object, whatever its content type says:
 * several clients always say JSON.
 */
export function readBodies(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    if (body === '') done(null, {});
    else parse(request, body, done);
  });
  app.addHook('preValidation', async (request) => {
    if (request.method === 'POST') request.body ??= {};
  });
}

/**
 * Refuses what PostgreSQL cannot keep as text: NUL, and halves of surrogate pairs. It looks at what has passed the schemas, so
 * it never goes deeper than they do.
 */
export function refuseBrokenText(api: FastifyInstance): void {
  api.addHook('preHandler', async ({ params, query, body }: FastifyRequest) => {
    if ([params, query, body].some(hasBrokenText))
      throw new ApiProblem('invalid_request', 'A text holds NUL or half of a surrogate pair: neither is a character.');
  });
}

function hasBrokenText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || /\p{Surrogate}/u.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, member]) => hasBrokenText(key) || hasBrokenText(member));
}

/** What does not fit a route's schema, with its place: `body/answers must be object`. */
export function describeMisfit(errors: readonly FastifySchemaValidationError[], part: string): Error {
  const told = errors.map(({ instancePath, message, params }) => {
    const extra = params['additionalProperty'];
    return `${part}${instancePath} ${message ?? 'does not fit'}${extra === undefined ? '' : `: ${String(extra)}`}`;
  });
  return new Error(told.join(', '));
}
