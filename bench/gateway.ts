/**
 * Calls a second through the gateway with signature, IAM, journal and events on: 80 % reads, 20 % changes, over many sandboxes;
 * and the latency of one call in flight. The floor is an HTTP server that answers at once and does nothing, driven by the
 * same client with the same bytes in the same run. The client has its own process.
 */
import { startPlatform, Visitor } from '../test/platform.ts';
import { startFloor } from './load/floor.ts';
import { load } from './load/load.ts';
import { mixFor } from './load/mix.ts';

const SANDBOXES = 40;
const REQUESTS = 100;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 10);
const CONNECTIONS = Number(process.env['BENCH_CONNECTIONS'] ?? 32);

const platform = await startPlatform();
const floor = await startFloor();
try {
  const sandboxes = await Promise.all(
    Array.from(
      { length: SANDBOXES },
      async () => (await new Visitor(platform.url).open('foundations/playground')).sandbox,
    ),
  );
  const requests = await mixFor(sandboxes, REQUESTS);

  const port = Number(new URL(platform.gatewayUrl).port);

  const seconds = SECONDS;
  const floorMany = await load({ port: floor.port, connections: CONNECTIONS, seconds: seconds / 2, requests });
  const many = await load({ port, connections: CONNECTIONS, seconds, requests });
  const floorOne = await load({ port: floor.port, connections: 1, seconds: seconds / 2, requests });
  const one = await load({ port, connections: 1, seconds: seconds / 2, requests });

  const figure = (value: number, digits = 2) => value.toFixed(digits);
  console.log(
    `calls a second, ${CONNECTIONS} connections, ${SANDBOXES} sandboxes, 80 % reads: ${figure(many.perSecond, 0)}`,
  );
  console.log(`  p50 ${figure(many.p50)} ms, p99 ${figure(many.p99)} ms`);
  console.log(`  floor (a server that does nothing): ${figure(floorMany.perSecond, 0)} a second`);
  console.log(`  ratio: ${figure(many.perSecond / floorMany.perSecond, 3)} of the floor`);
  console.log(`one call in flight: p50 ${figure(one.p50, 3)} ms, p99 ${figure(one.p99, 3)} ms`);
  console.log(`  floor: p50 ${figure(floorOne.p50, 3)} ms; on the server: ${figure(one.p50 - floorOne.p50, 3)} ms`);
  console.log(`  ratio: ${figure(one.p50 / floorOne.p50, 2)} times the floor`);
} finally {
  floor.stop();
  await platform.stop();
}
