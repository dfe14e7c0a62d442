import { allow, role, roleArn, user, userPolicy, when } from '../documents.ts';
import type { PathRow } from '../row.ts';
import { crown, showsStatus, template, toCloudFormation, unnamedQueue, withIam } from '../stacks.ts';

const make = ['cloudformation:CreateStack', 'cloudformation:DescribeStacks'];

export const row: PathRow = {
  row: '53',
  title: 'A strong role passed to a new stack',
  given: [
    ...role('Admin', toCloudFormation, allow('*')),
    ...role('Deployer', toCloudFormation, allow('sqs:*')),
    ...user('Eve', allow(make), allow('iam:PassRole')),
  ],
  attacker: 'user/Eve',
  attack: [
    {
      call: 'cloudformation:CreateStack',
      with: { StackName: 'climb', TemplateBody: template(crown('Eve')), RoleARN: roleArn('Admin'), ...withIam },
    },
    { call: 'cloudformation:DescribeStacks', with: { StackName: 'climb' }, shows: showsStatus('CREATE_COMPLETE') },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'cloudformation:RoleArn',
      steps: [
        userPolicy(
          'Eve',
          allow('cloudformation:CreateStack', '*', when('StringEquals', 'cloudformation:RoleArn', roleArn('Deployer'))),
          allow('cloudformation:DescribeStacks'),
          allow('iam:PassRole'),
        ),
      ],
      stops: 'cloudformation:CreateStack',
    },
    {
      what: 'PassRole on the named role',
      steps: [userPolicy('Eve', allow(make), allow('iam:PassRole', roleArn('Deployer')))],
      stops: 'cloudformation:CreateStack',
    },
  ],
  work: [
    {
      call: 'cloudformation:CreateStack',
      with: { StackName: 'queues', TemplateBody: unnamedQueue, RoleARN: roleArn('Deployer') },
      as: 'user/Eve',
    },
    {
      call: 'cloudformation:DescribeStacks',
      with: { StackName: 'queues' },
      as: 'user/Eve',
      shows: showsStatus('CREATE_COMPLETE'),
    },
    { call: 'cloudformation:DeleteStack', with: { StackName: 'queues' } },
  ],
};
