import { afterAll, expect, test } from 'vitest';
import { allow, user, userPolicy } from '../documents.ts';
import {
  functionArn,
  functionRoles,
  gain,
  harmlessPackage,
  invoke,
  makeFunction,
  maliciousPackage,
} from '../functions.ts';
import { playRow } from '../play.ts';
import type { PathRow } from '../row.ts';
import { rowFunctions } from '../run-functions.ts';

const row: PathRow = {
  row: '39',
  title: 'The code of a function overwritten, and its next run awaited',
  given: [
    ...functionRoles,
    makeFunction('nightly', 'root', 'Admin'),
    makeFunction('app-shop', 'root', 'Worker'),
    ...user('Eve', allow('lambda:UpdateFunctionCode')),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'lambda:UpdateFunctionCode', with: { FunctionName: 'nightly', ZipFile: maliciousPackage } },
    invoke('nightly', 'root'),
  ],
  gain,
  fixes: [
    {
      what: 'the functions of her application only',
      steps: [userPolicy('Eve', allow('lambda:UpdateFunctionCode', functionArn('app-*')))],
      stops: 'lambda:UpdateFunctionCode',
    },
  ],
  work: [
    {
      call: 'lambda:UpdateFunctionCode',
      as: 'user/Eve',
      with: { FunctionName: 'app-shop', ZipFile: harmlessPackage },
    },
    invoke('app-shop', 'root'),
  ],
};

const functions = rowFunctions();
afterAll(() => functions.close());

test(`${row.row}: ${row.title}`, async () => {
  expect.hasAssertions();
  await playRow(row, functions.runCode);
}, 120_000);
