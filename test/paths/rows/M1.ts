import { allow, deny, everything, managedPolicy, policy, policyArn, user } from '../documents.ts';
import type { PathRow } from '../row.ts';

const limits = policyArn('Limits');

export const row: PathRow = {
  row: 'M1',
  title: 'The policy edited that is one’s boundary',
  given: [
    managedPolicy('Limits', allow(['iam:CreatePolicyVersion', 'iam:GetUser'])),
    ...user('Eve', allow('*')),
    { call: 'iam:PutUserPermissionsBoundary', with: { UserName: 'Eve', PermissionsBoundary: limits } },
  ],
  attacker: 'user/Eve',
  attack: [
    {
      call: 'iam:CreatePolicyVersion',
      with: { PolicyArn: limits, PolicyDocument: everything, SetAsDefault: true },
    },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'the boundary keeps its versions from its holders',
      steps: [
        {
          call: 'iam:CreatePolicyVersion',
          with: {
            PolicyArn: limits,
            PolicyDocument: policy(
              allow(['iam:CreatePolicyVersion', 'iam:GetUser']),
              deny(['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion', 'iam:DeletePolicyVersion'], limits),
            ),
            SetAsDefault: true,
          },
        },
      ],
      stops: 'iam:CreatePolicyVersion',
    },
  ],
  work: [{ call: 'iam:GetUser', as: 'user/Eve' }],
};
