/**
 * The configuration: one schema, read and checked once at the start. Every fault is told at once, with the variable's name,
 * what is wrong with its value and what would be right; the value of a secret is never repeated.
 */
import { resolve } from 'node:path';
import { type Static, type TSchema, Type } from 'typebox';
import { Check } from 'typebox/value';
import { noReserve, readWanted, WantedReserve } from '../reserve/wanted.ts';
import { secretFault } from './session-secret.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const SANDBOX_BACKENDS = ['embedded', 'localstack'] as const;

const Port = Type.Integer({ minimum: 1, maximum: 65_535 });

/** How the server is set up. */
export const Config = Type.Object({
  /** Address that the page and the gateway listen on. */
  host: Type.String({ pattern: '^[0-9A-Za-z.:_-]+$' }),
  port: Port,
  gatewayPort: Port,
  /** Origin at which a browser reaches the page, without a slash at the end. */
  publicUrl: Type.String(),
  /** What a client of the sandboxes is given as its endpoint, without a slash at the end. */
  gatewayUrl: Type.String(),
  /** PostgreSQL. Absent: the embedded database in `dataDir`. */
  databaseUrl: Type.Optional(Type.String()),
  /** Absolute path. */
  dataDir: Type.String({ minLength: 1 }),
  /** What cookies are signed with. Absent: one is made in `dataDir` at the first start. */
  sessionSecret: Type.Optional(Type.String()),
  sandboxBackend: Type.Enum(SANDBOX_BACKENDS),
  /** The emulators that carry sandboxes out; absent with the embedded backend. */
  localstack: Type.Optional(
    Type.Object({
      /** Base addresses, without a slash at the end. */
      urls: Type.Array(Type.String()),
      /** Sandboxes that one run of an emulator takes. */
      capacity: Type.Integer({ minimum: 1, maximum: 10_000 }),
    }),
  ),
  /** Sandboxes that are kept ready for learners to come. */
  reserve: WantedReserve,
  logLevel: Type.Enum(LOG_LEVELS),
});
export type Config = Static<typeof Config>;

/** One variable that stops the start. */
export interface ConfigFault {
  readonly variable: string;
  /** `is "70000"`, `is missing`. */
  readonly fault: string;
  /** `give a port from 1 to 65535`. */
  readonly right: string;
}

/** The configuration cannot be used. The message is for people: one line for each fault. */
export class ConfigError extends Error {
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map(({ variable, fault, right }) => `  ${variable} ${fault}: ${right}.`);
    super(`The configuration cannot be used:\n${lines.join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

interface Variable {
  readonly name: string;
  readonly schema: TSchema;
  readonly convert: (text: string) => unknown;
  readonly right: string;
}

const asText = (text: string) => text;
const asInteger = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);
const portRight = 'give a port from 1 to 65535';

const VARIABLES = {
  host: { name: 'HOST', schema: Config.properties.host, convert: asText, right: 'give an address such as 127.0.0.1' },
  port: { name: 'PORT', schema: Port, convert: asInteger, right: portRight },
  gatewayPort: { name: 'GATEWAY_PORT', schema: Port, convert: asInteger, right: portRight },
  dataDir: { name: 'DATA_DIR', schema: Config.properties.dataDir, convert: resolve, right: 'give a directory' },
  sandboxBackend: {
    name: 'SANDBOX_BACKEND',
    schema: Config.properties.sandboxBackend,
    convert: asText,
    right: `give one of ${SANDBOX_BACKENDS.join(', ')}`,
  },
  localstackCapacity: {
    name: 'LOCALSTACK_CAPACITY',
    schema: Type.Integer({ minimum: 1, maximum: 10_000 }),
    convert: asInteger,
    right: 'give a number of sandboxes from 1 to 10000',
  },
  reserve: {
    name: 'RESERVE',
    schema: WantedReserve,
    convert: readWanted,
    right: 'give numbers up to 500, such as 2,foundations/playground=20',
  },
  logLevel: {
    name: 'LOG_LEVEL',
    schema: Config.properties.logLevel,
    convert: asText,
    right: `give one of ${LOG_LEVELS.join(', ')}`,
  },
} satisfies Record<string, Variable>;

/** A host as a URL has it: the loopback for "every address", brackets around IPv6. */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** The origin of an http(s) address that has nothing behind it; undefined where it is not one. */
function originOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return bare && (url.protocol === 'http:' || url.protocol === 'https:') ? url.origin : undefined;
}

class Reader {
  readonly faults: ConfigFault[] = [];
  readonly #env: Readonly<Record<string, string | undefined>>;

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = env;
  }

  /** The variable's text; an empty one counts as not given, as compose files pass it. */
  text(name: string): string | undefined {
    const text = this.#env[name];
    return text === undefined || text === '' ? undefined : text;
  }

  read<Value>(variable: Variable, fallback: Value): Value {
    const text = this.text(variable.name);
    if (text === undefined) return fallback;
    const value = variable.convert(text);
    if (Check(variable.schema, value)) return value as Value;
    this.faults.push({ variable: variable.name, fault: `is ${JSON.stringify(text)}`, right: variable.right });
    return fallback;
  }

  origin(name: string, fallback: string): string {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const origin = originOf(text);
    if (origin === undefined) {
      const right = `give an origin such as ${fallback}, with nothing after it`;
      this.faults.push({ variable: name, fault: `is ${JSON.stringify(text)}`, right });
    }
    return origin ?? fallback;
  }

  /** Base addresses, divided by commas. */
  emulators(): string[] {
    const name = 'LOCALSTACK_URLS';
    const right =
      'give base addresses divided by commas, such as http://localstack:4566, each once and with nothing after it';
    const text = this.text(name);
    if (text === undefined) {
      this.faults.push({ variable: name, fault: 'is missing, and SANDBOX_BACKEND=localstack needs it', right });
      return [];
    }
    const urls = text.split(',').map((url) => originOf(url.trim()));
    const known = urls.filter((url) => url?.startsWith('http:')) as string[];
    if (known.length < urls.length || new Set(known).size < urls.length) {
      this.faults.push({ variable: name, fault: `is ${JSON.stringify(text)}`, right });
    }
    return known;
  }

  /** May hold a password: its value is never repeated. */
  databaseUrl(): string | undefined {
    const text = this.text('DATABASE_URL');
    if (text === undefined) return undefined;
    const scheme = URL.canParse(text) ? new URL(text).protocol : '';
    if (scheme !== 'postgres:' && scheme !== 'postgresql:') {
      const right = 'give postgresql://user:password@host:5432/database, or leave it out for the embedded database';
      this.faults.push({ variable: 'DATABASE_URL', fault: 'is not the address of a PostgreSQL database', right });
    }
    return text;
  }

  sessionSecret(databaseUrl: string | undefined): string | undefined {
    const secret = this.text('SESSION_SECRET');
    const right = 'give at least 32 random characters, such as `openssl rand -hex 32` prints';
    if (secret === undefined) {
      if (databaseUrl !== undefined) {
        this.faults.push({ variable: 'SESSION_SECRET', fault: 'is missing, and DATABASE_URL needs it', right });
      }
      return undefined;
    }
    const fault = secretFault(secret);
    if (fault !== undefined) this.faults.push({ variable: 'SESSION_SECRET', fault, right });
    return secret;
  }
}

/**
 * Reads the configuration from environment variables.
 * @throws ConfigError with every fault
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const reader = new Reader(env);
  const host = reader.read(VARIABLES.host, '127.0.0.1');
  const port = reader.read<number>(VARIABLES.port, 3000);
  const gatewayPort = reader.read<number>(VARIABLES.gatewayPort, 4566);
  const databaseUrl = reader.databaseUrl();
  const sessionSecret = reader.sessionSecret(databaseUrl);
  const sandboxBackend = reader.read<Config['sandboxBackend']>(VARIABLES.sandboxBackend, 'embedded');
  const capacity = reader.read<number>(VARIABLES.localstackCapacity, 100);
  const config: Config = {
    host,
    port,
    gatewayPort,
    publicUrl: reader.origin('PUBLIC_URL', `http://${hostInUrl(host)}:${port}`),
    gatewayUrl: reader.origin('GATEWAY_URL', `http://127.0.0.1:${gatewayPort}`),
    dataDir: reader.read(VARIABLES.dataDir, resolve('data')),
    sandboxBackend,
    ...(sandboxBackend === 'localstack' && { localstack: { urls: reader.emulators(), capacity } }),
    reserve: reader.read(VARIABLES.reserve, noReserve),
    logLevel: reader.read<Config['logLevel']>(VARIABLES.logLevel, 'info'),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(sessionSecret === undefined ? {} : { sessionSecret }),
  };
  if (port === gatewayPort) {
    reader.faults.push({
      variable: 'GATEWAY_PORT',
      fault: `is ${port}, as PORT is`,
      right: 'give two different ports',
    });
  }
  if (reader.faults.length > 0) throw new ConfigError(reader.faults);
  return config;
}
