import { allow, deny, policy, user, userPolicy, when } from '../documents.ts';
import type { PathRow } from '../row.ts';

export const row: PathRow = {
  row: '82',
  title: 'A federation token that outlives the key which made it',
  given: [
    { call: 'ssm:PutParameter', with: { Name: 'loot', Value: 'gold', Type: 'String' } },
    ...user('Bea', allow(['sts:GetFederationToken', 'ssm:GetParameter'])),
    { call: 'iam:CreateAccessKey', with: { UserName: 'Bea' }, name: 'stolen' },
    ...user('Eve'),
  ],
  attacker: 'user/Eve',
  attack: [
    {
      call: 'sts:GetFederationToken',
      as: 'from:stolen',
      with: { Name: 'quiet', Policy: policy(allow('ssm:GetParameter')), DurationSeconds: 129_600 },
      name: 'federated',
    },
    {
      call: 'iam:UpdateAccessKey',
      as: 'root',
      with: ({ stolen }) => ({ UserName: 'Bea', AccessKeyId: stolen.AccessKey.AccessKeyId, Status: 'Inactive' }),
    },
  ],
  gain: { call: 'ssm:GetParameter', with: { Name: 'loot' }, as: 'from:federated' },
  fixes: [
    {
      what: 'sessions that were issued by now denied to the user',
      when: 'after',
      steps: [
        userPolicy(
          'Bea',
          allow(['sts:GetFederationToken', 'ssm:GetParameter']),
          deny('*', '*', when('DateLessThan', 'aws:TokenIssueTime', '2026-01-05T12:30:00Z')),
        ),
      ],
      stops: 'ssm:GetParameter',
    },
    {
      what: 'no federation tokens for the user',
      steps: [userPolicy('Bea', allow('ssm:GetParameter'))],
      stops: 'sts:GetFederationToken',
    },
  ],
  work: [{ call: 'ssm:GetParameter', as: 'user/Bea', with: { Name: 'loot' } }],
};
