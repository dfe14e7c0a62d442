import {
  ADMINISTRATOR,
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
  row: '20',
  title: 'A policy attached to any role, and its trust rewritten',
  given: [
    managedPolicy('Limits', allow('sqs:*')),
    managedPolicy('Reports', allow('s3:GetObject')),
    ...role('Idle', toEc2),
    ...role('Bounded', toEc2),
    { call: 'iam:PutRolePermissionsBoundary', with: { RoleName: 'Bounded', PermissionsBoundary: limits } },
    ...user('Eve', allow(['iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy'])),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'iam:AttachRolePolicy', with: { RoleName: 'Idle', PolicyArn: ADMINISTRATOR } },
    {
      call: 'iam:UpdateAssumeRolePolicy',
      with: { RoleName: 'Idle', PolicyDocument: trusts({ AWS: userArn('Eve') }) },
    },
    { call: 'sts:AssumeRole', with: { RoleArn: roleArn('Idle'), RoleSessionName: 'in' }, name: 'idle' },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:idle' },
  fixes: [
    {
      what: 'a list of policies, and trust policies of roles that carry the boundary',
      steps: [
        userPolicy(
          'Eve',
          allow('iam:AttachRolePolicy', '*', when('ArnEquals', 'iam:PolicyARN', policyArn('Reports'))),
          allow('iam:UpdateAssumeRolePolicy', '*', when('StringEquals', 'iam:PermissionsBoundary', limits)),
        ),
      ],
      stops: 'iam:AttachRolePolicy',
    },
  ],
  work: [
    { call: 'iam:AttachRolePolicy', as: 'user/Eve', with: { RoleName: 'Idle', PolicyArn: policyArn('Reports') } },
    { call: 'iam:UpdateAssumeRolePolicy', as: 'user/Eve', with: { RoleName: 'Bounded', PolicyDocument: toEc2 } },
  ],
};
