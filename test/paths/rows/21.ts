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
} from '../documents.ts';
import type { PathRow } from '../row.ts';

const toEc2 = trusts({ Service: 'ec2.amazonaws.com' });
const version = (name: string, PolicyDocument: string, SetAsDefault: boolean) => ({
  PolicyArn: policyArn(name),
  PolicyDocument,
  SetAsDefault,
});

export const row: PathRow = {
  row: '21',
  title: 'A new version of a role’s policy, and its trust rewritten',
  given: [
    managedPolicy('Held', allow('s3:GetObject')),
    managedPolicy('free-queue', allow('sqs:SendMessage')),
    ...role('Idle', toEc2),
    { call: 'iam:AttachRolePolicy', with: { RoleName: 'Idle', PolicyArn: policyArn('Held') } },
    ...user('Eve', allow(['iam:CreatePolicyVersion', 'iam:UpdateAssumeRolePolicy'])),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'iam:CreatePolicyVersion', with: version('Held', everything, true) },
    {
      call: 'iam:UpdateAssumeRolePolicy',
      with: { RoleName: 'Idle', PolicyDocument: trusts({ AWS: userArn('Eve') }) },
    },
    { call: 'sts:AssumeRole', with: { RoleArn: roleArn('Idle'), RoleSessionName: 'in' }, name: 'idle' },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:idle' },
  fixes: [
    {
      what: 'policies that no role has which the holder can reach',
      steps: [
        userPolicy('Eve', allow('iam:UpdateAssumeRolePolicy'), allow('iam:CreatePolicyVersion', policyArn('free-*'))),
      ],
      stops: 'iam:CreatePolicyVersion',
    },
  ],
  work: [
    {
      call: 'iam:CreatePolicyVersion',
      as: 'user/Eve',
      with: version('free-queue', policy(allow('sqs:ReceiveMessage')), false),
    },
  ],
};
