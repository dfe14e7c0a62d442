/** The floor of what a server can do here: one that reads a request, answers 400 bytes and does nothing else. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const SERVER = `
  const server = require('node:http').createServer((request, response) => {
    request.resume().on('end', () => { response.setHeader('content-length', 400); response.end(Buffer.alloc(400)); });
  }).listen(0, '127.0.0.1', () => console.log(server.address().port));`;

/** Starts it in a process of its own. */
export async function startFloor(): Promise<{ readonly port: number; stop(): void }> {
  const child = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [announced] = await once(child.stdout, 'data');
  return { port: Number(String(announced)), stop: () => child.kill() };
}
