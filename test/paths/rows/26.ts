import { allow, deny, managedPolicy, policy, policyArn, user } from '../documents.ts';
import type { PathRow } from '../row.ts';

export const row: PathRow = {
  row: '26',
  title: 'The policy deleted that holds one’s deny',
  given: [
    ...user('Eve', allow('*')),
    {
      call: 'iam:PutUserPolicy',
      with: { UserName: 'Eve', PolicyName: 'guard', PolicyDocument: policy(deny('iam:CreateUser')) },
    },
    managedPolicy('Limits', allow('*'), deny(['iam:CreateUser', 'iam:*PermissionsBoundary', 'iam:*PolicyVersion'])),
  ],
  attacker: 'user/Eve',
  attack: [{ call: 'iam:DeleteUserPolicy', with: { UserName: 'Eve', PolicyName: 'guard' } }],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'denies kept in the boundary',
      steps: [
        {
          call: 'iam:PutUserPermissionsBoundary',
          with: { UserName: 'Eve', PermissionsBoundary: policyArn('Limits') },
        },
      ],
      stops: 'iam:CreateUser',
    },
  ],
  work: [{ call: 'iam:ListUsers', as: 'user/Eve' }],
};
