import { allow, user, userArn, userPolicy } from '../documents.ts';
import type { PathRow } from '../row.ts';

const chosen = 'Known-To-Eve-1';

export const row: PathRow = {
  row: '6',
  title: 'The console password of another user overwritten',
  given: [
    ...user('Boss', allow('*')),
    { call: 'iam:CreateLoginProfile', with: { UserName: 'Boss', Password: 'Correct-Horse-7' } },
    { call: 'iam:CreateUser', with: { UserName: 'Sam', Path: '/staff/' } },
    { call: 'iam:CreateLoginProfile', with: { UserName: 'Sam', Password: 'Correct-Horse-7' } },
    ...user('Eve', allow('iam:UpdateLoginProfile')),
  ],
  attacker: 'user/Eve',
  attack: [{ call: 'iam:UpdateLoginProfile', with: { UserName: 'Boss', Password: chosen } }],
  // Who knows the password can sign in; by the API it shows where it is changed.
  gain: { call: 'iam:ChangePassword', as: 'user/Boss', with: { OldPassword: chosen, NewPassword: 'Known-To-Eve-2' } },
  fixes: [
    {
      what: 'the path of those who are no administrators',
      steps: [userPolicy('Eve', allow('iam:UpdateLoginProfile', userArn('staff/*')))],
      stops: 'iam:UpdateLoginProfile',
    },
  ],
  work: [{ call: 'iam:UpdateLoginProfile', as: 'user/Eve', with: { UserName: 'Sam', Password: 'Correct-Horse-8' } }],
};
