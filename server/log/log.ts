/** Structured logs. A line about a request carries its `requestId`; no line carries a secret. */
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

/** What is cut out wherever a careless line would bring it along. */
const SECRETS = [
  'authorization',
  'cookie',
  'secretAccessKey',
  'sessionToken',
  'secret',
  'password',
  'databaseUrl',
  'sessionSecret',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/**
 * The server's log: JSON lines on standard output.
 * @param destination where else the lines go, for tests
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = { level, base: null, redact: { paths: SECRETS, censor: '[secret]' } };
  return destination === undefined ? pino(options) : pino(options, destination);
}
