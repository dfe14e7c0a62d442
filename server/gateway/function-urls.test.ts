/** Requests to function URLs at the gateway's door: who may, and what the function sees and answers. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lambdaTrust, zip } from '../../cloud/services/lambda/testing/functions.ts';
import { SigningKeys, signRequest } from '../../cloud/sigv4/index.ts';
import type { WireRequest } from '../../cloud/wire/model.ts';
import { type CodePlatform, type CodeSandbox, startCodePlatform } from '../code/testing/code-platform.ts';
import { nodeHashes } from '../hashes/node-hashes.ts';

const keys = new SigningKeys(nodeHashes);
const code = `exports.handler = async (event) => event.rawPath === '/fail' ? undefined.x : event.rawPath === '/plain' ? { plain: 1 } : ({
  statusCode: 201, headers: { 'X-Own': 'yes', 'Content-Type': 'text/plain' }, body: JSON.stringify({
    method: event.requestContext.http.method, path: event.rawPath, query: event.queryStringParameters, body: event.body,
    who: event.requestContext.authorizer?.iam.userArn, token: event.headers.authorization, cookies: event.cookies }) });`;

let platform: CodePlatform;
let sandbox: CodeSandbox;
let host: string;
beforeAll(async () => {
  platform = await startCodePlatform();
});
afterAll(() => platform?.close());

async function open(AuthType: 'NONE' | 'AWS_IAM') {
  sandbox = await platform.newSandbox();
  await sandbox.call('iam:CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: lambdaTrust });
  await sandbox.call('lambda:CreateFunction', {
    FunctionName: 'shop',
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: `arn:aws:iam::${sandbox.accountId}:role/worker`,
    Code: { ZipFile: zip({ 'index.js': code }) },
  });
  const { FunctionUrl } = await sandbox.call('lambda:CreateFunctionUrlConfig', { FunctionName: 'shop', AuthType });
  host = new URL(FunctionUrl).host;
}

async function allowEverybody() {
  const all = { FunctionName: 'shop', Principal: '*' };
  await sandbox.call('lambda:AddPermission', {
    ...all,
    StatementId: 'url',
    Action: 'lambda:InvokeFunctionUrl',
    FunctionUrlAuthType: 'NONE',
  });
  await sandbox.call('lambda:AddPermission', {
    ...all,
    StatementId: 'invoke',
    Action: 'lambda:InvokeFunction',
    InvokedViaFunctionUrl: true,
  });
}

function request(target: string, more: Partial<WireRequest> = {}): WireRequest {
  return { method: 'GET', target, headers: [['host', host]], body: new Uint8Array(0), ...more };
}

async function answer(asked: WireRequest) {
  const { status, headers, body } = await platform.gateway.answer(asked, { sourceIp: '127.0.0.1' });
  return { status, headers, text: new TextDecoder().decode(body) };
}

describe('without authentication', () => {
  beforeEach(() => open('NONE'));

  it('is forbidden until the policy lets everybody in, by both actions', async () => {
    expect((await answer(request('/'))).status).toBe(403);
    await allowEverybody();
    expect((await answer(request('/'))).status).toBe(201);
    await sandbox.call('lambda:RemovePermission', { FunctionName: 'shop', StatementId: 'invoke' });
    const refused = await answer(request('/'));
    expect(refused.status).toBe(403);
    expect(refused.text).toMatch(/^\{"Message":"Forbidden\. For troubleshooting Function URL authorization issues/);
  });

  it('gives the function the request, and its answer back', async () => {
    await allowEverybody();
    const { status, headers, text } = await answer(
      request('/a%20b?x=1&x=2', {
        method: 'POST',
        headers: [
          ['host', host],
          ['content-type', 'application/json'],
          ['cookie', 'a=1; b=2'],
          ['authorization', 'secret'],
        ],
        body: new TextEncoder().encode('{"hello":1}'),
      }),
    );
    expect(status).toBe(201);
    expect(headers).toMatchObject({ 'x-own': 'yes', 'content-type': 'text/plain' });
    expect(JSON.parse(text)).toEqual({
      method: 'POST',
      path: '/a b',
      query: { x: '1,2' },
      body: '{"hello":1}',
      cookies: ['a=1', 'b=2'],
    });
    expect(await answer(request('/plain'))).toMatchObject({ status: 200, text: '{"plain":1}' });
    expect(await answer(request('/fail'))).toMatchObject({ status: 502, text: 'Internal Server Error' });
  });

  it('is found by path where the host is another, and not by an id that is none', async () => {
    await allowEverybody();
    const [id = ''] = host.split('.');
    const elsewhere = [['host', '127.0.0.1:4566']] as const;
    const found = await answer(request(`/_url/${id}/x?y=1`, { headers: elsewhere }));
    expect(JSON.parse(found.text)).toMatchObject({ path: '/x', query: { y: '1' } });
    const [first = 'a', ...rest] = [...id].reverse();
    const other = [first === 'a' ? 'b' : 'a', ...rest].reverse().join('');
    expect((await answer(request(`/_url/${other}/`, { headers: elsewhere }))).status).toBe(404);
  });
});

describe('with AWS_IAM', () => {
  beforeEach(() => open('AWS_IAM'));

  async function keyOf(name: string, ...actions: readonly string[]) {
    const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
    await sandbox.call('iam:CreateUser', { UserName: name });
    await sandbox.call('iam:PutUserPolicy', {
      UserName: name,
      PolicyName: 'p',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    });
    const { AccessKey } = await sandbox.call('iam:CreateAccessKey', { UserName: name });
    return { accessKeyId: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey };
  }

  function signed(key: { accessKeyId: string; secret: string }, service = 'lambda') {
    const signer = { ...key, region: 'us-east-1', service, protocol: 'restJson1', now: Date.now(), keys } as const;
    return signRequest(request('/me'), signer);
  }

  it('needs a signature, and both actions of whoever signed', async () => {
    await allowEverybody();
    expect((await answer(request('/me'))).status).toBe(403);
    const half = await keyOf('half', 'lambda:InvokeFunctionUrl');
    const both = await keyOf('both', 'lambda:InvokeFunctionUrl', 'lambda:InvokeFunction');
    await sandbox.call('lambda:RemovePermission', { FunctionName: 'shop', StatementId: 'invoke' });
    expect((await answer(signed(half))).status).toBe(403);
    const found = await answer(signed(both));
    expect(JSON.parse(found.text)).toMatchObject({ who: `arn:aws:iam::${sandbox.accountId}:user/both` });
    expect((await answer({ ...signed(both), method: 'POST' })).status).toBe(403);
    expect((await answer(signed(both, 's3'))).status).toBe(403);
  });

  it('takes no key of another sandbox', async () => {
    const mine = host;
    await open('AWS_IAM');
    const stranger = await keyOf('stranger', 'lambda:*');
    host = mine;
    expect((await answer(signed(stranger))).status).toBe(403);
  });
});

describe('code', () => {
  beforeEach(() => open('NONE'));

  async function location(): Promise<string> {
    const { Code } = await sandbox.call('lambda:GetFunction', { FunctionName: 'shop' });
    return Code.Location.slice(Code.Location.indexOf('/_code/'));
  }
  const at = (target: string) =>
    platform.gateway.answer(
      { method: 'GET', target, headers: [['host', '127.0.0.1:4566']], body: new Uint8Array(0) },
      { sourceIp: '127.0.0.1' },
    );

  it('is downloaded by the address that GetFunction gives, and by no other', async () => {
    const target = await location();
    const { status, body } = await at(target);
    expect(status).toBe(200);
    expect(Buffer.from(body).toString('latin1')).toMatch(/^PK/);
    const changed = target.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const later = target.replace(/(\d{13})\?/, (_all, time: string) => `${Number(time) + 60_000}?`);
    const renamed = target.replace('/shop/', '/other/');
    for (const other of [changed, later, renamed]) expect((await at(other)).status).toBe(403);
    await sandbox.call('lambda:DeleteFunction', { FunctionName: 'shop' });
    expect((await at(target)).status).toBe(403);
  });
});
