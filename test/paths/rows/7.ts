import {
  allow,
  everything,
  managedPolicy,
  policy,
  policyArn,
  role,
  roleArn,
  rolePolicy,
  trusts,
  when,
} from '../documents.ts';
import type { PathRow } from '../row.ts';

const limits = policyArn('Limits');
const put = (RoleName: string, PolicyDocument: string) => ({ RoleName, PolicyName: 'more', PolicyDocument });

export const row: PathRow = {
  row: '7',
  title: 'An inline policy on the role that one is',
  given: [
    managedPolicy('Limits', allow('sqs:*')),
    ...role('Worker', trusts({ Service: 'ec2.amazonaws.com' }), allow('iam:PutRolePolicy')),
    ...role('App', trusts({ Service: 'ec2.amazonaws.com' })),
    { call: 'iam:PutRolePermissionsBoundary', with: { RoleName: 'App', PermissionsBoundary: limits } },
  ],
  attacker: 'role/Worker',
  attack: [{ call: 'iam:PutRolePolicy', with: put('Worker', everything) }],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'only on roles that carry the boundary',
      steps: [
        rolePolicy(
          'Worker',
          allow('iam:PutRolePolicy', roleArn('*'), when('StringEquals', 'iam:PermissionsBoundary', limits)),
        ),
      ],
      stops: 'iam:PutRolePolicy',
    },
  ],
  work: [{ call: 'iam:PutRolePolicy', as: 'role/Worker', with: put('App', policy(allow('sqs:SendMessage'))) }],
};
