import { allow, user, userArn, userPolicy } from '../documents.ts';
import type { PathRow } from '../row.ts';

export const row: PathRow = {
  row: '3',
  title: 'An access key for another user',
  given: [...user('Boss', allow('*')), ...user('Eve', allow('iam:CreateAccessKey'))],
  attacker: 'user/Eve',
  attack: [{ call: 'iam:CreateAccessKey', with: { UserName: 'Boss' }, name: 'key' }],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:key' },
  fixes: [
    {
      what: 'keys of oneself alone',
      steps: [userPolicy('Eve', allow('iam:CreateAccessKey', userArn(`\${aws:username}`)))],
      stops: 'iam:CreateAccessKey',
    },
  ],
  work: [
    { call: 'iam:CreateAccessKey', as: 'user/Eve', name: 'own' },
    {
      call: 'iam:DeleteAccessKey',
      with: ({ own }) => ({ UserName: 'Eve', AccessKeyId: own.AccessKey.AccessKeyId }),
    },
  ],
};
