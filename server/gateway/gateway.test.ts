/** What a call leaves behind, and who may call without a signature. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallEvent } from '../../contract/index.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import {
  bodyText,
  errorCode,
  type Key,
  queryCall,
  s3Call,
  signed,
  ssmCall,
  startTestGateway,
  type TestGateway,
} from './testing/test-gateway.ts';

let gateway: TestGateway;
let sandbox: Sandbox;
let admin: Key;
/** A user without any permission. */
let bea: Key;

beforeAll(async () => {
  gateway = await startTestGateway();
  ({ sandbox, admin } = await gateway.newSandbox());
  await gateway.succeed(queryCall('iam', 'CreateUser', { UserName: 'Bea' }), admin);
  const text = await gateway.succeed(queryCall('iam', 'CreateAccessKey', { UserName: 'Bea' }), admin);
  const member = (tag: string) => new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(text)?.[1] ?? '';
  bea = { accessKeyId: member('AccessKeyId'), secret: member('SecretAccessKey') };
  await gateway.succeed(s3Call('PUT', '/open-to-all'), admin);
  await gateway.succeed(s3Call('PUT', '/open-to-all/hello.txt', 'hello'), admin);
  await gateway.succeed(s3Call('DELETE', '/open-to-all?publicAccessBlock'), admin);
  const everyone = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::open-to-all/*' };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: everyone });
  await gateway.succeed(s3Call('PUT', '/open-to-all?policy', policy), admin);
});
afterAll(() => gateway.close());

describe('a denied call', () => {
  const deniedCall = () => gateway.answer(signed(queryCall('iam', 'ListUsers'), bea));

  it('is answered in AWS’s own words', async () => {
    const response = await deniedCall();
    const id = sandbox.primaryAccountId;
    expect([response.status, errorCode(response)]).toEqual([403, 'AccessDenied']);
    expect(bodyText(response.body)).toContain(
      `User: arn:aws:iam::${id}:user/Bea is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${id}:user/ because no identity-based policy allows the iam:ListUsers action`,
    );
  });

  it('is an event with its decision, under the request id of the answer', async () => {
    const heard: CallEvent[] = [];
    const stop = sandbox.onEvent((event) => heard.push(event));
    const response = await deniedCall();
    stop();
    await deniedCall();
    const [event] = heard;
    expect(heard).toHaveLength(1);
    expect(event).toMatchObject({
      id: response.headers['x-amzn-requestid'],
      service: 'iam',
      operation: 'ListUsers',
      principal: `arn:aws:iam::${sandbox.primaryAccountId}:user/Bea`,
      readOnly: true,
      outcome: 'denied',
      errorCode: 'AccessDenied',
      sourceIp: '127.0.0.1',
      decisions: [{ action: 'iam:ListUsers', verdict: 'implicitly-denied', layer: 'identity' }],
    });
    expect((await sandbox.events({ limit: 2 }))[1]).toEqual(event);
  });
});

it('counts as HTTPS: AWS’s own policy against insecure transport locks nobody out', async () => {
  await gateway.succeed(s3Call('PUT', '/https-only'), admin);
  await gateway.succeed(s3Call('PUT', '/https-only/a', 'a'), admin);
  const insecure = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: ['arn:aws:s3:::https-only', 'arn:aws:s3:::https-only/*'],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: insecure });
  await gateway.succeed(s3Call('PUT', '/https-only?policy', policy), admin);
  expect(await gateway.succeed(s3Call('GET', '/https-only/a'), admin)).toBe('a');
});

it('holds a document against its digest, and changes nothing where it is another’s', async () => {
  const { service, request } = s3Call('PUT', '/open-to-all?tagging', '<Tagging><TagSet/></Tagging>');
  const headers = [...request.headers, ['content-md5', '1B2M2Y8AsgTpgAmY7PhCfg=='] as const];
  const before = sandbox.world;
  const response = await gateway.answer(signed({ service, request: { ...request, headers } }, admin));
  expect([response.status, errorCode(response)]).toEqual([400, 'BadDigest']);
  expect(sandbox.world).toBe(before);
});

it('tells an error from a denial', async () => {
  await gateway.answer(signed(ssmCall('GetParameter', { Name: '/none' }), admin));
  const [event] = await sandbox.events({ limit: 1 });
  expect(event).toMatchObject({ outcome: 'error', errorCode: 'ParameterNotFound', readOnly: true });
});

it('writes a journal row for a change, none for a read or a failed change', async () => {
  const rows = () => gateway.journalOf(sandbox.id);
  const before = (await rows()).length;
  await gateway.succeed(queryCall('iam', 'GetUser', { UserName: 'Bea' }), admin);
  await gateway.answer(signed(queryCall('iam', 'CreateUser', { UserName: 'Bea' }), admin));
  expect(await rows()).toHaveLength(before);
  await gateway.succeed(
    queryCall('iam', 'CreateLoginProfile', { UserName: 'Bea', Password: 'Correct-Horse-7-Battery' }),
    admin,
  );
  const after = await rows();
  expect(after).toHaveLength(before + 1);
  expect(after.at(-1)).toMatchObject({
    name: 'iam:CreateLoginProfile',
    call: { operation: 'CreateLoginProfile', input: { UserName: 'Bea', Password: '[secret]' } },
  });
  expect(JSON.stringify(after)).not.toContain('Correct-Horse');
});

describe('an unsigned call', () => {
  const get = async (target: string) => gateway.answer(s3Call('GET', target).request);

  it.each(['/open-to-all/hello.txt', '/_as/ACCOUNT/open-to-all/hello.txt'])(
    'reads what is public: %s',
    async (target) => {
      const response = await get(target.replace('ACCOUNT', sandbox.primaryAccountId));
      expect([response.status, bodyText(response.body)]).toEqual([200, 'hello']);
      const [event] = await sandbox.events({ limit: 1 });
      expect(event).toMatchObject({ principal: 'anonymous', operation: 'GetObject', outcome: 'ok' });
    },
  );

  it.each([
    ['/open-to-all', 403, 'AccessDenied'],
    ['/open-to-all/none', 403, 'AccessDenied'],
    ['/nobody-has-this/x', 404, 'NoSuchBucket'],
    ['/_as/000000000001/open-to-all/hello.txt', 403, 'AccessDenied'],
    ['/_as/ACCOUNT/_localstack/state', 403, 'AccessDenied'],
    ['http://gateway/_localstack/health', 403, 'AccessDenied'],
    ['/', 403, 'AccessDenied'],
  ])('is refused: %s', async (target, status, code) => {
    const response = await get(target.replace('ACCOUNT', sandbox.primaryAccountId));
    expect([response.status, errorCode(response)]).toEqual([status, code]);
  });

  it('does not choose between two sandboxes with a bucket of one name', async () => {
    const other = await gateway.newSandbox();
    await gateway.succeed(s3Call('PUT', '/twice'), admin);
    await gateway.succeed(s3Call('PUT', '/twice'), other.admin);
    expect(errorCode(await get('/twice/x'))).toBe('NoSuchBucket');
  });
});
