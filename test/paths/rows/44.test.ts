import { afterAll, expect, test } from 'vitest';
import { allow, user, userPolicy, when } from '../documents.ts';
import { hostRole, launchedId, launches, malice } from '../hosts.ts';
import { playRow } from '../play.ts';
import type { CallStep, PathRow } from '../row.ts';
import { rowFunctions } from '../run-functions.ts';

/** Cloud-init runs a boothook at each start, not only at the first. */
const hook = `#cloud-boothook\n${malice}`;
const rewriting = ['ec2:StopInstances', 'ec2:ModifyInstanceAttribute', 'ec2:StartInstances'];

const tagged = (team: string) => ({
  TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'team', Value: team }] }],
});
const on = (of: string, call: string, more: object = {}): CallStep => ({
  call,
  as: 'user/Eve',
  with: (answers) =>
    call === 'ec2:ModifyInstanceAttribute'
      ? { InstanceId: launchedId(answers, of), ...more }
      : { InstanceIds: [launchedId(answers, of)] },
});
const rewrite = (of: string, text: string): readonly CallStep[] => [
  on(of, 'ec2:StopInstances'),
  on(of, 'ec2:ModifyInstanceAttribute', { UserData: { Value: new TextEncoder().encode(text) } }),
  on(of, 'ec2:StartInstances'),
];

const row: PathRow = {
  row: '44',
  title: 'User data rewritten on an instance with a strong role',
  given: [
    ...hostRole('Admin', allow('*')),
    launches('box', { IamInstanceProfile: { Name: 'Admin' }, ...tagged('platform') }),
    launches('site', tagged('web')),
    ...user('Eve', allow(rewriting)),
  ],
  attacker: 'user/Eve',
  attack: [...rewrite('box', hook), { wait: { seconds: 1 } }],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'the instances of the own team, by their tag',
      steps: [userPolicy('Eve', allow(rewriting, '*', when('StringEquals', 'aws:ResourceTag/team', 'web')))],
      stops: 'ec2:StopInstances',
    },
    {
      what: 'user data of others left as it is',
      steps: [
        userPolicy(
          'Eve',
          allow(['ec2:StopInstances', 'ec2:StartInstances']),
          allow('ec2:ModifyInstanceAttribute', '*', when('StringEquals', 'ec2:ResourceTag/team', 'web')),
        ),
      ],
      stops: 'ec2:ModifyInstanceAttribute',
    },
  ],
  work: rewrite('site', '#!/bin/sh\necho hello\n'),
};

const code = rowFunctions();
afterAll(() => code.close());

test(`${row.row}: ${row.title}`, async () => {
  expect.hasAssertions();
  await playRow(row, code.runCode);
}, 120_000);
