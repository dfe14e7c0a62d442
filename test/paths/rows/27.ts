import { allow, deny, user, userPolicy, when } from '../documents.ts';
import type { PathRow } from '../row.ts';

const byTag = allow('iam:CreateAccessKey', '*', when('StringEquals', 'aws:ResourceTag/helpdesk', 'yes'));

export const row: PathRow = {
  row: '27',
  title: 'A victim tagged, so that rights by tag reach it',
  given: [
    ...user('Boss', allow('*')),
    ...user('Sam'),
    { call: 'iam:TagUser', with: { UserName: 'Sam', Tags: [{ Key: 'helpdesk', Value: 'yes' }] } },
    ...user('Eve', byTag, allow('iam:TagUser')),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'iam:TagUser', with: { UserName: 'Boss', Tags: [{ Key: 'helpdesk', Value: 'yes' }] } },
    { call: 'iam:CreateAccessKey', with: { UserName: 'Boss' }, name: 'key' },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:key' },
  fixes: [
    {
      what: 'the tag’s key denied to those whom it gates',
      steps: [
        userPolicy(
          'Eve',
          byTag,
          allow('iam:TagUser'),
          deny(['iam:TagUser', 'iam:UntagUser'], '*', when('ForAnyValue:StringEquals', 'aws:TagKeys', 'helpdesk')),
        ),
      ],
      stops: 'iam:TagUser',
    },
  ],
  work: [
    { call: 'iam:TagUser', as: 'user/Eve', with: { UserName: 'Sam', Tags: [{ Key: 'desk', Value: '3' }] } },
    { call: 'iam:CreateAccessKey', as: 'user/Eve', with: { UserName: 'Sam' }, name: 'new' },
    {
      call: 'iam:DeleteAccessKey',
      with: ({ new: made }) => ({ UserName: 'Sam', AccessKeyId: made.AccessKey.AccessKeyId }),
    },
  ],
};
