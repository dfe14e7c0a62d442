import { allow, everything, managedPolicy, policy, policyArn, user, userArn, userPolicy, when } from '../documents.ts';
import type { PathRow } from '../row.ts';

const limits = policyArn('Limits');
const put = (UserName: string, PolicyDocument: string) => ({ UserName, PolicyName: 'more', PolicyDocument });

export const row: PathRow = {
  row: '8',
  title: 'An inline policy on oneself',
  given: [
    managedPolicy('Limits', allow('sqs:*')),
    ...user('Eve', allow('iam:PutUserPolicy')),
    ...user('Sam'),
    { call: 'iam:PutUserPermissionsBoundary', with: { UserName: 'Sam', PermissionsBoundary: limits } },
  ],
  attacker: 'user/Eve',
  attack: [{ call: 'iam:PutUserPolicy', with: put('Eve', everything) }],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'only on users who carry the boundary',
      steps: [
        userPolicy(
          'Eve',
          allow('iam:PutUserPolicy', userArn('*'), when('StringEquals', 'iam:PermissionsBoundary', limits)),
        ),
      ],
      stops: 'iam:PutUserPolicy',
    },
  ],
  work: [{ call: 'iam:PutUserPolicy', as: 'user/Eve', with: put('Sam', policy(allow('sqs:SendMessage'))) }],
};
