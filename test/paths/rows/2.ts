import { allow, managedPolicy, policy, policyArn, user, userPolicy } from '../documents.ts';
import type { PathRow } from '../row.ts';

const ops = policyArn('Ops');

export const row: PathRow = {
  row: '2',
  title: 'Back to an older version of an attached policy',
  given: [
    ...user('Eve', allow(['iam:SetDefaultPolicyVersion', 'iam:GetUser'])),
    managedPolicy('Ops', allow('*')),
    {
      call: 'iam:CreatePolicyVersion',
      with: { PolicyArn: ops, PolicyDocument: policy(allow('iam:ListUsers')), SetAsDefault: true },
    },
    { call: 'iam:AttachUserPolicy', with: { UserName: 'Eve', PolicyArn: ops } },
  ],
  attacker: 'user/Eve',
  attack: [{ call: 'iam:SetDefaultPolicyVersion', with: { PolicyArn: ops, VersionId: 'v1' } }],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'the old version deleted',
      steps: [{ call: 'iam:DeletePolicyVersion', with: { PolicyArn: ops, VersionId: 'v1' } }],
      stops: 'iam:SetDefaultPolicyVersion',
      by: 'NoSuchEntity',
    },
    {
      what: 'the action dropped',
      steps: [userPolicy('Eve', allow('iam:GetUser'))],
      stops: 'iam:SetDefaultPolicyVersion',
    },
  ],
  work: [{ call: 'iam:ListUsers', as: 'user/Eve' }],
};
