/** No call of one sandbox reads or changes another's state: 10,000 generated attempts, each refused with the right error. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAccessKeyId } from '../../cloud/access-key.ts';
import type { WireRequest } from '../../cloud/wire/model.ts';
import type { World } from '../../cloud/world.ts';
import { nodeRandom } from '../hashes/node-hashes.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import {
  bodyText,
  errorCode,
  type Key,
  type PlainCall,
  presigned,
  queryCall,
  type ServiceName,
  s3Call,
  signed,
  ssmCall,
  startTestGateway,
  type TestGateway,
} from './testing/test-gateway.ts';

/** Stands in everything that belongs to the other sandbox: it must not be in any answer. */
const MARK = 'TOP-SECRET-OF-THE-OTHER';
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
});

let gateway: TestGateway;
let mine: { sandbox: Sandbox; admin: Key; session: Key; expired: Key; inactive: Key };
let theirs: typeof mine;

async function furnish(name: string): Promise<typeof mine> {
  const { sandbox, admin } = await gateway.newSandbox();
  await gateway.succeed(s3Call('PUT', `/${name}-files`), admin);
  await gateway.succeed(s3Call('PUT', `/${name}-files/report.txt`, MARK), admin);
  await gateway.succeed(ssmCall('PutParameter', { Name: `/${name}/secret`, Value: MARK, Type: 'String' }), admin);
  await gateway.succeed(queryCall('iam', 'CreateUser', { UserName: `${name}-user` }), admin);
  // The trust policy trusts everyone: only the wall between sandboxes keeps the neighbour out.
  const role = { RoleName: `${name}-role`, AssumeRolePolicyDocument: TRUST };
  await gateway.succeed(queryCall('iam', 'CreateRole', role), admin);
  const assumed = await gateway.succeed(
    queryCall('sts', 'AssumeRole', {
      RoleArn: `arn:aws:iam::${sandbox.primaryAccountId}:role/${name}-role`,
      RoleSessionName: 'one',
    }),
    admin,
  );
  const member = (tag: string) => new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(assumed)?.[1] ?? '';
  const session = {
    accessKeyId: member('AccessKeyId'),
    secret: member('SecretAccessKey'),
    token: member('SessionToken'),
  };
  return { sandbox, admin, session, ...(await addDeadKeys(sandbox, session)) };
}

/** A session that has ended, and a key that was switched off. */
async function addDeadKeys(sandbox: Sandbox, session: Key): Promise<{ expired: Key; inactive: Key }> {
  const id = sandbox.primaryAccountId;
  const expired = { ...session, accessKeyId: makeAccessKeyId('ASIA', id, nodeRandom) };
  const inactive = { accessKeyId: makeAccessKeyId('AKIA', id, nodeRandom), secret: 'of-the-inactive-key' };
  await sandbox.act('dead-keys', (world) => {
    const account = world.accounts[id];
    const state = account?.sts.sessions[session.accessKeyId];
    if (account === undefined || state === undefined) throw new Error('no session');
    const ended = { ...state, accessKeyId: expired.accessKeyId, expiresAt: Date.now() - 1 };
    const off = {
      id: inactive.accessKeyId,
      secret: inactive.secret,
      user: 'Admin',
      status: 'Inactive',
      createdAt: 0,
    } as const;
    const sts = { ...account.sts, sessions: { ...account.sts.sessions, [ended.accessKeyId]: ended } };
    const iam = { ...account.iam, accessKeys: { ...account.iam.accessKeys, [off.id]: off } };
    const value = { ...account, sts, iam };
    const after: World = { ...world, accounts: { ...world.accounts, [id]: value } };
    return {
      world: after,
      patches: [{ op: 'replace', path: ['accounts', id], value }],
      newBlobs: new Map(),
      result: 0,
    };
  });
  return { expired, inactive };
}

/** Calls that name what belongs to the other sandbox. */
function foreignCalls(): readonly PlainCall[] {
  const id = theirs.sandbox.primaryAccountId;
  const role = { RoleArn: `arn:aws:iam::${id}:role/their-role`, RoleSessionName: 'thief' };
  return [
    s3Call('GET', '/their-files/report.txt'),
    s3Call('GET', '/their-files?list-type=2'),
    s3Call('PUT', '/their-files/report.txt', 'overwritten'),
    s3Call('DELETE', '/their-files/report.txt'),
    s3Call('DELETE', '/their-files'),
    queryCall('iam', 'GetUser', { UserName: 'their-user' }),
    queryCall('iam', 'DeleteUser', { UserName: 'their-user' }),
    queryCall('iam', 'GetRole', { RoleName: 'their-role' }),
    queryCall('sts', 'AssumeRole', role),
    ssmCall('GetParameter', { Name: '/their/secret' }),
    ssmCall('GetParameter', { Name: `arn:aws:ssm:us-east-1:${id}:parameter/their/secret` }),
    ssmCall('DeleteParameter', { Name: '/their/secret' }),
  ];
}

type Codes = Readonly<Record<ServiceName, readonly string[]>>;
const unknownKey: Codes = {
  s3: ['InvalidAccessKeyId'],
  iam: ['InvalidClientTokenId'],
  sts: ['InvalidClientTokenId'],
  ssm: ['UnrecognizedClientException'],
};
const badToken: Codes = { ...unknownKey, s3: ['InvalidToken'] };
const mismatch: Codes = {
  s3: ['SignatureDoesNotMatch'],
  iam: ['SignatureDoesNotMatch'],
  sts: ['SignatureDoesNotMatch'],
  ssm: ['InvalidSignatureException'],
};
const expired: Codes = {
  s3: ['ExpiredToken'],
  iam: ['ExpiredToken'],
  sts: ['ExpiredToken'],
  ssm: ['ExpiredTokenException'],
};
const tampered: Codes = {
  s3: ['SignatureDoesNotMatch', 'XAmzContentSHA256Mismatch', 'AccessDenied'],
  iam: ['SignatureDoesNotMatch'],
  sts: ['SignatureDoesNotMatch'],
  ssm: ['InvalidSignatureException'],
};
const notSigned: Codes = { ...mismatch, s3: ['AccessDenied'] };
const skewed: Codes = { ...mismatch, s3: ['RequestTimeTooSkewed'] };
const unsigned: Codes = {
  s3: ['AccessDenied'],
  iam: ['MissingAuthenticationToken'],
  sts: ['MissingAuthenticationToken'],
  ssm: ['MissingAuthenticationTokenException'],
};
const absent: Codes = {
  s3: ['NoSuchBucket'],
  iam: ['NoSuchEntity'],
  sts: ['AccessDenied'],
  ssm: ['ParameterNotFound', 'AccessDeniedException'],
};

interface Attack {
  readonly request: WireRequest;
  readonly codes: Codes;
}

const flip = (text: string, at: number) => {
  const place = at % text.length;
  return text.slice(0, place) + (text[place] === 'a' ? 'b' : 'a') + text.slice(place + 1);
};

function tamper(request: WireRequest, at: number): WireRequest {
  switch (at % 4) {
    case 0:
      return { ...request, target: `${request.target}${request.target.includes('?') ? '&' : '?'}x=${at}` };
    case 1:
      return { ...request, method: request.method === 'GET' ? 'POST' : 'PATCH' };
    case 2:
      return { ...request, body: new TextEncoder().encode(`${bodyText(request.body)}&Extra=${at}`) };
    default:
      return {
        ...request,
        headers: request.headers.map(([name, value]) =>
          name === 'authorization' ? [name, value.slice(0, -64) + flip(value.slice(-64), at)] : [name, value],
        ),
      };
  }
}

/** Every way in that is tried, each made of a call to what is theirs and a number. */
const attacks: Record<string, (call: PlainCall, n: number) => Attack> = {
  'own key': (call) => ({ request: signed(call, mine.admin), codes: absent }),
  'own session': (call) => ({
    request: signed(call, mine.session),
    codes: { ...absent, s3: ['NoSuchBucket', 'AccessDenied'], iam: ['AccessDenied'], ssm: ['AccessDeniedException'] },
  }),
  'account id as a key': (call) => ({
    request: signed(call, { accessKeyId: theirs.sandbox.primaryAccountId, secret: 'test' }),
    codes: unknownKey,
  }),
  'made-up key of theirs': (call) => ({
    request: signed(call, {
      accessKeyId: makeAccessKeyId('AKIA', theirs.sandbox.primaryAccountId, nodeRandom),
      secret: mine.admin.secret,
    }),
    codes: unknownKey,
  }),
  'made-up key of nobody': (call, n) => ({
    request: signed(call, {
      accessKeyId: makeAccessKeyId('AKIA', String(n).padStart(12, '0'), nodeRandom),
      secret: 'x',
    }),
    codes: unknownKey,
  }),
  'their key, own secret': (call) => ({
    request: signed(call, { ...theirs.admin, secret: mine.admin.secret }),
    codes: mismatch,
  }),
  'their session, own token': (call) => ({
    request: signed(call, { ...theirs.session, token: mine.session.token ?? '' }),
    codes: badToken,
  }),
  'their session without its token': (call) => ({
    request: signed(call, { accessKeyId: theirs.session.accessKeyId, secret: theirs.session.secret }),
    codes: unknownKey,
  }),
  'their key with a token': (call) => ({
    request: signed(call, { ...theirs.admin, token: mine.session.token ?? '' }),
    codes: badToken,
  }),
  'tampered with': (call, n) => ({ request: tamper(signed(call, theirs.admin), n), codes: tampered }),
  'header added after signing': (call, n) => {
    const request = signed(call, theirs.admin);
    return { request: { ...request, headers: [...request.headers, ['x-amz-extra', String(n)]] }, codes: notSigned };
  },
  'expired session': (call) => ({ request: signed(call, theirs.expired), codes: expired }),
  'inactive key': (call) => ({ request: signed(call, theirs.inactive), codes: unknownKey }),
  'old signature': (call, n) => ({
    request: signed(call, theirs.admin, Date.now() - 16 * 60_000 - n * 1000),
    codes: skewed,
  }),
  'presigned URL after its time': (_call, n) => ({
    request: presigned(s3Call('GET', '/their-files/report.txt'), theirs.admin, 1 + (n % 60), Date.now() - 120_000),
    codes: notSigned,
  }),
  unsigned: (call) => ({ request: call.request, codes: unsigned }),
  'unsigned, to their account': (_call, n) => {
    const target = `/_as/${theirs.sandbox.primaryAccountId}/their-files${n % 2 === 0 ? '/report.txt' : ''}`;
    return { request: s3Call(n % 3 === 0 ? 'DELETE' : 'GET', target).request, codes: unsigned };
  },
  "a backend's own path": (_call, n) => ({
    request: s3Call('GET', ['/_localstack/health', '/_aws/sqs', '/_leastwise/state', '/_as/12/x'][n % 4] ?? '').request,
    codes: unsigned,
  }),
};

describe('isolation', () => {
  beforeAll(async () => {
    gateway = await startTestGateway();
    [mine, theirs] = [await furnish('my'), await furnish('their')];
  });
  afterAll(() => gateway.close());

  it('lets the owner in', async () => {
    for (const call of foreignCalls().filter(({ request }) => request.method === 'GET')) {
      const { status } = await gateway.answer(signed(call, theirs.admin));
      expect(status).toBe(200);
    }
    const url = presigned(s3Call('GET', '/their-files/report.txt'), theirs.admin, 60);
    expect(bodyText((await gateway.answer(url)).body)).toBe(MARK);
  });

  it.each(Object.keys(attacks))('refuses every call: %s', async (kind) => {
    for (const [n, call] of foreignCalls().entries()) await refused(kind, call, n);
  });

  it('refuses 10,000 generated requests', { timeout: 180_000 }, async () => {
    const calls = foreignCalls();
    const attempt = fc.record({
      kind: fc.constantFrom(...Object.keys(attacks)),
      call: fc.constantFrom(...calls),
      n: fc.nat(10_000),
    });
    await fc.assert(
      fc.asyncProperty(attempt, ({ kind, call, n }) => refused(kind, call, n)),
      { numRuns: 10_000 },
    );
  });
});

async function refused(kind: string, call: PlainCall, n: number): Promise<void> {
  const before = [mine.sandbox.world, theirs.sandbox.world];
  const attack = attacks[kind]?.(call, n);
  if (attack === undefined) throw new Error(`no attack ${kind}`);
  const response = await gateway.answer(attack.request);
  const text = bodyText(response.body);
  const { service } = attack.request.target === call.request.target ? call : { service: 's3' as const };
  expect(attack.codes[kind === 'tampered with' ? call.service : service], `${kind}: ${text}`).toContain(
    errorCode(response),
  );
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(text).not.toContain(MARK);
  expect(response.headers['x-amzn-requestid'] ?? response.headers['x-amz-request-id']).toBeTruthy();
  expect(mine.sandbox.world).toBe(before[0]);
  expect(theirs.sandbox.world).toBe(before[1]);
}
