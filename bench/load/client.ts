/**
 * A load client in a process of its own: sends prepared HTTP requests over keep-alive connections, one in flight on each, as
 * fast as they are answered, or with pauses. Reads a plan as JSON on standard input, prints what it measured as JSON.
 */
import { connect } from 'node:net';
import type { LoadPlan, LoadResult } from './load.ts';

const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const plan: LoadPlan = JSON.parse(Buffer.concat(chunks).toString());
const requests = plan.requests.map((request) => Buffer.from(request, 'base64'));

const HEAD_END = Buffer.from('\r\n\r\n');
const latencies: number[] = [];
let failures = 0;
let next = 0;
let end = 0;
let counting = false;

/** As people do: sometimes at once, sometimes after twice the mean. */
function rest(send: () => void): void {
  if (plan.pause === undefined) send();
  else setTimeout(send, Math.random() * 2 * plan.pause);
}

/** One connection: sends a request, waits for its whole answer, sends the next. */
function converse(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(plan.port, '127.0.0.1').setNoDelay(true);
    let pending = Buffer.alloc(0);
    let sentAt = 0;
    const send = () => {
      if (performance.now() >= end) {
        socket.end();
        resolve();
        return;
      }
      sentAt = performance.now();
      socket.write(requests[next++ % requests.length] as Buffer);
    };
    socket.on('connect', () => rest(send));
    socket.on('error', reject);
    socket.on('data', (data) => {
      pending = pending.length === 0 ? data : Buffer.concat([pending, data]);
      const headEnd = pending.indexOf(HEAD_END);
      if (headEnd < 0) return;
      const head = pending.toString('latin1', 0, headEnd);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (pending.length < headEnd + 4 + length) return;
      if (!head.startsWith('HTTP/1.1 2')) {
        failures += 1;
        if (failures === 1) process.stderr.write(`${pending.toString()}\n`);
      }
      pending = Buffer.alloc(0);
      if (counting) latencies.push(performance.now() - sentAt);
      rest(send);
    });
  });
}

const start = performance.now();
end = start + plan.seconds * 1000;
const warmUp = Math.min(2000, plan.seconds * 250);
setTimeout(() => {
  counting = true;
}, warmUp);
await Promise.all(Array.from({ length: plan.connections }, converse));
latencies.sort((a, b) => a - b);
const at = (share: number) =>
  latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN;
const result: LoadResult = {
  calls: latencies.length,
  perSecond: latencies.length / ((performance.now() - start - warmUp) / 1000),
  p50: at(0.5),
  p99: at(0.99),
  failures,
};
process.stdout.write(JSON.stringify(result));
