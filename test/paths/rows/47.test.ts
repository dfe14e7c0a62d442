import { afterAll, expect, test } from 'vitest';
import { allow, roleArn, user, userPolicy, when } from '../documents.ts';
import { hostRole, instanceArn, launchedId, launches, malice, runsOn } from '../hosts.ts';
import { playRow } from '../play.ts';
import type { CallStep, PathRow } from '../row.ts';
import { rowFunctions } from '../run-functions.ts';

const attaching = ['ec2:AssociateIamInstanceProfile', 'ec2:DisassociateIamInstanceProfile'];
const attaches = (of: string, profile: string, more: Partial<CallStep> = {}): CallStep => ({
  call: 'ec2:AssociateIamInstanceProfile',
  with: (answers) => ({ InstanceId: launchedId(answers, of), IamInstanceProfile: { Name: profile } }),
  ...more,
});

const row: PathRow = {
  row: '47',
  title: 'A strong profile attached to an instance that one holds',
  given: [
    ...hostRole('Admin', allow('*')),
    ...hostRole('Web', allow('s3:GetObject')),
    launches('box'),
    launches('site'),
    ...user('Eve', allow([...attaching, 'iam:PassRole'])),
  ],
  attacker: 'user/Eve',
  attack: [attaches('box', 'Admin'), runsOn('box', malice)],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'PassRole of the named role',
      steps: [userPolicy('Eve', allow(attaching), allow('iam:PassRole', roleArn('Web')))],
      stops: 'ec2:AssociateIamInstanceProfile',
    },
    {
      what: 'the named profile only',
      steps: [
        userPolicy(
          'Eve',
          allow(
            'ec2:AssociateIamInstanceProfile',
            instanceArn(),
            when('ArnLike', 'ec2:NewInstanceProfile', 'arn:aws:iam::*:instance-profile/Web'),
          ),
          allow(['ec2:DisassociateIamInstanceProfile', 'iam:PassRole']),
        ),
      ],
      stops: 'ec2:AssociateIamInstanceProfile',
    },
  ],
  work: [
    attaches('site', 'Web', { as: 'user/Eve', name: 'attached' }),
    {
      call: 'ec2:DisassociateIamInstanceProfile',
      as: 'user/Eve',
      with: (answers) => ({ AssociationId: answers['attached'].IamInstanceProfileAssociation.AssociationId }),
    },
  ],
};

const code = rowFunctions();
afterAll(() => code.close());

test(`${row.row}: ${row.title}`, async () => {
  expect.hasAssertions();
  await playRow(row, code.runCode);
}, 120_000);
