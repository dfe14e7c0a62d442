import { ADMINISTRATOR, allow, managedPolicy, policyArn, user, userPolicy, when } from '../documents.ts';
import type { PathRow } from '../row.ts';

const limits = policyArn('Limits');
const steps = ['iam:CreateUser', 'iam:AttachUserPolicy'];

export const row: PathRow = {
  row: 'M3',
  title: 'A user made, strengthened and entered',
  given: [managedPolicy('Limits', allow('sqs:*')), ...user('Eve', allow([...steps, 'iam:CreateAccessKey']))],
  attacker: 'user/Eve',
  attack: [
    { call: 'iam:CreateUser', with: { UserName: 'Shadow' } },
    { call: 'iam:AttachUserPolicy', with: { UserName: 'Shadow', PolicyArn: ADMINISTRATOR } },
    { call: 'iam:CreateAccessKey', with: { UserName: 'Shadow' }, name: 'key' },
  ],
  gain: { call: 'iam:CreateGroup', with: { GroupName: 'Moles' }, as: 'from:key' },
  fixes: [
    {
      what: 'every user with the boundary',
      steps: [
        userPolicy(
          'Eve',
          allow('iam:CreateAccessKey'),
          allow(steps, '*', when('StringEquals', 'iam:PermissionsBoundary', limits)),
        ),
      ],
      stops: 'iam:CreateUser',
    },
  ],
  work: [
    { call: 'iam:CreateUser', as: 'user/Eve', with: { UserName: 'Temp', PermissionsBoundary: limits } },
    { call: 'iam:DeleteUser', with: { UserName: 'Temp' } },
  ],
};
