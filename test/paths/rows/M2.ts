import {
  ADMINISTRATOR,
  allow,
  managedPolicy,
  policyArn,
  roleArn,
  trusts,
  user,
  userArn,
  userPolicy,
  when,
} from '../documents.ts';
import type { PathRow } from '../row.ts';

const limits = policyArn('Limits');

export const row: PathRow = {
  row: 'M2',
  title: 'A role made that trusts oneself',
  given: [managedPolicy('Limits', allow('sqs:*')), ...user('Eve', allow(['iam:CreateRole', 'iam:AttachRolePolicy']))],
  attacker: 'user/Eve',
  attack: [
    {
      call: 'iam:CreateRole',
      with: { RoleName: 'Mine', AssumeRolePolicyDocument: trusts({ AWS: userArn('Eve') }) },
    },
    { call: 'iam:AttachRolePolicy', with: { RoleName: 'Mine', PolicyArn: ADMINISTRATOR } },
    { call: 'sts:AssumeRole', with: { RoleArn: roleArn('Mine'), RoleSessionName: 'in' }, name: 'mine' },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:mine' },
  fixes: [
    {
      what: 'every role with the boundary',
      steps: [
        userPolicy(
          'Eve',
          allow(
            ['iam:CreateRole', 'iam:AttachRolePolicy'],
            '*',
            when('StringEquals', 'iam:PermissionsBoundary', limits),
          ),
        ),
      ],
      stops: 'iam:CreateRole',
    },
  ],
  work: [
    {
      call: 'iam:CreateRole',
      as: 'user/Eve',
      with: {
        RoleName: 'Task',
        AssumeRolePolicyDocument: trusts({ Service: 'ec2.amazonaws.com' }),
        PermissionsBoundary: limits,
      },
    },
    { call: 'iam:DeleteRole', with: { RoleName: 'Task' } },
  ],
};
