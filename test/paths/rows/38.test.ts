import { afterAll, expect, test } from 'vitest';
import { allow, roleArn, user, userArn, userPolicy, when } from '../documents.ts';
import { functionRoles, gain, invoke, makeFunction, maliciousPackage } from '../functions.ts';
import { playRow } from '../play.ts';
import type { PathRow } from '../row.ts';
import { rowFunctions } from '../run-functions.ts';

const calls = allow(['lambda:CreateFunction', 'lambda:AddPermission']);
const grant = (FunctionName: string, Principal: string, StatementId: string) => ({
  FunctionName,
  StatementId,
  Action: 'lambda:InvokeFunction',
  Principal,
});

const row: PathRow = {
  row: '38',
  title: 'A role passed to a new function, whose policy lets its maker invoke it',
  given: [...functionRoles, ...user('Eve', calls, allow('iam:PassRole'))],
  attacker: 'user/Eve',
  attack: [
    makeFunction('mole', 'user/Eve', 'Admin', maliciousPackage),
    { call: 'lambda:AddPermission', with: grant('mole', userArn('Eve'), 'me') },
    invoke('mole', 'user/Eve'),
  ],
  gain,
  fixes: [
    {
      what: 'PassRole of the named role, to Lambda',
      steps: [
        userPolicy(
          'Eve',
          calls,
          allow('iam:PassRole', roleArn('Worker'), when('StringEquals', 'iam:PassedToService', 'lambda.amazonaws.com')),
        ),
      ],
      stops: 'lambda:CreateFunction',
    },
    {
      what: 'permissions for services only',
      steps: [
        userPolicy(
          'Eve',
          allow(['lambda:CreateFunction', 'iam:PassRole']),
          allow('lambda:AddPermission', '*', when('StringLike', 'lambda:Principal', '*.amazonaws.com')),
        ),
      ],
      stops: 'lambda:AddPermission',
    },
  ],
  work: [
    makeFunction('report', 'user/Eve', 'Worker'),
    { call: 'lambda:AddPermission', as: 'user/Eve', with: grant('report', 'events.amazonaws.com', 'nightly') },
    { call: 'lambda:DeleteFunction', with: { FunctionName: 'report' } },
  ],
};

const functions = rowFunctions();
afterAll(() => functions.close());

test(`${row.row}: ${row.title}`, async () => {
  expect.hasAssertions();
  await playRow(row, functions.runCode);
}, 120_000);
