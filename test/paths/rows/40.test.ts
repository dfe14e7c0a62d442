import { afterAll, expect, test } from 'vitest';
import { allow, user, userArn, userPolicy } from '../documents.ts';
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

const overwrite = { FunctionName: 'nightly', ZipFile: maliciousPackage };

/** The second action lets the code run at once: by itself, or by way of the function's policy. */
function rowOf(second: 'InvokeFunction' | 'AddPermission'): PathRow {
  const actions = ['lambda:UpdateFunctionCode', `lambda:${second}`];
  const grant = {
    FunctionName: 'nightly',
    StatementId: 'me',
    Action: 'lambda:InvokeFunction',
    Principal: userArn('Eve'),
  };
  return {
    row: '40',
    title: `The code of a function overwritten, and run by ${second}`,
    given: [
      ...functionRoles,
      makeFunction('nightly', 'root', 'Admin'),
      makeFunction('app-shop', 'root', 'Worker'),
      ...user('Eve', allow(actions)),
    ],
    attacker: 'user/Eve',
    attack: [
      { call: 'lambda:UpdateFunctionCode', with: overwrite },
      ...(second === 'AddPermission' ? [{ call: 'lambda:AddPermission', with: grant }] : []),
      invoke('nightly', 'user/Eve'),
    ],
    gain,
    fixes: [
      {
        what: 'the functions of her application only',
        steps: [userPolicy('Eve', allow(actions, functionArn('app-*')))],
        stops: 'lambda:UpdateFunctionCode',
      },
    ],
    work: [
      {
        call: 'lambda:UpdateFunctionCode',
        as: 'user/Eve',
        with: { FunctionName: 'app-shop', ZipFile: harmlessPackage },
      },
      invoke('nightly', 'root'),
    ],
  };
}

const functions = rowFunctions();
afterAll(() => functions.close());

test.each(['InvokeFunction', 'AddPermission'] as const)('40: by %s', { timeout: 120_000 }, async (second) => {
  expect.hasAssertions();
  await playRow(rowOf(second), functions.runCode);
});
