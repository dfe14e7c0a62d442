/** A start state with a past: what its views tell, and which of its credentials still work. */
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { World } from '../../cloud/world.ts';
import type { Challenge } from '../challenge.ts';
import type { Check } from '../checks.ts';
import { gradeStage } from '../grade.ts';
import { prepareStart, startedAt } from '../prepared-start.ts';
import { readChallenge } from '../reading/read-challenge.ts';
import { callAs, rootOf } from '../requests.ts';
import { provision } from '../start.ts';
import { accountId, cloud, platform } from '../testing/sandbox.ts';
import type { Variables } from '../variables.ts';

const DAY = 86_400_000;
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }],
};
const everything = {
  PolicyName: 'All',
  PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
};
const resources = {
  Ana: { Type: 'AWS::IAM::User', Properties: { UserName: 'Ana', LoginProfile: { Password: 'Correct-Horse-1' } } },
  OldKey: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'Ana' } } },
  Deploy: {
    Type: 'AWS::IAM::Role',
    Properties: { RoleName: 'Deploy', AssumeRolePolicyDocument: trust, Policies: [everything] },
  },
};

const file = {
  id: 'past',
  title: 'Past',
  track: 'past',
  type: 'investigate',
  level: 1,
  minutes: 5,
  summary: 'What happened.',
  story: 'The key ${OldKey} and the session ${Session.stolen.AccessKeyId} were seen at ${Bucket}.',
  objectives: ['Look back'],
  vary: { Bucket: 'seeds-{digits:4}' },
  you: [{ profile: 'ana', principal: 'user/Ana' }],
  checks: [
    {
      id: 'dead',
      title: 'The session is dead',
      call: { who: 'session/stolen', call: 's3:ListBuckets', ends: 'ExpiredToken' },
    },
    { id: 'off', title: 'The key is off', access: { who: 'key/${OldKey}', cannot: 'iam:GetUser' } },
  ],
};

function read(leastwise: object, change: object = {}) {
  return readChallenge({
    'challenge.yaml': stringify({ ...file, ...change }),
    'account.yaml': stringify({ Metadata: { Leastwise: leastwise }, Resources: resources }),
  });
}

const sessions = { stolen: { assume: 'role/Deploy', session: 'build-7', ago: '2h' } };

function challengeWith(leastwise: object): Challenge {
  const found = read({ sessions, ...leastwise });
  if (found.kind === 'invalid') throw new Error(JSON.stringify(found.problems));
  return found.challenge;
}

async function started(leastwise: object): Promise<{ world: World; variables: Variables }> {
  const variables = { Bucket: 'seeds-1', Flag: 'flag{0}' };
  return provision(challengeWith(leastwise), { accountId, region: 'us-east-1', variables }, platform);
}

function call(world: World, name: string, input: Record<string, unknown> = {}) {
  const [service = '', operation = ''] = name.split(':');
  const { outcome, world: after } = callAs({ world, caller: rootOf(world), service, operation, input }, platform);
  if (outcome.kind === 'error') throw outcome.error;
  return { output: outcome.output as Record<string, never>, world: after };
}

describe('a past', () => {
  it('gives credentials their age and last use, and root its device', async () => {
    const { world, variables } = await started({
      credentials: {
        'user/Ana': { age: '400d', password: { age: '200d', used: '100d' }, mfa: '300d' },
        'role/Deploy': { age: '900d', used: '90d' },
        'key/OldKey': { age: '390d', used: '50d', service: 's3' },
        root: { mfa: '700d', password: { used: '3d' }, key: { age: '800d', used: '600d', service: 'iam' } },
      },
    });
    const generated = call(world, 'iam:GenerateCredentialReport').world;
    const report = new TextDecoder().decode(call(generated, 'iam:GetCredentialReport').output['Content']);
    const [head = '', root = '', ana = ''] = report.split('\n');
    const row = (line: string) => Object.fromEntries(head.split(',').map((name, n) => [name, line.split(',')[n]]));
    const daysAgo = (text = '') => (platform.realNow - Date.parse(text)) / DAY;
    expect(daysAgo(row(ana)['user_creation_time'])).toBe(400);
    expect(daysAgo(row(ana)['password_last_used'])).toBe(100);
    expect(daysAgo(row(ana)['password_last_changed'])).toBe(200);
    expect(row(ana)['mfa_active']).toBe('true');
    expect(daysAgo(row(ana)['access_key_1_last_rotated'])).toBe(390);
    expect(row(ana)['access_key_1_last_used_service']).toBe('s3');
    expect([row(root)['mfa_active'], row(root)['access_key_1_active']]).toEqual(['true', 'true']);
    expect(daysAgo(row(root)['password_last_used'])).toBe(3);
    const { Role } = call(world, 'iam:GetRole', { RoleName: 'Deploy' }).output as unknown as {
      Role: { RoleLastUsed: { LastUsedDate: Date } };
    };
    expect((platform.realNow - Role.RoleLastUsed.LastUsedDate.getTime()) / DAY).toBe(90);
    expect(variables['OldKey']).toBe(
      Object.values(world.accounts[accountId]?.iam.accessKeys ?? {}).find(({ user }) => user === 'Ana')?.id,
    );
    expect(variables['OldKey.SecretAccessKey']).toHaveLength(40);
  });

  it('is one story with the learner’s own calls: events, last uses of keys and roles', async () => {
    const { world, variables } = await started({
      history: [
        {
          who: 'user/Ana',
          key: 'OldKey',
          call: 's3:ListBuckets',
          ago: '30d',
          times: 3,
          every: '1d',
          from: '198.51.100.9',
        },
        {
          who: 'session/stolen',
          call: 's3:GetObject',
          with: { Bucket: '${Bucket}', Key: 'a' },
          ago: '1h',
          ends: 'AccessDenied',
        },
        {
          who: { assume: 'role/Deploy', session: 'nightly' },
          call: 'iam:CreateUser',
          with: { UserName: 'Mallory' },
          ago: '20d',
          answer: { User: { UserName: 'Mallory' } },
        },
      ],
    });
    const { cloudtrail, iam } = world.accounts[accountId] ?? {};
    const told = (cloudtrail?.history ?? []).map(({ at, record }) => [
      (platform.realNow - at) / DAY,
      record.eventName,
      record.sourceIPAddress,
      record.errorCode,
      record.userIdentity.accessKeyId,
    ]);
    const key = variables['OldKey'];
    const session = variables['Session.stolen.AccessKeyId'];
    expect(told).toEqual([
      [1 / 24, 'GetObject', '203.0.113.24', 'AccessDenied', session],
      [20, 'CreateUser', '203.0.113.24', undefined, undefined],
      [28, 'ListBuckets', '198.51.100.9', undefined, key],
      [29, 'ListBuckets', '198.51.100.9', undefined, key],
      [30, 'ListBuckets', '198.51.100.9', undefined, key],
    ]);
    expect(JSON.stringify(cloudtrail?.history)).toContain('seeds-1');
    expect(iam?.accessKeys[key ?? '']?.lastUsed).toMatchObject({ at: platform.realNow - 28 * DAY, service: 's3' });
    expect(iam?.roles['Deploy']?.lastUsed?.at).toBe(platform.realNow - DAY / 24);
    const { Events } = call(world, 'cloudtrail:LookupEvents').output as unknown as { Events: { EventName: string }[] };
    expect(Events.map(({ EventName }) => EventName)).toEqual([
      'CreateUser',
      'ListBuckets',
      'ListBuckets',
      'ListBuckets',
    ]);
  });

  it('has sessions that are alive until they end or are made void, and keys that checks name', async () => {
    const { world, variables } = await started({});
    const grade = async (checks: Check[], at: World = world) =>
      (
        await gradeStage({
          cloud,
          realNow: platform.realNow,
          stage: { id: null, title: '', you: [], restart: false, checks },
          world: at,
          start: async () => world,
          variables,
          answers: {},
          readBlob: () => Promise.reject(new Error('no body')),
        })
      ).map(({ verdict }) => verdict);
    const common = { id: 'a', title: 'A', private: false };
    const ends = (code: string, after?: string): Check => ({
      ...common,
      kind: 'call',
      call: { who: 'session/stolen', call: 's3:ListBuckets', ends: code, ...(after && { after }) },
    });
    expect(await grade([ends('ok'), ends('ok', '9h'), ends('ExpiredToken', '11h')])).toEqual([
      'passed',
      'passed',
      'passed',
    ]);
    const can: Check = { ...common, kind: 'access', access: { who: 'key/${OldKey}', can: 'sts:GetCallerIdentity' } };
    const cannot: Check = { ...common, kind: 'access', access: { who: 'key/${OldKey}', cannot: 'iam:ListUsers' } };
    expect(await grade([cannot])).toEqual(['passed']);
    const gone = call(world, 'iam:DeleteAccessKey', { UserName: 'Ana', AccessKeyId: variables['OldKey'] }).world;
    expect(await grade([can, cannot], gone)).toEqual(['failed', 'passed']);
  });
});

it('tells of sign-ins as the console’s own events, and of the password’s use', async () => {
  const { world } = await started({
    history: [
      { who: 'user/Ana', call: 'console:SignIn', ago: '3d', from: '198.51.100.9' },
      { who: 'user/Ana', call: 'console:SignIn', ago: '2d', ends: 'AuthenticationFailed' },
      { who: 'root', call: 'console:SignIn', ago: '9d' },
    ],
  });
  const { cloudtrail, iam } = world.accounts[accountId] ?? {};
  const told = (cloudtrail?.history ?? []).map(({ record }) => [
    record.eventName,
    record.userIdentity.type,
    record.responseElements?.['ConsoleLogin'],
  ]);
  expect(told).toEqual([
    ['ConsoleLogin', 'IAMUser', 'Failure'],
    ['ConsoleLogin', 'IAMUser', 'Success'],
    ['ConsoleLogin', 'Root', 'Success'],
  ]);
  expect(iam?.users['Ana']?.passwordLastUsed).toBe(platform.realNow - 3 * DAY);
  expect(iam?.rootPasswordLastUsed).toBe(platform.realNow - 9 * DAY);
});

it('can be made ahead: all of its times move to the moment at which it is handed out', async () => {
  const history = [{ who: 'session/stolen', call: 's3:ListBuckets', ago: '1h' }];
  const challenge = challengeWith({ history, credentials: { 'user/Ana': { age: '400d' } } });
  const learner = { accountId, region: 'us-east-1', variables: { Bucket: 'seeds-1', Flag: 'flag{0}' } };
  const prepared = await prepareStart(challenge, learner, platform);
  const later = platform.realNow + 3 * 3_600_000;
  const account = prepared && startedAt(prepared.start, later).accounts[accountId];
  const told = account?.cloudtrail.history[0];
  expect(told?.at).toBe(later - 3_600_000);
  expect(told?.record.eventTime).toBe(new Date(later - 3_600_000).toISOString().replace('.000', ''));
  expect(account?.iam.users['Ana']?.createdAt).toBe(later - 400 * DAY);
});

it('has tokens that an issuer has signed, by a name for texts and files', async () => {
  const claims = { aud: 'sts.amazonaws.com', sub: 'repo:acme/${Bucket}:ref:refs/heads/main' };
  const { variables } = await started({ tokens: { pipeline: { issuer: 'https://ci.example', claims } } });
  const [, payload = ''] = (variables['Token.pipeline'] ?? '').split('.');
  const said = JSON.parse(Buffer.from(payload, 'base64url').toString());
  expect(said).toMatchObject({ iss: 'https://ci.example', sub: 'repo:acme/seeds-1:ref:refs/heads/main' });
  expect(said.exp - said.iat).toBe((90 * DAY) / 1000);
});

describe('what is wrong with a past', () => {
  const past = (leastwise: object, change: object = {}) => {
    const found = read({ sessions, ...leastwise }, change);
    return found.kind === 'ok' ? [] : found.problems.map(({ code, file: where, field }) => `${where} ${field} ${code}`);
  };
  const history = (entry: object) =>
    past({ history: [{ who: 'user/Ana', call: 'iam:ListUsers', ago: '1d', ...entry }] });

  it('nothing, where it is sound', () => {
    expect(past({})).toEqual([]);
    expect(history({})).toEqual([]);
  });

  it.each([
    [history({ call: 'iam:MakeCoffee' }), 'account.yaml /Metadata/Leastwise/history/0/call wrong_value'],
    [history({ with: { Name: 'x' } }), 'account.yaml /Metadata/Leastwise/history/0/with/Name wrong_value'],
    [history({ answer: { Name: 'x' } }), 'account.yaml /Metadata/Leastwise/history/0/answer/Name wrong_value'],
    [history({ who: 'session/other' }), 'account.yaml /Metadata/Leastwise/history/0/who unknown_name'],
    [history({ key: 'NewKey' }), 'account.yaml /Metadata/Leastwise/history/0/key unknown_name'],
    [
      history({ call: 'console:SignIn', who: 'role/Deploy' }),
      'account.yaml /Metadata/Leastwise/history/0/who wrong_value',
    ],
    [history({ call: 'console:SignIn', with: {} }), 'account.yaml /Metadata/Leastwise/history/0/with unknown_field'],
    [history({ times: 3 }), 'account.yaml /Metadata/Leastwise/history/0 missing_field'],
    [history({ ago: 'yesterday' }), 'account.yaml /Metadata/Leastwise/history/0/ago wrong_value'],
    [history({ from: '${Buckte}' }), 'account.yaml /Metadata/Leastwise/history/0/from wrong_value'],
    [
      history({ with: { PathPrefix: '/${Buckte}/' } }),
      'account.yaml /Metadata/Leastwise/history/0/with/PathPrefix unknown_name',
    ],
    [
      past({ credentials: { 'key/NewKey': { age: '1d' } } }),
      'account.yaml /Metadata/Leastwise/credentials/key~1NewKey unknown_name',
    ],
    [
      past({ credentials: { 'role/Deploy': { mfa: '1d' } } }),
      'account.yaml /Metadata/Leastwise/credentials/role~1Deploy/mfa unknown_field',
    ],
    [
      past({ credentials: { 'user/Ana': { password: 'none' } } }),
      'account.yaml /Metadata/Leastwise/credentials/user~1Ana/password wrong_value',
    ],
    [past({ credentials: { Ana: {} } }), 'account.yaml /Metadata/Leastwise/credentials/Ana unknown_field'],
    [past({ yesterday: {} }), 'account.yaml /Metadata/Leastwise/yesterday unknown_field'],
    [past({}, { story: 'The session ${Session.other.AccessKeyId}.' }), 'challenge.yaml /story unknown_name'],
  ])('%#', (problems, expected) => expect(problems).toEqual([expected]));

  it('a check that speaks of a session that is not planted', () => {
    const checks = [{ ...file.checks[0], call: { who: 'session/other', call: 's3:ListBuckets' } }];
    expect(past({}, { checks })).toEqual(['challenge.yaml /checks/0/call/who unknown_name']);
  });

  it('somebody who is not there: told when the start state is made', async () => {
    await expect(started({ credentials: { 'user/Bea': { age: '1d' } } })).rejects.toThrow('There is no user/Bea');
    const entry = { who: 'role/Gone', call: 'iam:ListUsers', ago: '1d' };
    await expect(started({ history: [entry] })).rejects.toThrow('There is no role/Gone');
  });
});
