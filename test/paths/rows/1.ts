import { allow, everything, managedPolicy, policyArn, user, userPolicy } from '../documents.ts';
import type { PathRow } from '../row.ts';

const version = (PolicyName: string) => ({
  PolicyArn: policyArn(PolicyName),
  PolicyDocument: everything,
  SetAsDefault: true,
});

export const row: PathRow = {
  row: '1',
  title: 'A new version of a policy that is attached to oneself',
  given: [
    ...user('Eve', allow('iam:CreatePolicyVersion')),
    managedPolicy('Reports', allow('iam:GetUser')),
    managedPolicy('app-queue', allow('sqs:SendMessage')),
    { call: 'iam:AttachUserPolicy', with: { UserName: 'Eve', PolicyArn: policyArn('Reports') } },
  ],
  attacker: 'user/Eve',
  attack: [{ call: 'iam:CreatePolicyVersion', with: version('Reports') }],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'only policies that are attached to nothing the holder has',
      steps: [userPolicy('Eve', allow('iam:CreatePolicyVersion', policyArn('app-*')))],
      stops: 'iam:CreatePolicyVersion',
    },
  ],
  work: [
    {
      call: 'iam:CreatePolicyVersion',
      as: 'user/Eve',
      with: { ...version('app-queue'), SetAsDefault: false },
    },
  ],
};
