import { ADMINISTRATOR, allow, groupArn, user, userPolicy } from '../documents.ts';
import type { PathRow } from '../row.ts';

export const row: PathRow = {
  row: '14',
  title: 'Joining a group of administrators',
  given: [
    ...user('Eve', allow('iam:AddUserToGroup')),
    ...user('Sam'),
    { call: 'iam:CreateGroup', with: { GroupName: 'Admins' } },
    { call: 'iam:CreateGroup', with: { GroupName: 'Readers' } },
    { call: 'iam:AttachGroupPolicy', with: { GroupName: 'Admins', PolicyArn: ADMINISTRATOR } },
  ],
  attacker: 'user/Eve',
  attack: [{ call: 'iam:AddUserToGroup', with: { GroupName: 'Admins', UserName: 'Eve' } }],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'groups without the rights of administrators',
      steps: [userPolicy('Eve', allow('iam:AddUserToGroup', groupArn('Readers')))],
      stops: 'iam:AddUserToGroup',
    },
  ],
  work: [{ call: 'iam:AddUserToGroup', as: 'user/Eve', with: { GroupName: 'Readers', UserName: 'Sam' } }],
};
