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
} from '../documents.ts';
import type { PathRow } from '../row.ts';

const version = (name: string, PolicyDocument: string, SetAsDefault: boolean) => ({
  PolicyArn: policyArn(name),
  PolicyDocument,
  SetAsDefault,
});

export const row: PathRow = {
  row: '17',
  title: 'A new version of a policy of a role that one can assume',
  given: [
    managedPolicy('Held', allow('s3:GetObject')),
    managedPolicy('free-queue', allow('sqs:SendMessage')),
    ...role('App', trusts({ AWS: '111122223333' })),
    { call: 'iam:AttachRolePolicy', with: { RoleName: 'App', PolicyArn: policyArn('Held') } },
    ...user('Eve', allow(['iam:CreatePolicyVersion', 'sts:AssumeRole'])),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'iam:CreatePolicyVersion', with: version('Held', everything, true) },
    { call: 'sts:AssumeRole', with: { RoleArn: roleArn('App'), RoleSessionName: 'in' }, name: 'app' },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:app' },
  fixes: [
    {
      what: 'policies that no role has which the holder can reach: there is no condition key',
      steps: [userPolicy('Eve', allow('sts:AssumeRole'), allow('iam:CreatePolicyVersion', policyArn('free-*')))],
      stops: 'iam:CreatePolicyVersion',
    },
  ],
  work: [
    {
      call: 'iam:CreatePolicyVersion',
      as: 'user/Eve',
      with: version('free-queue', policy(allow('sqs:ReceiveMessage')), false),
    },
    { call: 'sts:AssumeRole', as: 'user/Eve', with: { RoleArn: roleArn('App'), RoleSessionName: 'work' } },
  ],
};
