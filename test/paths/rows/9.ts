import { ADMINISTRATOR, allow, managedPolicy, policyArn, user, userPolicy, when } from '../documents.ts';
import type { PathRow } from '../row.ts';

const reports = policyArn('Reports');

export const row: PathRow = {
  row: '9',
  title: 'A managed policy attached to oneself',
  given: [
    managedPolicy('Reports', allow('s3:GetObject')),
    ...user('Eve', allow('iam:AttachUserPolicy')),
    ...user('Sam'),
  ],
  attacker: 'user/Eve',
  attack: [{ call: 'iam:AttachUserPolicy', with: { UserName: 'Eve', PolicyArn: ADMINISTRATOR } }],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'a list of policies that may be attached',
      steps: [userPolicy('Eve', allow('iam:AttachUserPolicy', '*', when('ArnEquals', 'iam:PolicyARN', reports)))],
      stops: 'iam:AttachUserPolicy',
    },
  ],
  work: [{ call: 'iam:AttachUserPolicy', as: 'user/Eve', with: { UserName: 'Sam', PolicyArn: reports } }],
};
