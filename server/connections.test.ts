/** The stop of servers with all that may hang on them: pages, browsers' spare connections, halves of requests. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { connectionsOf } from './connections.ts';
import { Browser, openTestApp } from './testing/app.ts';

/** Milliseconds within which a server is gone that owes no answer. */
const soon = 2_000;
const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});

/** A connection on which the words are said, and which is never read or closed from this side. */
async function hangOn(port: number, words = ''): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').pause();
  open.push(socket);
  socket.on('error', () => {});
  await once(socket, 'connect');
  if (words !== '') await new Promise<void>((resolve) => socket.write(words, () => resolve()));
  return socket;
}

async function timeOf(work: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work;
  return performance.now() - start;
}

test('the app closes at once with a page open, deaf to it, and connections that say nothing or stop half way', async () => {
  const opened = await openTestApp();
  const { app } = opened;
  try {
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const browser = new Browser(app);
    const attempt = await browser.open('foundations/first-policy');
    await hangOn(port);
    await hangOn(port, 'GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n');
    const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
    const key = `Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`;
    const head = ['Host: 127.0.0.1', ...upgrade, key, `Cookie: ${browser.cookie}`].join('\r\n');
    await hangOn(port, `GET /api/attempts/${attempt.id}/live HTTP/1.1\r\n${head}\r\n\r\n`);
    await expect.poll(() => app.websocketServer.clients.size).toBe(1);
    expect(await timeOf(app.close())).toBeLessThan(soon);
  } finally {
    await opened.close();
  }
});

describe('a server that stops', () => {
  test('gives the answer that it owes, and then lets go', async () => {
    let finish = () => {};
    const server = createServer((_request, response) => {
      finish = () => response.end('done');
    });
    const connections = connectionsOf(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const asked = once(server, 'request');
    const answer = fetch(`http://127.0.0.1:${port}/`).then((response) => response.text());
    await asked;
    const closed = once(server, 'close');
    server.close();
    connections.letGo(60_000);
    finish();
    expect(await answer).toBe('done');
    expect(await timeOf(closed)).toBeLessThan(soon);
  });

  test('does not wait longer than its patience for one that never comes', async () => {
    const server = createServer(() => {});
    const connections = connectionsOf(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const asked = once(server, 'request');
    await hangOn((server.address() as AddressInfo).port, 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    await asked;
    const closed = once(server, 'close');
    server.close();
    connections.letGo(50);
    expect(await timeOf(closed)).toBeLessThan(soon);
  });
});
