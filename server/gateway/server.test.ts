/** The gateway on a real port: what comes over HTTP, and what must not bring it down. */
import { request } from 'node:http';
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WireRequest } from '../../cloud/wire/model.ts';
import { createGateway, type GatewayServer } from './server.ts';
import {
  type Key,
  queryCall,
  s3Call,
  signed,
  ssmCall,
  startTestGateway,
  type TestGateway,
} from './testing/test-gateway.ts';

const PAGE = 'http://127.0.0.1:3000';
let gateway: TestGateway;
let server: GatewayServer;
let admin: Key;
let url = '';

beforeAll(async () => {
  gateway = await startTestGateway();
  server = createGateway({
    ...gateway.parts,
    config: { host: '127.0.0.1', port: 3000, gatewayPort: 0, publicUrl: PAGE, gatewayUrl: 'http://127.0.0.1:4566' },
  });
  url = `http://127.0.0.1:${await server.listen()}`;
  ({ admin } = await gateway.newSandbox());
  await gateway.succeed(s3Call('PUT', '/files'), admin);
});
afterAll(async () => {
  await server.close();
  await gateway.close();
});

const credentials = () => ({ accessKeyId: admin.accessKeyId, secretAccessKey: admin.secret });
/** Over HTTP, byte for byte: the signature covers the Host header, which fetch makes itself. */
function send(wire: WireRequest): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = Object.fromEntries(wire.headers);
    const outgoing = request(url, { method: wire.method, path: wire.target, headers }, async (answer) => {
      resolve({ status: answer.statusCode, text: await textOf(answer) });
    });
    outgoing.on('error', reject).end(wire.body);
  });
}

const isUp = async () => expect((await fetch(`${url}/_leastwise/health`)).status).toBe(200);

describe('the page', () => {
  const preflight = (origin: string) =>
    fetch(`${url}/files/a.txt`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,x-amz-date',
      },
    });

  it.each([PAGE, 'http://localhost:3000'])('may call from %s', async (origin) => {
    const answer = await preflight(origin);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(answer.headers.get('access-control-allow-headers')).toBe('authorization,x-amz-date');
  });

  it.each(['https://evil.example', 'http://localhost:3001', 'null'])('may not from %s', async (origin) => {
    const answer = await preflight(origin);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect((await fetch(url, { headers: { origin } })).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('reads request ids and entity tags, of errors too', async () => {
    const answer = await fetch(`${url}/files/none`, { headers: { origin: PAGE } });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('access-control-allow-origin')).toBe(PAGE);
    expect(answer.headers.get('access-control-expose-headers')).toContain('x-amz-request-id');
  });
});

describe('bodies', () => {
  it('of 20 MiB are refused in the words of the service, whatever says how long they are', async () => {
    const body = new Uint8Array(20 * 1024 * 1024);
    const s3 = await fetch(`${url}/files/large`, { method: 'PUT', body });
    expect([s3.status, await s3.text()]).toEqual([400, expect.stringContaining('<Code>EntityTooLarge</Code>')]);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const iam = await fetch(url, { method: 'POST', headers: form, body });
    expect([iam.status, await iam.text()]).toEqual([
      413,
      expect.stringContaining('<Code>RequestEntityTooLarge</Code>'),
    ]);
    const ssm = await fetch(url, { method: 'POST', headers: { 'x-amz-target': 'AmazonSSM.GetParameter' }, body });
    expect([ssm.status, await ssm.text()]).toEqual([413, expect.stringContaining('RequestEntityTooLarge')]);
    const stream = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 20; n += 1) controller.enqueue(new Uint8Array(1024 * 1024));
        controller.close();
      },
    });
    const chunked = await fetch(`${url}/files/large`, { method: 'PUT', body: stream, duplex: 'half' } as RequestInit);
    expect([chunked.status, await chunked.text()]).toEqual([400, expect.stringContaining('EntityTooLarge')]);
    await isUp();
  });

  it('of calls that are read whole are refused from 4 MiB on', async () => {
    const headers = { 'x-amz-target': 'AmazonSSM.GetParameter' };
    const post = (bytes: number) => fetch(url, { method: 'POST', headers, body: new Uint8Array(bytes) });
    expect((await post(4 * 1024 * 1024 + 1)).status).toBe(413);
    const whole = await post(4 * 1024 * 1024);
    expect([whole.status, await whole.text()]).toEqual([400, expect.stringContaining('MissingAuthenticationToken')]);
  });

  it('of 15 MiB go in and come out', async () => {
    const s3 = new S3Client({ endpoint: url, region: 'us-east-1', credentials: credentials(), forcePathStyle: true });
    const body = new Uint8Array(15 * 1024 * 1024).map((_, n) => n % 251);
    await s3.send(new PutObjectCommand({ Bucket: 'files', Key: 'whole', Body: body, ContentType: 'image/x-test' }));
    const head = await s3.send(new HeadObjectCommand({ Bucket: 'files', Key: 'whole' }));
    expect(head).toMatchObject({ ContentLength: body.length, ContentType: 'image/x-test' });
    const whole = await s3.send(new GetObjectCommand({ Bucket: 'files', Key: 'whole' }));
    expect(Buffer.from((await whole.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
    const part = await s3.send(new GetObjectCommand({ Bucket: 'files', Key: 'whole', Range: 'bytes=100-199' }));
    expect(await part.Body?.transformToByteArray()).toEqual(body.subarray(100, 200));
  });
});

describe('bad input', () => {
  const withBody = (call: ReturnType<typeof queryCall>, body: string) =>
    signed({ ...call, request: { ...call.request, body: new TextEncoder().encode(body) } }, admin);

  it.each([
    ['JSON', () => withBody(ssmCall('GetParameter', {}), '{"Name": '), 400, 'SerializationException'],
    ['JSON of another kind', () => withBody(ssmCall('GetParameter', {}), '[1]'), 400, 'SerializationException'],
    ['XML', () => withBody(s3Call('PUT', '/files?tagging'), '<Tagging><TagSet>'), 400, 'MalformedXML'],
    ['a form', () => withBody(queryCall('iam', 'x'), 'Action=%ZZ&Version=2010-05-08'), 404, 'MalformedQueryString'],
    ['no action', () => withBody(queryCall('iam', 'x'), 'Version=2010-05-08'), 400, 'MissingAction'],
    ['an unknown action', () => signed(queryCall('iam', 'MakeCoffee'), admin), 400, 'InvalidAction'],
    ['an action not offered', () => signed(queryCall('iam', 'UploadServerCertificate'), admin), 400, 'InvalidAction'],
    ['an unknown target', () => signed(ssmCall('MakeCoffee', {}), admin), 400, 'UnknownOperationException'],
    ['an S3 operation not offered', () => signed(s3Call('GET', '/files/a?torrent'), admin), 501, 'NotImplemented'],
    [
      'an unknown parameter',
      () => signed(queryCall('iam', 'GetUser', { UserName: '' }), admin),
      400,
      'ValidationError',
    ],
    [
      'a policy that is none',
      () => signed(queryCall('iam', 'CreatePolicy', { PolicyName: 'p', PolicyDocument: '{"Statement": 1' }), admin),
      400,
      'MalformedPolicyDocument',
    ],
  ] as const)('%s is told what is wrong with it', async (_name, make, status, code) => {
    const answer = await send(make());
    expect(answer.text).toContain(code);
    expect(answer.status).toBe(status);
    await isUp();
  });

  it('that is no HTTP is cut off', async () => {
    for (const garbage of [
      '\x00\x01\x02\r\n\r\n',
      'GET / HTTP/1.1\r\nno colon\r\n\r\n',
      `GET /${'x'.repeat(40_000)} HTTP/1.1\r\n\r\n`,
    ]) {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.write(garbage);
      const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      socket.destroy();
    }
    await isUp();
  });

  it('for a service that is not offered gets that protocol’s own refusal', async () => {
    const form = queryCall('iam', 'DescribeDBInstances', { Version: '2014-10-31' });
    const response = await gateway.answer(signed({ ...form, service: 'rds' as 'iam' }, admin));
    expect([response.status, new TextDecoder().decode(response.body)]).toEqual([
      400,
      expect.stringContaining('Could not find operation DescribeDBInstances for version 2014-10-31'),
    ]);
  });
});

it('slows a sandbox down that calls without end, and no other', async () => {
  const [busy, calm] = [await gateway.newSandbox(), await gateway.newSandbox()];
  const call = signed(queryCall('sts', 'GetCallerIdentity'), busy.admin);
  const answers = await Promise.all(Array.from({ length: 1_500 }, () => gateway.answer(call)));
  const slowed = answers.filter(({ status }) => status !== 200);
  expect(slowed.length).toBeGreaterThan(100);
  expect(new TextDecoder().decode(slowed[0]?.body)).toContain('<Code>Throttling</Code>');
  expect((await gateway.answer(signed(queryCall('sts', 'GetCallerIdentity'), calm.admin))).status).toBe(200);
});

it('notes when a key was last used, and keeps it without a row for each call', async () => {
  const iam = new IAMClient({ endpoint: url, region: 'us-east-1', credentials: credentials() });
  await iam.send(new ListUsersCommand({}));
  const text = await gateway.succeed(
    queryCall('iam', 'GetAccessKeyLastUsed', { AccessKeyId: admin.accessKeyId }),
    admin,
  );
  expect(text).toContain('<ServiceName>iam</ServiceName>');
  expect(text).toContain('<Region>us-east-1</Region>');
});
