import { ADMINISTRATOR, allow, managedPolicy, policyArn, user, userPolicy, when } from '../documents.ts';
import type { PathRow } from '../row.ts';

const reports = policyArn('Reports');

export const row: PathRow = {
  row: '16',
  title: 'Another user strengthened, and a key for it',
  given: [
    managedPolicy('Reports', allow('s3:GetObject')),
    ...user('Sam'),
    ...user('Eve', allow(['iam:AttachUserPolicy', 'iam:CreateAccessKey'])),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'iam:AttachUserPolicy', with: { UserName: 'Sam', PolicyArn: ADMINISTRATOR } },
    { call: 'iam:CreateAccessKey', with: { UserName: 'Sam' }, name: 'key' },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:key' },
  fixes: [
    {
      what: 'a list of policies that may be attached',
      steps: [
        userPolicy(
          'Eve',
          allow('iam:CreateAccessKey'),
          allow('iam:AttachUserPolicy', '*', when('ArnEquals', 'iam:PolicyARN', reports)),
        ),
      ],
      stops: 'iam:AttachUserPolicy',
    },
  ],
  work: [{ call: 'iam:AttachUserPolicy', as: 'user/Eve', with: { UserName: 'Sam', PolicyArn: reports } }],
};
