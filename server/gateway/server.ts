/** The gateway on its port: plain HTTP, because signatures cover the raw request target. What is asked is answered in `Gateway`. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { WireResponse } from '../../cloud/wire/model.ts';
import type { Config } from '../config/config.ts';
import { type Connections, connectionsOf } from '../connections.ts';
import { readBody } from './body.ts';
import { exposingHeaders, pageOrigins, preflightHeaders } from './cors.ts';
import { Gateway, type GatewayParts } from './gateway.ts';
import { gatewayLimits } from './limits.ts';

/** The one path that is the gateway's own; every other that starts so is refused. */
const HEALTH = '/_leastwise/health';

/** A gateway that can be started and stopped. */
export interface GatewayServer {
  /** Resolves when it listens; rejects with Node's error where it cannot. Answers the port. */
  listen(): Promise<number>;
  /** Takes no more connections, finishes the requests in hand, and resolves. */
  close(): Promise<void>;
}

/** What the gateway needs of the configuration. */
export type GatewayConfig = Pick<Config, 'host' | 'port' | 'gatewayPort' | 'publicUrl' | 'gatewayUrl'>;

/** The gateway's server, not listening yet. */
export function createGateway(parts: GatewayParts & { readonly config: GatewayConfig }): GatewayServer {
  const { config, log } = parts;
  const gateway = new Gateway(parts);
  const origins = pageOrigins(config);
  const server = createServer(
    {
      maxHeaderSize: gatewayLimits.headerBytes,
      headersTimeout: gatewayLimits.headersTimeout,
      requestTimeout: gatewayLimits.requestTimeout,
      keepAliveTimeout: gatewayLimits.keepAliveTimeout,
      connectionsCheckingInterval: gatewayLimits.headersTimeout / 2,
    },
    (request, response) => {
      const origin = request.headers.origin;
      const pageOrigin = origin !== undefined && origins.has(origin) ? origin : undefined;
      if (request.method === 'OPTIONS' && pageOrigin !== undefined) {
        response.writeHead(204, preflightHeaders(pageOrigin, request.headers['access-control-request-headers'])).end();
        return;
      }
      if (request.url === HEALTH && request.method === 'GET') {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
        return;
      }
      answer(gateway, request)
        .then((answered) => send(response, answered, { pageOrigin, isStopping: !server.listening }))
        .catch((error: unknown) => {
          log.error({ err: error }, 'An answer cannot be sent');
          response.destroy();
        });
    },
  );
  server.on('clientError', refuseGarbage);
  const connections = connectionsOf(server);
  return {
    listen: () => listen(server, config.gatewayPort, config.host),
    close: () => close(server, connections),
  };
}

type Answered = { readonly response: WireResponse; readonly isLast: boolean } | 'gone';

async function answer(gateway: Gateway, request: IncomingMessage): Promise<Answered> {
  const body = await readBody(request);
  if (body.kind === 'aborted') return 'gone';
  const wire = {
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    headers: headerPairs(request.rawHeaders),
    body: body.kind === 'read' ? body.bytes : new Uint8Array(0),
  };
  if (body.kind === 'too-large') return { response: gateway.refuseBody(wire), isLast: true };
  const response = await gateway.answer(wire, { sourceIp: addressOf(request.socket) });
  return { response, isLast: false };
}

function headerPairs(raw: readonly string[]): readonly (readonly [string, string])[] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) pairs.push([raw[i] ?? '', raw[i + 1] ?? '']);
  return pairs;
}

/** Without the prefix of an IPv4 address on an IPv6 socket, and without a zone. */
function addressOf(socket: Socket): string {
  return (socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '');
}

interface Delivery {
  /** The page's origin, where the request came from it. */
  readonly pageOrigin: string | undefined;
  /** Whether the server takes no more requests: the connection ends with this one. */
  readonly isStopping: boolean;
}

function send(response: ServerResponse, answered: Answered, { pageOrigin, isStopping }: Delivery): void {
  if (answered === 'gone' || response.destroyed) return;
  const { status, headers, body } = answered.response;
  const all: Record<string, string> = { ...headers };
  const isHead = response.req.method === 'HEAD';
  // The answer to HEAD says how long the body would be; 204 and 304 have none.
  if (status === 204 || status === 304) delete all['content-length'];
  else if (!isHead) all['content-length'] = String(body.length);
  if (answered.isLast || isStopping) all['connection'] = 'close';
  if (pageOrigin !== undefined) Object.assign(all, exposingHeaders(pageOrigin, headers));
  response.writeHead(status, all);
  response.end(isHead || body.length === 0 ? undefined : body);
}

/** What is no HTTP, or comes too slowly, is told so and cut off. */
function refuseGarbage(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const statuses: Record<string, string> = {
    HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
    ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  };
  socket.end(
    `HTTP/1.1 ${statuses[error.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server, connections: Connections): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    server.close(() => resolve());
    connections.letGo(gatewayLimits.closeTimeout);
  });
}
