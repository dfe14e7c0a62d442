/** Builds the whole app: the API, its description, the live sockets and the page. The tests call the same function. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import staticFiles from '@fastify/static';
import websocket from '@fastify/websocket';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { attemptsOn } from './attempts/context.ts';
import { attemptRoutes } from './attempts/routes.ts';
import { readCatalogue } from './catalogue/catalogue.ts';
import { catalogueRoutes } from './catalogue/routes.ts';
import { connectionsOf } from './connections.ts';
import { describeApi, serveDescription } from './description.ts';
import { describeMisfit, readBodies, refuseBrokenText } from './input.ts';
import { liveRoutes } from './live/routes.ts';
import { guard, refuseForeignOrigins } from './people/guard.ts';
import { peopleRoutes } from './people/routes.ts';
import { learnerStore } from './people/store.ts';
import type { Platform } from './platform.ts';
import { answerProblem, answerWithProblems, notFound } from './problems/handler.ts';
import { problemRoutes } from './problems/routes.ts';

/** Milliseconds that requests in hand have to finish when the server stops: Docker kills after ten seconds. */
const STOP_PATIENCE = 5_000;

/** Folders on disk that the app reads from, absolute. */
export interface AppFolders {
  /** The packs. */
  readonly challenges: string;
  /** The built page. */
  readonly page: string;
}

/** Builds the app on a platform. It does not listen yet; closing it closes what it opened itself, the platform stays. */
export async function buildApp(platform: Platform, folders: AppFolders): Promise<FastifyInstance> {
  const { config, database, log } = platform;
  const loggerInstance: FastifyBaseLogger = log.child({ name: 'http' });
  const app = fastify({
    loggerInstance,
    bodyLimit: 1024 * 1024,
    requestIdHeader: false,
    genReqId: () => crypto.randomUUID(),
    // A line a request is written below, when it was answered.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    routerOptions: { maxParamLength: 200 },
    ajv: { customOptions: { coerceTypes: true, removeAdditional: false } },
    schemaErrorFormatter: describeMisfit,
    frameworkErrors: answerProblem,
  });
  answerWithProblems(app);
  readBodies(app);
  await app.register(helmet, {
    contentSecurityPolicy: { directives: policyOf(config) },
    strictTransportSecurity: false,
  });
  await app.register(cookie, { secret: platform.sessionSecret });
  await app.register(websocket, { options: { maxPayload: 64 * 1024 } });
  const connections = connectionsOf(app.server);
  // After that of the live sockets, which tells each page that it closes.
  app.addHook('preClose', async () => connections.letGo(STOP_PATIENCE));
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, url } = request;
    request.log.info({ method, url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
  });

  const tell = (problem: string) => log.error({ problem }, 'A pack has a fault');
  const context = attemptsOn(platform, await readCatalogue(folders.challenges, tell));
  context.reserve.open();
  app.addHook('onClose', () => context.reserve.close());
  const learners = guard(learnerStore(database), config.publicUrl.startsWith('https:') ? 'secure' : 'plain');

  await describeApi(app, config.publicUrl);
  await app.register(
    async (api) => {
      refuseForeignOrigins(api);
      refuseBrokenText(api);
      await serveDescription(api);
      await api.register(peopleRoutes(learners));
      await api.register(catalogueRoutes(context.catalogue));
      await api.register(attemptRoutes(context, learners));
      await api.register(liveRoutes(context, learners));
      await api.register(problemRoutes);
      api.get('/health', { schema: { hide: true } }, async () => ({ status: 'ok' }));
    },
    { prefix: '/api' },
  );
  await servePage(app, folders.page);
  return app;
}

function policyOf(config: Platform['config']) {
  const sandbox = new URL(config.gatewayUrl).origin;
  return {
    defaultSrc: ["'self'"],
    connectSrc: ["'self'", sandbox, sandbox.replace('127.0.0.1', 'localhost')],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'", 'data:'],
    workerSrc: ["'self'", 'blob:'],
    objectSrc: ["'none'"],
    frameAncestors: ["'none'"],
    upgradeInsecureRequests: null,
  };
}

/** The built page: its files, and index.html for every address that is a screen of it. */
async function servePage(app: FastifyInstance, folder: string): Promise<void> {
  if (existsSync(join(folder, 'index.html'))) {
    await app.register(staticFiles, {
      root: folder,
      wildcard: false,
      // The build writes a .br and a .gz beside each file that is worth it: the page weighs a quarter of its bytes then.
      preCompressed: true,
      setHeaders: (reply, path) => {
        const lasting = path.includes('/assets/');
        reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const [path = ''] = request.url.split('?');
    const screen = request.method === 'GET' && !path.startsWith('/api') && !/\.[a-z0-9]+$/i.test(path);
    return screen && app.hasReplyDecorator('sendFile') ? reply.sendFile('index.html') : notFound(request, reply);
  });
}
