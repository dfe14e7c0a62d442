import {
  allow,
  everything,
  managedPolicy,
  policy,
  policyArn,
  role,
  roleArn,
  trusts,
  user,
  userPolicy,
  when,
} from '../documents.ts';
import type { PathRow } from '../row.ts';

const limits = policyArn('Limits');
const put = (RoleName: string, PolicyDocument: string) => ({ RoleName, PolicyName: 'more', PolicyDocument });

export const row: PathRow = {
  row: '18',
  title: 'An inline policy on a role that one can assume',
  given: [
    managedPolicy('Limits', allow('sqs:*')),
    ...role('App', trusts({ AWS: '111122223333' })),
    ...role('Bounded', trusts({ Service: 'ec2.amazonaws.com' })),
    { call: 'iam:PutRolePermissionsBoundary', with: { RoleName: 'Bounded', PermissionsBoundary: limits } },
    ...user('Eve', allow(['iam:PutRolePolicy', 'sts:AssumeRole'])),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'iam:PutRolePolicy', with: put('App', everything) },
    { call: 'sts:AssumeRole', with: { RoleArn: roleArn('App'), RoleSessionName: 'in' }, name: 'app' },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:app' },
  fixes: [
    {
      what: 'only on roles that carry the boundary',
      steps: [
        userPolicy(
          'Eve',
          allow('sts:AssumeRole'),
          allow('iam:PutRolePolicy', '*', when('StringEquals', 'iam:PermissionsBoundary', limits)),
        ),
      ],
      stops: 'iam:PutRolePolicy',
    },
  ],
  work: [
    { call: 'iam:PutRolePolicy', as: 'user/Eve', with: put('Bounded', policy(allow('sqs:SendMessage'))) },
    { call: 'sts:AssumeRole', as: 'user/Eve', with: { RoleArn: roleArn('App'), RoleSessionName: 'work' } },
  ],
};
