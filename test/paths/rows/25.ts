import { ADMINISTRATOR, allow, managedPolicy, policy, policyArn, user, when } from '../documents.ts';
import type { PathRow } from '../row.ts';

const limits = policyArn('Limits');

export const row: PathRow = {
  row: '25',
  title: 'One’s boundary exchanged for a wide policy',
  given: [
    managedPolicy('Limits', allow(['iam:PutUserPermissionsBoundary', 'iam:GetUser'])),
    ...user('Eve', allow('*')),
    { call: 'iam:PutUserPermissionsBoundary', with: { UserName: 'Eve', PermissionsBoundary: limits } },
    ...user('Sam'),
  ],
  attacker: 'user/Eve',
  attack: [
    {
      call: 'iam:PutUserPermissionsBoundary',
      with: { UserName: 'Eve', PermissionsBoundary: ADMINISTRATOR },
    },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'the boundary that may be set is named',
      steps: [
        {
          call: 'iam:CreatePolicyVersion',
          with: {
            PolicyArn: limits,
            PolicyDocument: policy(
              allow('iam:GetUser'),
              allow('iam:PutUserPermissionsBoundary', '*', when('StringEquals', 'iam:PermissionsBoundary', limits)),
            ),
            SetAsDefault: true,
          },
        },
      ],
      stops: 'iam:PutUserPermissionsBoundary',
    },
  ],
  work: [
    {
      call: 'iam:PutUserPermissionsBoundary',
      as: 'user/Eve',
      with: { UserName: 'Sam', PermissionsBoundary: limits },
    },
  ],
};
