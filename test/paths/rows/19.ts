import { allow, everything, managedPolicy, policy, policyArn, user, userPolicy, when } from '../documents.ts';
import type { PathRow } from '../row.ts';

const limits = policyArn('Limits');
const put = (UserName: string, PolicyDocument: string) => ({ UserName, PolicyName: 'more', PolicyDocument });

export const row: PathRow = {
  row: '19',
  title: 'An inline policy on another user, and a key for it',
  given: [
    managedPolicy('Limits', allow('sqs:*')),
    ...user('Sam'),
    ...user('Kim'),
    { call: 'iam:PutUserPermissionsBoundary', with: { UserName: 'Kim', PermissionsBoundary: limits } },
    ...user('Eve', allow(['iam:PutUserPolicy', 'iam:CreateAccessKey'])),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'iam:PutUserPolicy', with: put('Sam', everything) },
    { call: 'iam:CreateAccessKey', with: { UserName: 'Sam' }, name: 'key' },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:key' },
  fixes: [
    {
      what: 'only on users who carry the boundary',
      steps: [
        userPolicy(
          'Eve',
          allow('iam:CreateAccessKey'),
          allow('iam:PutUserPolicy', '*', when('StringEquals', 'iam:PermissionsBoundary', limits)),
        ),
      ],
      stops: 'iam:PutUserPolicy',
    },
  ],
  work: [{ call: 'iam:PutUserPolicy', as: 'user/Eve', with: put('Kim', policy(allow('sqs:SendMessage'))) }],
};
