import { afterAll, expect, test } from 'vitest';
import { allow, deny, roleArn, user, userPolicy, when } from '../documents.ts';
import { base64, hostRole, launchedId, launches, malice } from '../hosts.ts';
import { playRow } from '../play.ts';
import type { PathRow } from '../row.ts';
import { rowFunctions } from '../run-functions.ts';

const launchesHosts = allow(['ec2:RunInstances', 'ec2:TerminateInstances']);
const toEc2 = when('StringEquals', 'iam:PassedToService', 'ec2.amazonaws.com');

const row: PathRow = {
  row: '42',
  title: 'A role passed to an instance that is launched for it',
  given: [
    ...hostRole('Admin', allow('*')),
    ...hostRole('Web', allow('s3:GetObject')),
    ...user('Eve', launchesHosts, allow('iam:PassRole')),
  ],
  attacker: 'user/Eve',
  attack: [
    launches('box', { IamInstanceProfile: { Name: 'Admin' }, UserData: base64(malice) }),
    { wait: { seconds: 1 } },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'PassRole of the named role, to EC2',
      steps: [userPolicy('Eve', launchesHosts, allow('iam:PassRole', roleArn('Web'), toEc2))],
      stops: 'ec2:RunInstances',
    },
    {
      what: 'launches with the named profile only',
      steps: [
        userPolicy(
          'Eve',
          launchesHosts,
          allow('iam:PassRole'),
          deny(
            'ec2:RunInstances',
            'arn:aws:ec2:*:*:instance/*',
            when('ArnNotLike', 'ec2:InstanceProfile', 'arn:aws:iam::*:instance-profile/Web'),
          ),
        ),
      ],
      stops: 'ec2:RunInstances',
    },
  ],
  work: [
    { ...launches('site', { IamInstanceProfile: { Name: 'Web' } }), as: 'user/Eve' },
    {
      call: 'ec2:TerminateInstances',
      as: 'user/Eve',
      with: (answers) => ({ InstanceIds: [launchedId(answers, 'site')] }),
    },
  ],
};

const code = rowFunctions();
afterAll(() => code.close());

test(`${row.row}: ${row.title}`, async () => {
  expect.hasAssertions();
  await playRow(row, code.runCode);
}, 120_000);
