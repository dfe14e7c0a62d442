/**
 * Calls a second through the gateway with signature, IAM, journal and events on: 80 % reads, 20 % changes, over many sandboxes;
 * and the latency of one call in flight. The floor is an HTTP server that answers at once and does nothing, driven by the
 * same client with the same bytes in the same run. The client has its own process.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { SandboxAccess } from '../contract/index.ts';
import { startPlatform, Visitor } from '../test/platform.ts';
import { load } from './load/load.ts';
import { type AwsCall, queryCall, s3Call, signedRequest, ssmCall } from './load/signed-requests.ts';

const SANDBOXES = 40;
const REQUESTS = 100;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 10);
const CONNECTIONS = Number(process.env['BENCH_CONNECTIONS'] ?? 32);

async function send(sandbox: SandboxAccess, call: AwsCall): Promise<void> {
  const request = (await signedRequest(sandbox, call)).toString();
  const [head = '', body = ''] = request.split('\r\n\r\n');
  const headers = Object.fromEntries(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const { host: _host, 'content-length': _length, ...given } = headers;
  const answer = await fetch(`${sandbox.endpoint}${call.path}`, {
    method: call.method,
    headers: given,
    ...(call.method === 'GET' ? {} : { body }),
  });
  if (!answer.ok) throw new Error(`${call.method} ${call.path}: ${answer.status} ${await answer.text()}`);
}

const POLICY = (n: number) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: `S${n}`, Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bench/*' }],
  });

/** One call of the mix: of ten, eight reads and two changes. */
function mixed(n: number): AwsCall {
  const changes: AwsCall[] = [
    queryCall('iam', 'PutUserPolicy', { UserName: 'Bea', PolicyName: 'p', PolicyDocument: POLICY(n) }),
    s3Call('PUT', `/bench/changed-${n % 7}`, `body ${n}`),
    queryCall('iam', 'TagUser', { UserName: 'Bea', 'Tags.member.1.Key': 'n', 'Tags.member.1.Value': String(n) }),
    ssmCall('PutParameter', { Name: '/bench/changed', Value: String(n), Type: 'String', Overwrite: true }),
  ];
  const reads: AwsCall[] = [
    queryCall('iam', 'GetUser', { UserName: 'Bea' }),
    queryCall('iam', 'ListUsers'),
    s3Call('GET', '/bench/object'),
    queryCall('sts', 'GetCallerIdentity'),
    ssmCall('GetParameter', { Name: '/bench/parameter' }),
    queryCall('iam', 'ListAttachedUserPolicies', { UserName: 'Bea' }),
    s3Call('GET', '/bench?list-type=2'),
    queryCall('iam', 'GetUserPolicy', { UserName: 'Bea', PolicyName: 'p' }),
  ];
  const place = n % 10;
  const pick = place < 8 ? reads[place] : changes[(Math.floor(n / 10) * 2 + place) % changes.length];
  if (pick === undefined) throw new Error('an empty mix');
  return pick;
}

const platform = await startPlatform();
const floor = spawn(process.execPath, ['-e', floorServer()], { stdio: ['ignore', 'pipe', 'inherit'] });
const floorPortOf = once(floor.stdout, 'data').then(([announced]) => Number(String(announced)));
try {
  const sandboxes = await Promise.all(
    Array.from(
      { length: SANDBOXES },
      async () => (await new Visitor(platform.url).open('foundations/playground')).sandbox,
    ),
  );
  const requests: string[] = [];
  for (const sandbox of sandboxes) {
    await send(sandbox, queryCall('iam', 'CreateUser', { UserName: 'Bea' }));
    await send(
      sandbox,
      queryCall('iam', 'PutUserPolicy', { UserName: 'Bea', PolicyName: 'p', PolicyDocument: POLICY(0) }),
    );
    await send(sandbox, s3Call('PUT', '/bench'));
    await send(sandbox, s3Call('PUT', '/bench/object', 'hello, world'));
    await send(sandbox, ssmCall('PutParameter', { Name: '/bench/parameter', Value: 'v', Type: 'String' }));
  }
  for (let n = 0; n < REQUESTS; n += 1) {
    for (const sandbox of sandboxes) requests.push((await signedRequest(sandbox, mixed(n))).toString('base64'));
  }

  const floorPort = await floorPortOf;
  const port = Number(new URL(platform.gatewayUrl).port);

  const seconds = SECONDS;
  const floorMany = await load({ port: floorPort, connections: CONNECTIONS, seconds: seconds / 2, requests });
  const many = await load({ port, connections: CONNECTIONS, seconds, requests });
  const floorOne = await load({ port: floorPort, connections: 1, seconds: seconds / 2, requests });
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
  floor.kill();
  await platform.stop();
}

/** An HTTP server that reads a request and answers 400 bytes. */
function floorServer(): string {
  return `
    const server = require('node:http').createServer((request, response) => {
      request.resume().on('end', () => { response.setHeader('content-length', 400); response.end(Buffer.alloc(400)); });
    }).listen(0, '127.0.0.1', () => console.log(server.address().port));`;
}
