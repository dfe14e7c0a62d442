import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { services } from '../../cloud/services/index.ts';
import { carriedNames, carriedServices, keptServices } from '../../server/sandboxes/backends/localstack/carried.ts';
import type { CarriedService } from '../../server/sandboxes/backends/localstack/carried-service.ts';
import { cases } from './all-cases.ts';
import { knownDifferences } from './known-differences.ts';
import { withMatrix } from './matrix.ts';

test('docs/backends.md has the matrix as it is (npm run generate:docs)', async () => {
  const document = await readFile(new URL('../../docs/backends.md', import.meta.url), 'utf8');
  expect(withMatrix(document)).toBe(document);
});

test('every service is carried, or kept for a reason', () => {
  const told = [...carriedNames, ...Object.keys(keptServices)].sort();
  expect(told).toEqual(Object.keys(services).sort());
});

test('no table speaks of an operation that there is not', () => {
  for (const name of carriedNames) {
    const { operations, kept }: CarriedService = carriedServices[name];
    const offered = Object.keys(services[name]?.operations ?? {});
    const told = [...Object.keys(operations), ...Object.keys(kept).filter((operation) => operation !== '*')];
    expect(offered).toEqual(expect.arrayContaining(told));
  }
});

test('every operation that LocalStack carries is in a case', () => {
  const called = new Set(cases.flatMap(({ steps }) => steps.map(({ call }) => call)));
  const carried = carriedNames.flatMap((name) =>
    Object.keys(carriedServices[name].operations).map((operation) => `${name}:${operation}`),
  );
  expect(carried.filter((operation) => !called.has(operation))).toEqual([]);
});

test('no known difference is in what decides', () => {
  const decide = /^(?:iam|sts)$/;
  expect(knownDifferences.filter(({ service }) => decide.test(service))).toEqual([]);
});
