/** The same platform on PostgreSQL: migrations, work that outlives the process, and no start without a secret. */
import { randomBytes } from 'node:crypto';
import { CreateUserCommand, IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
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
