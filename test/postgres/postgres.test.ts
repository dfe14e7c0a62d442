/** The same platform on PostgreSQL: migrations, work that outlives the process, and no start without a secret. */
import { randomBytes } from 'node:crypto';
import {
  CreateUserCommand,
  GetAccountAuthorizationDetailsCommand,
  IAMClient,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../command.ts';
import { profileOf, type RunningPlatform, startPlatform, Visitor } from '../platform.ts';

const server = process.env['POSTGRES_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/postgres';
const name = `leastwise_test_${randomBytes(4).toString('hex')}`;
const databaseUrl = Object.assign(new URL(server), { pathname: `/${name}` }).href;
const environment = { DATABASE_URL: databaseUrl, SESSION_SECRET: randomBytes(32).toString('hex') };

async function asAdministrator(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}

let platform: RunningPlatform | undefined;
beforeAll(() => asAdministrator(`CREATE DATABASE ${name}`));
afterAll(async () => {
  await platform?.stop();
  await asAdministrator(`DROP DATABASE ${name} WITH (FORCE)`);
});

test('two processes that start at once on an empty database both come up', async () => {
  const [first, second] = await Promise.all([startPlatform(environment), startPlatform(environment)]);
  await second.stop();
  platform = first;
});

test('an acknowledged change outlives kill -9', async () => {
  if (platform === undefined) throw new Error('the platform did not start');
  const visitor = new Visitor(platform.url);
  const attempt = await visitor.open('foundations/playground');
  const { accessKeyId, secretAccessKey } = profileOf(attempt.sandbox, 'admin');
  const credentials = { accessKeyId, secretAccessKey };
  const client = new IAMClient({ region: 'us-east-1', endpoint: platform.gatewayUrl, credentials, maxAttempts: 1 });
  const names = Array.from({ length: 20 }, (_, index) => `user-${index}`);
  await Promise.all(names.map((UserName) => client.send(new CreateUserCommand({ UserName }))));
  const { port } = new URL(platform.url);
  const gateway = new URL(platform.gatewayUrl);
  await platform.kill();
  platform = await startPlatform({ ...environment, PORT: port, GATEWAY_PORT: gateway.port });
  const { Users } = await client.send(new ListUsersCommand({}));
  expect(Users?.map((user) => user.UserName)).toEqual(expect.arrayContaining(names));
  const again = await visitor.open('foundations/playground');
  expect(again.id).toBe(attempt.id);
});

test('a sandbox goes on, unchanged, in a second process after the first has ended', async () => {
  if (platform === undefined) throw new Error('the platform did not start');
  const visitor = new Visitor(platform.url);
  const attempt = await visitor.open('foundations/playground');
  await visitor.request('POST', `/api/attempts/${attempt.id}/clock`, { by: '1d' });
  const { accessKeyId, secretAccessKey } = profileOf(attempt.sandbox, 'admin');
  const clientOf = (endpoint: string) =>
    new IAMClient({ region: 'us-east-1', endpoint, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 });
  const described = async (endpoint: string) => {
    const { $metadata, ...details } = await clientOf(endpoint).send(new GetAccountAuthorizationDetailsCommand({}));
    return details;
  };
  await clientOf(platform.gatewayUrl).send(new CreateUserCommand({ UserName: 'before' }));
  const sts = new STSClient({
    region: 'us-east-1',
    endpoint: platform.gatewayUrl,
    credentials: { accessKeyId, secretAccessKey },
  });
  const { Credentials: session } = await sts.send(new GetSessionTokenCommand({}));
  const before = await described(platform.gatewayUrl);
  await platform.stop();

  // On other ports and with a data directory of its own: the database is all that both know.
  platform = await startPlatform(environment);
  const again = await new Visitor(platform.url, visitor.cookie).open('foundations/playground');
  expect(again.id).toBe(attempt.id);
  expect(again.clock.ahead).toBe(86_400_000);
  expect(await described(platform.gatewayUrl)).toEqual(before);
  const asSession = new STSClient({
    region: 'us-east-1',
    endpoint: platform.gatewayUrl,
    credentials: {
      accessKeyId: session?.AccessKeyId ?? '',
      secretAccessKey: session?.SecretAccessKey ?? '',
      sessionToken: session?.SessionToken ?? '',
    },
  });
  expect((await asSession.send(new GetCallerIdentityCommand({}))).Arn).toMatch(/:user\/Admin$/);
  await clientOf(platform.gatewayUrl).send(new CreateUserCommand({ UserName: 'after' }));
  // And back: the second process undoes what it did, and then what the first one did.
  const there = new Visitor(platform.url, visitor.cookie);
  for (const user of ['after', 'before']) {
    await there.request('POST', `/api/attempts/${attempt.id}/rewind`, {});
    const { Users } = await clientOf(platform.gatewayUrl).send(new ListUsersCommand({}));
    expect(Users?.map(({ UserName }) => UserName)).not.toContain(user);
  }
});

test('the start is refused without a secret, and with a placeholder', async () => {
  for (const secret of [undefined, 'changeme', 'secret']) {
    const env = {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: databaseUrl,
      ...(secret === undefined ? {} : { SESSION_SECRET: secret }),
    };
    const outcome = await run(process.execPath, ['dist/server/main.js'], { env });
    expect(outcome.status).toBe(1);
    expect(outcome.stderr + outcome.stdout).toContain('SESSION_SECRET');
    expect(outcome.stderr + outcome.stdout).not.toContain('changeme');
  }
});
