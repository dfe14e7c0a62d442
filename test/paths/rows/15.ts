import {
  ADMINISTRATOR,
  allow,
  managedPolicy,
  policyArn,
  role,
  roleArn,
  trusts,
  user,
  userPolicy,
  when,
} from '../documents.ts';
import type { PathRow } from '../row.ts';

const reports = policyArn('Reports');

export const row: PathRow = {
  row: '15',
  title: 'A role strengthened that one can assume',
  given: [
    managedPolicy('Reports', allow('s3:GetObject')),
    ...role('App', trusts({ AWS: '111122223333' })),
    ...user('Eve', allow(['iam:AttachRolePolicy', 'sts:AssumeRole'])),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'iam:AttachRolePolicy', with: { RoleName: 'App', PolicyArn: ADMINISTRATOR } },
    { call: 'sts:AssumeRole', with: { RoleArn: roleArn('App'), RoleSessionName: 'in' }, name: 'app' },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:app' },
  fixes: [
    {
      what: 'a list of policies that may be attached',
      steps: [
        userPolicy(
          'Eve',
          allow('sts:AssumeRole'),
          allow('iam:AttachRolePolicy', '*', when('ArnEquals', 'iam:PolicyARN', reports)),
        ),
      ],
      stops: 'iam:AttachRolePolicy',
    },
  ],
  work: [
    { call: 'iam:AttachRolePolicy', as: 'user/Eve', with: { RoleName: 'App', PolicyArn: reports } },
    { call: 'sts:AssumeRole', as: 'user/Eve', with: { RoleArn: roleArn('App'), RoleSessionName: 'work' } },
  ],
};
