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
  userArn,
  userPolicy,
  when,
} from '../documents.ts';
import type { PathRow } from '../row.ts';

const limits = policyArn('Limits');
const toEc2 = trusts({ Service: 'ec2.amazonaws.com' });
const put = (RoleName: string, PolicyDocument: string) => ({ RoleName, PolicyName: 'more', PolicyDocument });

export const row: PathRow = {
  row: '22',
  title: 'An inline policy on any role, and its trust rewritten',
  given: [
    managedPolicy('Limits', allow('sqs:*')),
    ...role('Idle', toEc2),
    ...role('Bounded', toEc2),
    { call: 'iam:PutRolePermissionsBoundary', with: { RoleName: 'Bounded', PermissionsBoundary: limits } },
    ...user('Eve', allow(['iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'])),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'iam:PutRolePolicy', with: put('Idle', everything) },
    {
      call: 'iam:UpdateAssumeRolePolicy',
      with: { RoleName: 'Idle', PolicyDocument: trusts({ AWS: userArn('Eve') }) },
    },
    { call: 'sts:AssumeRole', with: { RoleArn: roleArn('Idle'), RoleSessionName: 'in' }, name: 'idle' },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:idle' },
  fixes: [
    {
      what: 'both only on roles that carry the boundary',
      steps: [
        userPolicy(
          'Eve',
          allow(
            ['iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'],
            '*',
            when('StringEquals', 'iam:PermissionsBoundary', limits),
          ),
        ),
      ],
      stops: 'iam:PutRolePolicy',
    },
  ],
  work: [
    { call: 'iam:PutRolePolicy', as: 'user/Eve', with: put('Bounded', policy(allow('sqs:SendMessage'))) },
    { call: 'iam:UpdateAssumeRolePolicy', as: 'user/Eve', with: { RoleName: 'Bounded', PolicyDocument: toEc2 } },
  ],
};
