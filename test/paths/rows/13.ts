import {
  allow,
  managedPolicy,
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

export const row: PathRow = {
  row: '13',
  title: 'A trust policy rewritten',
  given: [
    managedPolicy('Limits', allow('sqs:*')),
    ...role('Admin', toEc2, allow('*')),
    ...role('App', toEc2),
    { call: 'iam:PutRolePermissionsBoundary', with: { RoleName: 'App', PermissionsBoundary: limits } },
    // No sts:AssumeRole is needed: a trust policy that names the caller lets it in.
    ...user('Eve', allow('iam:UpdateAssumeRolePolicy')),
  ],
  attacker: 'user/Eve',
  attack: [
    {
      call: 'iam:UpdateAssumeRolePolicy',
      with: { RoleName: 'Admin', PolicyDocument: trusts({ AWS: userArn('Eve') }) },
    },
    { call: 'sts:AssumeRole', with: { RoleArn: roleArn('Admin'), RoleSessionName: 'in' }, name: 'admin' },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:admin' },
  fixes: [
    {
      what: 'roles by their ARNs',
      steps: [userPolicy('Eve', allow('iam:UpdateAssumeRolePolicy', roleArn('App')))],
      stops: 'iam:UpdateAssumeRolePolicy',
    },
    {
      what: 'only roles that carry the boundary',
      steps: [
        userPolicy(
          'Eve',
          allow('iam:UpdateAssumeRolePolicy', '*', when('StringEquals', 'iam:PermissionsBoundary', limits)),
        ),
      ],
      stops: 'iam:UpdateAssumeRolePolicy',
    },
  ],
  work: [{ call: 'iam:UpdateAssumeRolePolicy', as: 'user/Eve', with: { RoleName: 'App', PolicyDocument: toEc2 } }],
};
