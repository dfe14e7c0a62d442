import { allow, user, userArn, userPolicy } from '../documents.ts';
import type { PathRow } from '../row.ts';

const chosen = 'Known-To-Eve-1';

export const row: PathRow = {
  row: '5',
  title: 'A console password for a user without one',
  given: [
    ...user('Boss', allow('*')),
    { call: 'iam:CreateUser', with: { UserName: 'Sam', Path: '/staff/' } },
    ...user('Eve', allow('iam:CreateLoginProfile')),
  ],
  attacker: 'user/Eve',
  attack: [{ call: 'iam:CreateLoginProfile', with: { UserName: 'Boss', Password: chosen } }],
  // Who knows the password can sign in; by the API it shows where it is changed.
  gain: { call: 'iam:ChangePassword', as: 'user/Boss', with: { OldPassword: chosen, NewPassword: 'Known-To-Eve-2' } },
  refusedAtFirst: 'NoSuchEntity',
  fixes: [
    {
      what: 'the path of those who are no administrators',
      steps: [userPolicy('Eve', allow('iam:CreateLoginProfile', userArn('staff/*')))],
      stops: 'iam:CreateLoginProfile',
    },
  ],
  work: [
    { call: 'iam:CreateLoginProfile', as: 'user/Eve', with: { UserName: 'Sam', Password: 'Correct-Horse-8' } },
    { call: 'iam:DeleteLoginProfile', with: { UserName: 'Sam' } },
  ],
};
