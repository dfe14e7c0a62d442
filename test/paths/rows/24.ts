import { allow, deny, managedPolicy, policyArn, role, roleArn, trusts, user, userPolicy } from '../documents.ts';
import type { PathRow } from '../row.ts';

export const row: PathRow = {
  row: '24',
  title: 'A role’s boundary removed, and the role assumed',
  given: [
    managedPolicy('Limits', allow('sqs:*')),
    ...role('App', trusts({ AWS: '111122223333' }), allow('*')),
    { call: 'iam:PutRolePermissionsBoundary', with: { RoleName: 'App', PermissionsBoundary: policyArn('Limits') } },
    ...user('Eve', allow(['iam:DeleteRolePermissionsBoundary', 'sts:AssumeRole'])),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'iam:DeleteRolePermissionsBoundary', with: { RoleName: 'App' } },
    { call: 'sts:AssumeRole', with: { RoleArn: roleArn('App'), RoleSessionName: 'in' }, name: 'app' },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:app' },
  fixes: [
    {
      what: 'a deny in the holder’s own policy: the target’s boundary does not limit the caller',
      steps: [
        userPolicy(
          'Eve',
          allow(['iam:DeleteRolePermissionsBoundary', 'sts:AssumeRole']),
          deny('iam:DeleteRolePermissionsBoundary'),
        ),
      ],
      stops: 'iam:DeleteRolePermissionsBoundary',
    },
  ],
  work: [{ call: 'sts:AssumeRole', as: 'user/Eve', with: { RoleArn: roleArn('App'), RoleSessionName: 'work' } }],
};
