import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../../contract/index.ts';
import { isDatabaseUnavailable } from '../database/unavailable.ts';
import { ApiProblem, type ProblemCode } from './problems.ts';

/** What the framework itself refuses, in the platform's own codes. */
const FRAMEWORK: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_request',
  FST_ERR_VALIDATION: 'invalid_request',
};

function asProblem(error: FastifyError | ApiProblem): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const code = FRAMEWORK[error.code];
  if (code !== undefined) return new ApiProblem(code, error.message);
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return new ApiProblem('invalid_request', error.message);
  return new ApiProblem(isDatabaseUnavailable(error) ? 'database_unavailable' : 'internal');
}

function send(request: FastifyRequest, reply: FastifyReply, problem: ApiProblem): FastifyReply {
  const body: Problem = {
    type: `/api/problems/${problem.code}`,
    title: problem.title,
    status: problem.status,
    code: problem.code,
    ...(problem.message === problem.title ? {} : { detail: problem.message }),
    requestId: request.id,
  };
  return reply
    .code(problem.status)
    .header('x-request-id', request.id)
    .type('application/problem+json')
    .send(JSON.stringify(body));
}

/** Answers an error as a problem detail (RFC 9457), and logs it where it is ours. */
export function answerProblem(
  error: FastifyError | ApiProblem,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = asProblem(error);
  if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
  return send(request, reply, problem);
}

/** Makes every error of the API a problem detail. */
export function answerWithProblems(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError | ApiProblem>(answerProblem);
}

/** Answers a request that no route takes. */
export function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return send(request, reply, new ApiProblem('not_found', `${request.method} ${request.url}`));
}
