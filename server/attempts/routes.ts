import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import {
  AccessMatrix,
  Attempt,
  AttemptList,
  CallEventList,
  CreateAttempt,
  CreateSubmission,
  Hint,
  Submission,
} from '../../contract/index.ts';
import type { Guard } from '../people/guard.ts';
import { readAccess } from './access.ts';
import { accountRoutes } from './account-routes.ts';
import { actOn } from './act.ts';
import { buyHint } from './buy-hint.ts';
import type { AttemptsContext } from './context.ts';
import { readEvents } from './events.ts';
import { accountOf, readAttempt } from './read-attempt.ts';
import { reset } from './reset.ts';
import { startAttempt, startOver } from './start-attempt.ts';
import { submit } from './submit.ts';
import { attemptListItem } from './view.ts';

const ById = Type.Object({ id: Type.String({ maxLength: 64 }) });
const tags = ['attempts'];

/** A learner's work. Every address below an attempt answers 404 to whoever is not its learner. */
export function attemptRoutes(context: AttemptsContext, guard: Guard): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(accountRoutes(context, guard));
    const read = (learnerId: string, id: string) => readAttempt(context, learnerId, id);
    const challengeOf = async (contentDigest: string) => (await context.contents.get(contentDigest)).challenge;

    app.get(
      '/attempts',
      { schema: { tags, summary: 'The learner’s attempts, newest first', response: { 200: AttemptList } } },
      async (request) => {
        const learner = await guard.identify(request);
        const all = learner === undefined ? [] : await context.store.list(learner.id);
        const attempts = all.map(async (details) =>
          attemptListItem(details, await challengeOf(details.attempt.contentDigest)),
        );
        return { attempts: await Promise.all(attempts) };
      },
    );

    app.post(
      '/attempts',
      {
        schema: {
          tags,
          summary: 'Opens a challenge: a new attempt (201), or the one that is open (200)',
          body: CreateAttempt,
          response: { 200: Attempt, 201: Attempt },
        },
      },
      async (request, reply) => {
        const learner = await guard.admit(request, reply);
        const { kind, attempt } = await startAttempt(context, learner.id, request.body.challenge);
        return reply.code(kind === 'started' ? 201 : 200).send(await read(learner.id, attempt.id));
      },
    );

    app.get(
      '/attempts/:id',
      { schema: { tags, summary: 'One attempt', params: ById, response: { 200: Attempt } } },
      async (request) => read((await guard.require(request)).id, request.params.id),
    );

    app.post(
      '/attempts/:id/submissions',
      {
        schema: {
          tags,
          summary: 'Grades the current stage; passed, the next one begins',
          params: ById,
          body: CreateSubmission,
          response: { 201: Submission },
        },
      },
      async (request, reply) => {
        const learner = await guard.require(request);
        const { answers = {} } = request.body;
        const { result } = await actOn(context, learner.id, request.params.id, ({ attempt }, challenge) =>
          submit(context, attempt, challenge, answers),
        );
        return reply.code(201).send(result);
      },
    );

    app.post(
      '/attempts/:id/reset',
      {
        schema: { tags, summary: 'Puts the current stage back to its start', params: ById, response: { 200: Attempt } },
      },
      async (request) => {
        const learner = await guard.require(request);
        const { attempt } = await actOn(context, learner.id, request.params.id, (details, challenge) =>
          reset(context, details.attempt, challenge),
        );
        return attempt;
      },
    );

    app.post(
      '/attempts/:id/start-over',
      {
        schema: {
          tags,
          summary: 'Ends the attempt and begins a new one, with a new account and new variables',
          params: ById,
          response: { 201: Attempt },
        },
      },
      async (request, reply) => {
        const learner = await guard.require(request);
        // Other pages on the old attempt learn that it has ended.
        const { result: fresh } = await actOn(context, learner.id, request.params.id, ({ attempt }) =>
          startOver(context, attempt),
        );
        return reply.code(201).send(await read(learner.id, fresh.id));
      },
    );

    app.post(
      '/attempts/:id/hints/:n',
      {
        schema: {
          tags,
          summary: 'Reveals a hint, by its number from 1',
          params: Type.Object({ id: Type.String({ maxLength: 64 }), n: Type.Integer({ minimum: 1, maximum: 1000 }) }),
          response: { 200: Hint },
        },
      },
      async (request) => {
        const learner = await guard.require(request);
        const { result } = await actOn(context, learner.id, request.params.id, async (details, challenge) =>
          buyHint(context, details.attempt, challenge, await accountOf(context, details), request.params.n),
        );
        return result;
      },
    );

    app.get(
      '/attempts/:id/access',
      {
        schema: {
          tags,
          summary: 'Who and what the stage’s public checks name, with the policies that decide it',
          params: ById,
          response: { 200: AccessMatrix },
        },
      },
      async (request) => readAccess(context, (await guard.require(request)).id, request.params.id),
    );

    app.get(
      '/attempts/:id/events',
      {
        schema: {
          tags,
          summary: 'The AWS calls made in the attempt’s account, newest first',
          params: ById,
          querystring: Type.Object({
            before: Type.Optional(Type.String({ maxLength: 64 })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
          }),
          response: { 200: CallEventList },
        },
      },
      async (request) => {
        const learner = await guard.require(request);
        const { before, limit = 100 } = request.query;
        const page = before === undefined ? { limit } : { before, limit };
        return readEvents(context, learner.id, request.params.id, page);
      },
    );
  };
}
