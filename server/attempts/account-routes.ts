import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { AccountChanges, Attempt, ConsoleAct, LastStep, MoveClock, Rewind, Rewound } from '../../contract/index.ts';
import type { Guard } from '../people/guard.ts';
import { actOn } from './act.ts';
import { readChanges } from './changes.ts';
import { actInConsole } from './console.ts';
import type { AttemptsContext } from './context.ts';
import { moveClock } from './move-clock.ts';
import { readStep, rewindStep } from './rewind.ts';

const ById = Type.Object({ id: Type.String({ maxLength: 64 }) });
const tags = ['attempts'];

/** What a learner does with the account of an attempt besides calling AWS: time, a step back, what has changed, the console. */
export function accountRoutes(context: AttemptsContext, guard: Guard): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/attempts/:id/rewind',
      {
        schema: { tags, summary: 'The call that rewinding would undo', params: ById, response: { 200: LastStep } },
      },
      async (request) => ({ step: await readStep(context, (await guard.require(request)).id, request.params.id) }),
    );

    app.post(
      '/attempts/:id/rewind',
      {
        schema: {
          tags,
          summary: 'Undoes the learner’s last change, with what it set off',
          params: ById,
          body: Type.Optional(Rewind),
          response: { 200: Rewound },
        },
      },
      async (request) => {
        const learner = await guard.require(request);
        const { result: undone, attempt } = await actOn(context, learner.id, request.params.id, (details) =>
          rewindStep(context, details.attempt, request.body?.step),
        );
        return { undone, attempt };
      },
    );

    app.post(
      '/attempts/:id/clock',
      {
        schema: {
          tags,
          summary: 'Moves the account’s clock forward, by what the challenge offers; what falls due on the way is done',
          params: ById,
          body: MoveClock,
          response: { 200: Attempt },
        },
      },
      async (request) => {
        const learner = await guard.require(request);
        const { attempt } = await actOn(context, learner.id, request.params.id, (details, challenge) =>
          moveClock(context, details.attempt, challenge, request.body.by),
        );
        return attempt;
      },
    );

    app.get(
      '/attempts/:id/changes',
      {
        schema: {
          tags,
          summary: 'What the learner has changed since the current stage, or the challenge, began',
          params: ById,
          querystring: Type.Object({
            since: Type.Optional(Type.Union([Type.Literal('stage'), Type.Literal('start')], { default: 'stage' })),
          }),
          response: { 200: AccountChanges },
        },
      },
      async (request) =>
        readChanges(context, (await guard.require(request)).id, request.params.id, request.query.since ?? 'stage'),
    );

    app.post(
      '/attempts/:id/console',
      {
        schema: {
          tags,
          summary: 'Does what AWS lets one do only in its console, where the challenge offers the panel',
          params: ById,
          body: ConsoleAct,
          response: { 200: Attempt },
        },
      },
      async (request) => {
        const learner = await guard.require(request);
        const from = { sourceIp: request.ip, userAgent: request.headers['user-agent'] ?? '', realNow: Date.now() };
        const { attempt } = await actOn(context, learner.id, request.params.id, (details, challenge) =>
          actInConsole(context, details.attempt, challenge, request.body, from),
        );
        return attempt;
      },
    );
  };
}
