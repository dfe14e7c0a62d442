import { allow, deny, managedPolicy, policy, policyArn, user } from '../documents.ts';
import type { PathRow } from '../row.ts';

const limits = policyArn('Limits');

export const row: PathRow = {
  row: '23',
  title: 'One’s own boundary removed',
  given: [
    managedPolicy('Limits', allow(['iam:DeleteUserPermissionsBoundary', 'iam:GetUser'])),
    ...user('Eve', allow('*')),
    { call: 'iam:PutUserPermissionsBoundary', with: { UserName: 'Eve', PermissionsBoundary: limits } },
  ],
  attacker: 'user/Eve',
  attack: [{ call: 'iam:DeleteUserPermissionsBoundary', with: { UserName: 'Eve' } }],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'a deny in the boundary itself',
      steps: [
        {
          call: 'iam:CreatePolicyVersion',
          with: {
            PolicyArn: limits,
            PolicyDocument: policy(
              allow('iam:*UserPermissionsBoundary'),
              allow('iam:GetUser'),
              deny('iam:DeleteUserPermissionsBoundary'),
            ),
            SetAsDefault: true,
          },
        },
      ],
      stops: 'iam:DeleteUserPermissionsBoundary',
    },
  ],
  work: [{ call: 'iam:GetUser', as: 'user/Eve' }],
};
