import { allow, policy, role, roleArn, user } from '../documents.ts';
import type { PathRow } from '../row.ts';

const ofTeam = `arn:aws:ssm:us-east-1:111122223333:parameter/\${aws:PrincipalTag/team}/*`;
const trusting = (Condition: object) =>
  policy({
    Effect: 'Allow',
    Principal: { AWS: '111122223333' },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Condition,
  });
const as = (team: string) => ({
  RoleArn: roleArn('Data'),
  RoleSessionName: 'data',
  Tags: [{ Key: 'team', Value: team }],
});

export const row: PathRow = {
  row: 'M6',
  title: 'Session tags of one’s choice',
  given: [
    ...['red', 'blue'].map((team) => ({
      call: 'ssm:PutParameter',
      with: { Name: `/${team}/key`, Value: team, Type: 'String' },
    })),
    ...role('Data', trusting({}), allow('ssm:GetParameter', ofTeam)),
    ...user('Eve', allow(['sts:AssumeRole', 'sts:TagSession'])),
    { call: 'iam:TagUser', with: { UserName: 'Eve', Tags: [{ Key: 'team', Value: 'blue' }] } },
  ],
  attacker: 'user/Eve',
  attack: [{ call: 'sts:AssumeRole', with: as('red'), name: 'red' }],
  gain: { call: 'ssm:GetParameter', with: { Name: '/red/key' }, as: 'from:red' },
  fixes: [
    {
      what: 'the tag that is passed must be the caller’s own',
      steps: [
        {
          call: 'iam:UpdateAssumeRolePolicy',
          with: {
            RoleName: 'Data',
            PolicyDocument: trusting({ StringEquals: { 'aws:RequestTag/team': `\${aws:PrincipalTag/team}` } }),
          },
        },
      ],
      stops: 'sts:AssumeRole',
    },
  ],
  work: [
    { call: 'sts:AssumeRole', as: 'user/Eve', with: as('blue'), name: 'blue' },
    { call: 'ssm:GetParameter', as: 'from:blue', with: { Name: '/blue/key' } },
  ],
};
