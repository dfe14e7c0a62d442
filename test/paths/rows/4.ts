import { allow, user, userArn, userPolicy } from '../documents.ts';
import type { PathRow } from '../row.ts';

const keys = ['iam:ListAccessKeys', 'iam:DeleteAccessKey', 'iam:CreateAccessKey'];

export const row: PathRow = {
  row: '4',
  title: 'A key exchanged where a user has two',
  given: [
    ...user('Boss', allow('*')),
    { call: 'iam:CreateAccessKey', with: { UserName: 'Boss' } },
    { call: 'iam:CreateAccessKey', with: { UserName: 'Boss' } },
    ...user('Eve', allow(keys)),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'iam:ListAccessKeys', with: { UserName: 'Boss' }, name: 'keys' },
    {
      call: 'iam:DeleteAccessKey',
      with: ({ keys: known }) => ({ UserName: 'Boss', AccessKeyId: known.AccessKeyMetadata[0].AccessKeyId }),
    },
    { call: 'iam:CreateAccessKey', with: { UserName: 'Boss' }, name: 'key' },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:key' },
  fixes: [
    {
      what: 'keys of oneself alone',
      steps: [userPolicy('Eve', allow('iam:ListAccessKeys'), allow(keys, userArn(`\${aws:username}`)))],
      stops: 'iam:DeleteAccessKey',
    },
  ],
  work: [
    { call: 'iam:CreateAccessKey', as: 'user/Eve', name: 'own' },
    {
      call: 'iam:DeleteAccessKey',
      as: 'user/Eve',
      with: ({ own }) => ({ AccessKeyId: own.AccessKey.AccessKeyId }),
    },
  ],
};
