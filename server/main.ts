/** Starts the server: the page and its API on one port, the gateway of the sandboxes on another. */
import { buildApp } from './app.ts';
import { ConfigError, readConfig } from './config/config.ts';
import { projectPath } from './config/root.ts';
import { createGateway } from './gateway/server.ts';
import { createLog } from './log/log.ts';
import { createPlatform } from './platform.ts';

/** Milliseconds after which a stop that hangs is cut short: Docker kills after ten seconds. */
const STOP_TIMEOUT = 9_000;

/** A port that cannot be listened on, in words; anything else as it is. */
function listenFault(error: unknown, variable: string, port: number): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') return new Error(`Port ${port} is taken: stop what listens there, or set ${variable}.`);
  if (code === 'EACCES') return new Error(`Port ${port} is not allowed for this user: set ${variable} above 1023.`);
  if (code === 'EADDRNOTAVAIL') return new Error('HOST is not an address of this machine: try 127.0.0.1 or 0.0.0.0.');
  return error;
}

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const platform = await createPlatform(config, log);
  const gateway = createGateway(platform);
  const app = await buildApp(platform, {
    challenges: projectPath('challenges'),
    page: projectPath('dist/web'),
  });

  const stop = async () => {
    await Promise.allSettled([gateway.close(), app.close()]);
    await platform.close();
  };
  try {
    await gateway.listen().catch((error: unknown) => {
      throw listenFault(error, 'GATEWAY_PORT', config.gatewayPort);
    });
    await app.listen({ host: config.host, port: config.port }).catch((error: unknown) => {
      throw listenFault(error, 'PORT', config.port);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  log.info({ page: config.publicUrl, gateway: config.gatewayUrl }, `Leastwise is at ${config.publicUrl}`);

  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // A second signal does not wait.
      if (isStopping) process.exit(1);
      isStopping = true;
      log.info({ signal }, 'Stopping');
      setTimeout(() => process.exit(1), STOP_TIMEOUT).unref();
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'The stop failed');
          process.exit(1);
        },
      );
    });
  }
}

start().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : `Leastwise cannot start: ${reasonOf(error)}`);
  process.exit(1);
});

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
