import { applyPatches } from 'immer';
import { describe, expect, it } from 'vitest';
import type { AnyCaller } from '../iam/model.ts';
import { userCaller } from './credentials.ts';
import { AwsError } from './errors.ts';
import { newAccount, newWorld } from './new-world.ts';
import { type CallRequest, type Cloud, type Performed, perform } from './perform.ts';
import { performing } from './performing.ts';
import { calling, callingOrThrow, changing, type Process, type RunOrder, running, seeing } from './process.ts';
import type { AnyOperation, ProcessOperation } from './service.ts';
import { assuming } from './services/sts/assuming.ts';
import { madeCloud } from './testing/made-cloud.ts';
import { allow, policy } from './testing/sandbox.ts';
import type { World } from './world.ts';

const me = '111122223333';
const partner = '444455556666';
const root: AnyCaller = { kind: 'root', accountId: me };
const by = 'ssm.amazonaws.com';
const source = { arn: `arn:aws:ssm:us-east-1:${me}:document/d`, accountId: me };

function process(run: (input: Record<string, unknown>) => Process<object>): ProcessOperation<object, object> {
  return { kind: 'process', permissions: () => [], run: (_account, input) => run(input as Record<string, unknown>) };
}

function emptyWorld(): World {
  const world = newWorld({ accountId: me, region: 'us-east-1' });
  return { ...world, accounts: { ...world.accounts, [partner]: newAccount(partner) } };
}

function requestOf(operation: string, input: object = {}, caller: AnyCaller = root, service = 'ssm'): CallRequest {
  return {
    service,
    operation,
    input: input as CallRequest['input'],
    caller,
    request: { sourceIp: '203.0.113.7', secureTransport: true, userAgent: 'test', region: 'us-east-1' },
    requestId: 'outer',
    realNow: Date.UTC(2026, 0, 5, 12),
  };
}

function go(cloud: Cloud, world: World, request: CallRequest): Performed {
  const performed = perform(cloud, world, request);
  expect(applyPatches(world, [...performed.patches])).toEqual(performed.world);
  return performed;
}

function withOperation(operation: AnyOperation): Cloud {
  return madeCloud({ ListDocuments: operation });
}

/** The world after calls of root that must succeed. */
function after(cloud: Cloud, calls: readonly (readonly [service: string, operation: string, input: object])[]): World {
  return calls.reduce((world, [service, operation, input]) => {
    const { outcome, world: next } = go(cloud, world, requestOf(operation, input, root, service));
    if (outcome.kind === 'error') throw outcome.error;
    return next;
  }, emptyWorld());
}

const createUser = (UserName: string) => ({ service: 'iam', operation: 'CreateUser', input: { UserName } });
const putParameter = { service: 'ssm', operation: 'PutParameter', input: { Name: 'n', Value: 'v', Type: 'String' } };

describe('a process', () => {
  const bea = policy(
    allow(['ssm:ListDocuments', 'iam:CreateUser'], '*', { Condition: { Bool: { 'aws:ViaAWSService': 'true' } } }),
  );
  const cloud = withOperation(
    process(function* () {
      const made = yield* calling({ by, as: { kind: 'caller' }, ...createUser('Sam') });
      const refused = yield* calling({ by, as: { kind: 'caller' }, ...putParameter });
      yield* changing(partner, (account) => {
        account.iam.alias = 'touched';
      });
      return { made: made.kind, refused: refused.kind === 'error' ? refused.error.code : 'ok' };
    }),
  );
  const start = after(cloud, [
    ['iam', 'CreateUser', { UserName: 'Bea' }],
    ['iam', 'PutUserPolicy', { UserName: 'Bea', PolicyName: 'p', PolicyDocument: bea }],
  ]);
  const account = start.accounts[me];
  const caller = account && userCaller(account, 'Bea');
  if (caller === undefined) throw new Error('no Bea');
  const performed = go(cloud, start, requestOf('ListDocuments', {}, caller));

  it('makes calls through the door, and goes on where one is denied', () => {
    expect(performed.outcome).toEqual({ kind: 'ok', output: { made: 'ok', refused: 'AccessDeniedException' } });
    expect(performed.inner.map(({ request, outcome }) => `${request.operation} ${outcome.kind}`)).toEqual([
      'CreateUser ok',
      'PutParameter error',
    ]);
  });

  it('changes several accounts, as one change', () => {
    expect(Object.keys(performed.world.accounts[me]?.iam.users ?? {})).toEqual(['Bea', 'Sam']);
    expect(performed.world.accounts[partner]?.iam.alias).toBe('touched');
  });

  it('says who forwarded a call, and decides it by that', () => {
    const [created] = performed.inner;
    expect(created?.request).toMatchObject({ caller, by: { service: by, calledVia: [by] }, request: { sourceIp: by } });
    expect(created?.decisions[0]?.request.context).toMatchObject({
      'aws:ViaAWSService': 'true',
      'aws:CalledVia': [by],
      'aws:CalledViaLast': by,
    });
    expect(created?.decisions[0]?.request.context).not.toHaveProperty('aws:SourceIp');
    expect(new Set(performed.inner.map(({ request }) => request.requestId)).size).toBe(2);
    // The same call is not Bea's to make by herself.
    const direct = go(cloud, start, requestOf('CreateUser', { UserName: 'Sam' }, caller, 'iam'));
    expect(direct.outcome).toMatchObject({ kind: 'error', error: { code: 'AccessDenied' } });
  });
});

it('an error that a process throws undoes its changes and its inner calls', () => {
  const cloud = withOperation(
    process(function* () {
      yield* calling({ by, as: { kind: 'caller' }, ...createUser('Sam') });
      yield* callingOrThrow({ by, as: { kind: 'caller' }, ...createUser('Sam') });
      return {};
    }),
  );
  const world = emptyWorld();
  const { outcome, inner, patches, ...performed } = go(cloud, world, requestOf('ListDocuments'));
  expect(outcome).toMatchObject({ kind: 'error', error: { code: 'EntityAlreadyExists' } });
  expect(performed.world).toBe(world);
  expect(patches).toEqual([]);
  expect(inner).toHaveLength(2);
});

it("an error in a step is the process's to catch", () => {
  const cloud = withOperation(
    process(function* () {
      try {
        yield* changing(me, (account) => {
          account.iam.alias = 'lost';
          throw new AwsError('Busy', 'busy');
        });
      } catch (error) {
        return { caught: error instanceof AwsError && error.code, alias: (yield* seeing()).accounts[me]?.iam.alias };
      }
      return {};
    }),
  );
  expect(go(cloud, emptyWorld(), requestOf('ListDocuments')).outcome).toEqual({
    kind: 'ok',
    output: { caught: 'Busy', alias: undefined },
  });
});

describe('a role that a service was passed', () => {
  const cloud = withOperation(
    process(function* ({ roleArn }) {
      const now = Date.UTC(2026, 0, 5, 12);
      const assumed = yield* assuming({ by, roleArn: String(roleArn), sessionName: 'work', source, now });
      if (assumed.kind === 'refused') throw assumed.error;
      yield* callingOrThrow({ by, as: { kind: 'session', caller: assumed.caller }, ...createUser('Sam') });
      return { key: assumed.credentials.accessKeyId };
    }),
  );
  const trust = (Condition: object) =>
    policy({ Effect: 'Allow', Principal: { Service: by }, Action: 'sts:AssumeRole', Condition });
  const start = after(cloud, [
    [
      'iam',
      'CreateRole',
      { RoleName: 'Mine', AssumeRolePolicyDocument: trust({ StringEquals: { 'aws:SourceAccount': me } }) },
    ],
    [
      'iam',
      'CreateRole',
      { RoleName: 'Theirs', AssumeRolePolicyDocument: trust({ StringEquals: { 'aws:SourceAccount': partner } }) },
    ],
    ['iam', 'PutRolePolicy', { RoleName: 'Mine', PolicyName: 'p', PolicyDocument: policy(allow('iam:CreateUser')) }],
  ]);
  const roleArn = (name: string) => `arn:aws:iam::${me}:role/${name}`;

  it("is assumed by the trust policy's leave, and acts by its own policies", () => {
    const { outcome, inner, world } = go(cloud, start, requestOf('ListDocuments', { roleArn: roleArn('Mine') }));
    expect(outcome).toMatchObject({ kind: 'ok', output: { key: expect.stringMatching(/^ASIA/) } });
    const [assume, create] = inner;
    expect(assume?.request.caller).toEqual({ kind: 'service', service: by });
    expect(assume?.decisions[0]?.decision).toMatchObject({ verdict: 'allowed', layer: 'trust' });
    expect(create?.request.caller).toMatchObject({
      kind: 'role-session',
      sessionArn: `arn:aws:sts::${me}:assumed-role/Mine/work`,
    });
    expect(create?.decisions[0]?.request.context).toMatchObject({ 'aws:ViaAWSService': 'false' });
    expect(Object.keys(world.accounts[me]?.iam.users ?? {})).toEqual(['Sam']);
  });

  it('is not assumed for a confused deputy', () => {
    const { outcome } = go(cloud, start, requestOf('ListDocuments', { roleArn: roleArn('Theirs') }));
    expect(outcome).toMatchObject({ kind: 'error', error: { code: 'AccessDenied' } });
  });
});

it('services that call each other without end are stopped', () => {
  const cloud = withOperation(
    process(function* () {
      const outcome = yield* calling({
        by,
        as: { kind: 'caller' },
        service: 'ssm',
        operation: 'ListDocuments',
        input: {},
      });
      return outcome.kind === 'error' ? { stopped: outcome.error.code } : (outcome.output as object);
    }),
  );
  const { outcome, inner } = go(cloud, emptyWorld(), requestOf('ListDocuments'));
  expect(outcome).toEqual({ kind: 'ok', output: { stopped: 'ThrottlingException' } });
  expect(inner).toHaveLength(16);
});

describe('code', () => {
  const order: RunOrder = {
    kind: 'shell',
    accountId: me,
    region: 'us-east-1',
    instanceId: 'i-1',
    hostName: 'ip-172-31-0-4.ec2.internal',
    user: 'root',
    directory: '/',
    variables: {},
    script: 'true',
    timeoutMilliseconds: 1000,
  };
  const cloud = withOperation(
    process(function* () {
      yield* calling({ by, as: { kind: 'caller' }, ...createUser('before') });
      const result = yield* running(order);
      yield* changing(me, (account) => {
        account.iam.alias = 'after';
      });
      if (result.kind !== 'finished') throw new AwsError('Failed', 'failed');
      return { output: result.output, users: Object.keys((yield* seeing()).accounts[me]?.iam.users ?? {}) };
    }),
  );
  const finished = { kind: 'finished', output: 'done', log: '', exitCode: 0 } as const;

  it('is not run where a call is tried out, and the process may say so', () => {
    const world = emptyWorld();
    const performed = go(cloud, world, requestOf('ListDocuments'));
    expect(performed.outcome).toMatchObject({ kind: 'error', error: { code: 'ServiceException', status: 500 } });
    expect(performed.world).toBe(world);
  });

  it('divides a process: what was changed before is handed out, and the rest goes on from the world of then', () => {
    const driven = performing(cloud, emptyWorld(), requestOf('ListDocuments'));
    const suspended = driven.next();
    if (suspended.done) throw new Error('It did not stop');
    expect(suspended.value.order).toEqual(order);
    expect(suspended.value.inner).toHaveLength(1);
    expect(applyPatches(emptyWorld(), [...suspended.value.patches])).toEqual(suspended.value.world);
    // Somebody else's call comes in between.
    const meanwhile = go(
      cloud,
      suspended.value.world,
      requestOf('CreateUser', { UserName: 'between' }, root, 'iam'),
    ).world;
    const ended = driven.next({ ran: finished, world: meanwhile });
    if (!ended.done) throw new Error('It did not end');
    expect(ended.value.outcome).toEqual({ kind: 'ok', output: { output: 'done', users: ['before', 'between'] } });
    expect(ended.value.inner).toEqual([]);
    expect(applyPatches(meanwhile, [...ended.value.patches])).toEqual(ended.value.world);
  });

  it('that fails undoes only what came after it', () => {
    const driven = performing(cloud, emptyWorld(), requestOf('ListDocuments'));
    const suspended = driven.next();
    if (suspended.done) throw new Error('It did not stop');
    const ended = driven.next({ ran: { kind: 'timed-out', log: '' }, world: suspended.value.world });
    if (!ended.done) throw new Error('It did not end');
    expect(ended.value.outcome).toMatchObject({ kind: 'error', error: { code: 'Failed' } });
    expect(ended.value.world).toBe(suspended.value.world);
    expect(ended.value.patches).toEqual([]);
  });
});
