import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { keptSessionSecret } from './session-secret.ts';

const secret = '5f1c9e0b7a3d48269b6e1f0c8d2a7b4e';

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map((fault) => `${fault.variable} ${fault.fault}`);
    throw error;
  }
  return [];
}

const localstack = { SANDBOX_BACKEND: 'localstack' };

describe('readConfig', () => {
  it('needs nothing on a fresh machine', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      gatewayPort: 4566,
      publicUrl: 'http://127.0.0.1:3000',
      gatewayUrl: 'http://127.0.0.1:4566',
      dataDir: resolve('data'),
      sandboxBackend: 'embedded',
      reserve: { popular: 0, challenges: {} },
      logLevel: 'info',
    });
  });

  it('takes every variable', () => {
    const databaseUrl = 'postgresql://leastwise:pw@db:5432/leastwise';
    expect(
      readConfig({
        HOST: '0.0.0.0',
        PORT: '8080',
        GATEWAY_PORT: '8081',
        PUBLIC_URL: 'https://learn.example.org/',
        GATEWAY_URL: 'https://aws.example.org',
        DATABASE_URL: databaseUrl,
        SESSION_SECRET: secret,
        DATA_DIR: '/var/lib/leastwise',
        LOG_LEVEL: 'warn',
        RESERVE: '2,foundations/playground=20',
        SANDBOX_BACKEND: 'embedded',
      }),
    ).toEqual({
      host: '0.0.0.0',
      port: 8080,
      gatewayPort: 8081,
      publicUrl: 'https://learn.example.org',
      gatewayUrl: 'https://aws.example.org',
      databaseUrl,
      sessionSecret: secret,
      dataDir: '/var/lib/leastwise',
      sandboxBackend: 'embedded',
      reserve: { popular: 2, challenges: { 'foundations/playground': 20 } },
      logLevel: 'warn',
    });
  });

  it.each([
    ['0.0.0.0', 'http://localhost:3000'],
    ['::', 'http://localhost:3000'],
    ['::1', 'http://[::1]:3000'],
    ['10.0.0.7', 'http://10.0.0.7:3000'],
  ])('gives the page at %s the address %s', (host, url) => {
    expect(readConfig({ HOST: host }).publicUrl).toBe(url);
  });

  it.each([
    [{ PORT: '70000' }, 'PORT is "70000"'],
    [{ PORT: '3000x' }, 'PORT is "3000x"'],
    [{ GATEWAY_PORT: '-1' }, 'GATEWAY_PORT is "-1"'],
    [{ PORT: '4566' }, 'GATEWAY_PORT is 4566, as PORT is'],
    [{ PUBLIC_URL: 'learn.example.org' }, 'PUBLIC_URL is "learn.example.org"'],
    [{ PUBLIC_URL: 'https://example.org/learn' }, 'PUBLIC_URL is "https://example.org/learn"'],
    [{ GATEWAY_URL: 'ftp://example.org' }, 'GATEWAY_URL is "ftp://example.org"'],
    [{ SANDBOX_BACKEND: 'moto' }, 'SANDBOX_BACKEND is "moto"'],
    [{ SANDBOX_BACKEND: 'localstack' }, 'LOCALSTACK_URLS is missing, and SANDBOX_BACKEND=localstack needs it'],
    [{ ...localstack, LOCALSTACK_URLS: 'localstack:4566' }, 'LOCALSTACK_URLS is "localstack:4566"'],
    [{ ...localstack, LOCALSTACK_URLS: 'http://a:1,http://a:1/' }, 'LOCALSTACK_URLS is "http://a:1,http://a:1/"'],
    [{ ...localstack, LOCALSTACK_URLS: 'http://a:1', LOCALSTACK_CAPACITY: '0' }, 'LOCALSTACK_CAPACITY is "0"'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"'],
    [{ HOST: 'my host' }, 'HOST is "my host"'],
    [{ SESSION_SECRET: 'short' }, 'SESSION_SECRET has 5 characters'],
    [{ SESSION_SECRET: 'x'.repeat(40) }, 'SESSION_SECRET repeats a few characters'],
    [{ SESSION_SECRET: 'change-me-change-me-change-me-change-me' }, 'SESSION_SECRET is a placeholder'],
    [{ SESSION_SECRET: '<your secret of at least 32 characters>' }, 'SESSION_SECRET is a placeholder'],
    [{ DATABASE_URL: 'postgresql://db/x' }, 'SESSION_SECRET is missing, and DATABASE_URL needs it'],
    [
      { DATABASE_URL: 'mysql://db/x', SESSION_SECRET: secret },
      'DATABASE_URL is not the address of a PostgreSQL database',
    ],
  ])('refuses %j', (env, fault) => {
    expect(faultsOf(env as Record<string, string>)).toEqual([fault]);
  });

  it('takes the addresses of emulators with the backend that needs them', () => {
    const LOCALSTACK_URLS = 'http://a:4566, http://b:4566/';
    expect(readConfig({ ...localstack, LOCALSTACK_URLS, LOCALSTACK_CAPACITY: '40' })).toMatchObject({
      sandboxBackend: 'localstack',
      localstack: { urls: ['http://a:4566', 'http://b:4566'], capacity: 40 },
    });
    expect(readConfig({ LOCALSTACK_URLS: '' })).not.toHaveProperty('localstack');
  });

  it('tells all faults at once, and no secret', () => {
    const env = { PORT: 'a', LOG_LEVEL: 'b', DATABASE_URL: 'http://u:hunter2@db/x', SESSION_SECRET: 'hunter2' };
    expect(faultsOf(env)).toHaveLength(4);
    expect(() => readConfig(env)).toThrow(
      /^The configuration cannot be used:\n {2}PORT is "a": give a port from 1 to 65535\./m,
    );
    expect(() => readConfig(env)).not.toThrow(/hunter2/);
  });

  it('takes an empty variable as one that is not given', () => {
    expect(readConfig({ DATABASE_URL: '', SESSION_SECRET: '', PORT: '' })).toEqual(readConfig({}));
  });
});

describe('keptSessionSecret', () => {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'leastwise-secret-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('makes one for the owner alone, the same for everyone who asks', async () => {
    const dataDir = join(directory, 'data');
    const secrets = await Promise.all([1, 2, 3, 4].map(() => keptSessionSecret(dataDir)));
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/);
    expect((await stat(join(dataDir, 'session-secret'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(dataDir, 'session-secret'), 'utf8')).toBe(`${secrets[0]}\n`);
  });

  it('refuses a file that holds none', async () => {
    await writeFile(join(directory, 'session-secret'), 'oops');
    await expect(keptSessionSecret(directory)).rejects.toThrow(/session-secret has 4 characters: remove the file/);
  });
});
