import { allow, everything, groupArn, policy, user, userPolicy } from '../documents.ts';
import type { PathRow } from '../row.ts';

const put = (GroupName: string, PolicyDocument: string) => ({ GroupName, PolicyName: 'more', PolicyDocument });

export const row: PathRow = {
  row: '12',
  title: 'An inline policy on a group that one is in',
  given: [
    ...user('Eve', allow('iam:PutGroupPolicy')),
    { call: 'iam:CreateGroup', with: { GroupName: 'Clerks' } },
    { call: 'iam:CreateGroup', with: { GroupName: 'Readers' } },
    { call: 'iam:AddUserToGroup', with: { GroupName: 'Clerks', UserName: 'Eve' } },
  ],
  attacker: 'user/Eve',
  attack: [{ call: 'iam:PutGroupPolicy', with: put('Clerks', everything) }],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'groups that the holder is not in and cannot join: no condition key helps',
      steps: [userPolicy('Eve', allow('iam:PutGroupPolicy', groupArn('Readers')))],
      stops: 'iam:PutGroupPolicy',
    },
  ],
  work: [{ call: 'iam:PutGroupPolicy', as: 'user/Eve', with: put('Readers', policy(allow('s3:GetObject'))) }],
};
