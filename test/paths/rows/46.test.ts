import { afterAll, expect, test } from 'vitest';
import { allow, roleArn, user, userPolicy } from '../documents.ts';
import { hostRole, launches, malice, runsOn } from '../hosts.ts';
import { playRow } from '../play.ts';
import type { PathRow } from '../row.ts';
import { rowFunctions } from '../run-functions.ts';

const swapping = ['iam:RemoveRoleFromInstanceProfile', 'iam:AddRoleToInstanceProfile'];
const swaps = (name: string, from: string, to: string) => [
  { call: 'iam:RemoveRoleFromInstanceProfile', with: { InstanceProfileName: name, RoleName: from } },
  { call: 'iam:AddRoleToInstanceProfile', with: { InstanceProfileName: name, RoleName: to } },
];

const row: PathRow = {
  row: '46',
  title: 'The role in the own instance profile swapped for a strong one',
  given: [
    ...hostRole('Admin', allow('*')),
    ...hostRole('Web', allow('s3:GetObject')),
    ...hostRole('Queue', allow('sqs:SendMessage')),
    launches('box', { IamInstanceProfile: { Name: 'Web' } }),
    ...user('Eve', allow([...swapping, 'iam:PassRole'])),
  ],
  attacker: 'user/Eve',
  attack: [...swaps('Web', 'Web', 'Admin'), runsOn('box', malice)],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'PassRole of the named roles',
      steps: [userPolicy('Eve', allow(swapping), allow('iam:PassRole', roleArn('Queue')))],
      stops: 'iam:AddRoleToInstanceProfile',
    },
    {
      what: 'the named profile only',
      steps: [userPolicy('Eve', allow(swapping, 'arn:aws:iam::*:instance-profile/Queue'), allow('iam:PassRole'))],
      stops: 'iam:RemoveRoleFromInstanceProfile',
    },
  ],
  work: swaps('Queue', 'Queue', 'Queue').map((step) => ({ ...step, as: 'user/Eve' })),
};

const code = rowFunctions();
afterAll(() => code.close());

test(`${row.row}: ${row.title}`, async () => {
  expect.hasAssertions();
  await playRow(row, code.runCode);
}, 120_000);
