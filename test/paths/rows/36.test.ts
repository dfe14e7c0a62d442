import { afterAll, expect, test } from 'vitest';
import { allow, roleArn, trusts, user, userPolicy, when } from '../documents.ts';
import { functionRoles, gain, invoke, makeFunction, maliciousPackage } from '../functions.ts';
import { playRow } from '../play.ts';
import type { PathRow } from '../row.ts';
import { rowFunctions } from '../run-functions.ts';

const calls = allow(['lambda:CreateFunction', 'lambda:InvokeFunction']);
const toLambda = when('StringEquals', 'iam:PassedToService', 'lambda.amazonaws.com');

const row: PathRow = {
  row: '36',
  title: 'A role passed to a new function, which is invoked',
  given: [...functionRoles, ...user('Eve', calls, allow('iam:PassRole'))],
  attacker: 'user/Eve',
  attack: [makeFunction('mole', 'user/Eve', 'Admin', maliciousPackage), invoke('mole', 'user/Eve')],
  gain,
  fixes: [
    {
      what: 'PassRole of the named role, to Lambda',
      steps: [userPolicy('Eve', calls, allow('iam:PassRole', roleArn('Worker'), toLambda))],
      stops: 'lambda:CreateFunction',
    },
    {
      what: 'a role that trusts another service only',
      steps: [
        {
          call: 'iam:UpdateAssumeRolePolicy',
          with: { RoleName: 'Admin', PolicyDocument: trusts({ Service: 'ec2.amazonaws.com' }) },
        },
      ],
      stops: 'lambda:CreateFunction',
      by: 'InvalidParameterValueException',
    },
  ],
  work: [
    makeFunction('report', 'user/Eve', 'Worker'),
    invoke('report', 'user/Eve'),
    { call: 'lambda:DeleteFunction', with: { FunctionName: 'report' } },
  ],
};

const functions = rowFunctions();
afterAll(() => functions.close());

test(`${row.row}: ${row.title}`, async () => {
  expect.hasAssertions();
  await playRow(row, functions.runCode);
}, 120_000);
