import { DriverAdapterError } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { expect, it } from 'vitest';
import { isDatabaseUnavailable } from './unavailable.ts';

const refused = await new pg.Client({ connectionString: 'postgresql://u@127.0.0.1:1/x' }).connect().then(
  () => expect.fail('something answers on port 1'),
  (error: unknown) => error,
);

it.each<[string, unknown]>([
  ['nobody listens', refused],
  ['the adapter was refused', new DriverAdapterError({ kind: 'DatabaseNotReachable', host: 'h', port: 1 })],
  ['the connection was cut', new Error('Connection terminated unexpectedly')],
  ['the client of Prisma lost its connection', Object.assign(new Error('closed'), { code: 'P1017' })],
  ['it stops', Object.assign(new Error('terminating connection'), { code: '57P01' })],
  ['it starts', new Error('wrapped', { cause: { originalCode: '57P03' } })],
  [
    'deep within',
    Object.assign(new Error('P2010'), { meta: { driverAdapterError: { cause: { kind: 'ConnectionClosed' } } } }),
  ],
])('is told from a fault of ours: %s', (_what, error) => {
  expect(isDatabaseUnavailable(error)).toBe(true);
});

it.each<[string, unknown]>([
  ['a row that is there', new DriverAdapterError({ kind: 'UniqueConstraintViolation' })],
  ['a bad statement', Object.assign(new Error('syntax error'), { code: '42601' })],
  ['a fault', new TypeError('x is not a function')],
  ['nothing', undefined],
])('is not: %s', (_what, error) => {
  expect(isDatabaseUnavailable(error)).toBe(false);
});
