import { ADMINISTRATOR, allow, managedPolicy, policyArn, user, userPolicy, when } from '../documents.ts';
import type { PathRow } from '../row.ts';

const reports = policyArn('Reports');

export const row: PathRow = {
  row: '11',
  title: 'A managed policy attached to a group that one is in',
  given: [
    managedPolicy('Reports', allow('s3:GetObject')),
    ...user('Eve', allow('iam:AttachGroupPolicy')),
    { call: 'iam:CreateGroup', with: { GroupName: 'Clerks' } },
    { call: 'iam:CreateGroup', with: { GroupName: 'Readers' } },
    { call: 'iam:AddUserToGroup', with: { GroupName: 'Clerks', UserName: 'Eve' } },
  ],
  attacker: 'user/Eve',
  attack: [{ call: 'iam:AttachGroupPolicy', with: { GroupName: 'Clerks', PolicyArn: ADMINISTRATOR } }],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'a list of policies that may be attached',
      steps: [userPolicy('Eve', allow('iam:AttachGroupPolicy', '*', when('ArnEquals', 'iam:PolicyARN', reports)))],
      stops: 'iam:AttachGroupPolicy',
    },
  ],
  work: [{ call: 'iam:AttachGroupPolicy', as: 'user/Eve', with: { GroupName: 'Readers', PolicyArn: reports } }],
};
