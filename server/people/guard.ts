import '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblem } from '../problems/problems.ts';
import { welcomeGuest } from './guests.ts';
import type { LearnerRecord, LearnerStore } from './store.ts';

const COOKIE = 'leastwise_learner';
const YEAR = 365 * 24 * 60 * 60;
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Who is on a request, by its signed cookie (@fastify/cookie); nothing else can name a learner. */
export interface Guard {
  /** The learner, if the cookie is ours and the learner exists. */
  identify(request: FastifyRequest): Promise<LearnerRecord | undefined>;
  /** The learner; without one there is nothing of theirs to be found. */
  require(request: FastifyRequest): Promise<LearnerRecord>;
  /** The learner, or a new guest whose cookie goes out with the answer. */
  admit(request: FastifyRequest, reply: FastifyReply): Promise<LearnerRecord>;
}

/** @param cookie `secure`: browsers send it over HTTPS alone */
export function guard(store: LearnerStore, cookie: 'secure' | 'plain'): Guard {
  const identify = async (request: FastifyRequest) => {
    const value = request.cookies[COOKIE];
    if (value === undefined) return undefined;
    const { valid, value: id } = request.unsignCookie(value);
    return valid && id !== null ? store.find(id) : undefined;
  };
  return {
    identify,
    require: async (request) => {
      const learner = await identify(request);
      if (learner === undefined) throw new ApiProblem('attempt_not_found');
      return learner;
    },
    admit: async (request, reply) => {
      const known = await identify(request);
      if (known !== undefined) return known;
      const guest = await welcomeGuest(store);
      reply.setCookie(COOKIE, guest.id, {
        signed: true,
        httpOnly: true,
        sameSite: 'lax',
        secure: cookie === 'secure',
        path: '/',
        maxAge: YEAR,
      });
      return guest;
    },
  };
}

/** Whether a request comes from one of the platform's own pages, or from no page at all. */
export function fromOwnPage(request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Refuses changes that another site's page asks for in a learner's name. */
export function refuseForeignOrigins(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    const guarded = !READS.has(request.method) || request.headers.upgrade !== undefined;
    if (guarded && !fromOwnPage(request)) throw new ApiProblem('foreign_origin', String(request.headers.origin));
  });
}
