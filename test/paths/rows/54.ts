import { allow, role, roleArn, rolePolicy, user, userPolicy } from '../documents.ts';
import type { PathRow } from '../row.ts';
import { crown, showsStatus, stackArn, template, toCloudFormation, withIam } from '../stacks.ts';

const read = allow(['cloudformation:DescribeStacks', 'cloudformation:GetTemplate']);
const shop = { StackName: 'shop' };

export const row: PathRow = {
  row: '54',
  title: 'A stack updated with the role that it keeps',
  given: [
    ...role('Deployer', toCloudFormation, allow(['sqs:*', 'iam:*'])),
    {
      call: 'cloudformation:CreateStack',
      with: { StackName: 'shop', TemplateBody: template(), RoleARN: roleArn('Deployer') },
    },
    {
      call: 'cloudformation:CreateStack',
      with: { StackName: 'own', TemplateBody: template().replace('jobs', 'own') },
    },
    ...user('Eve', allow('cloudformation:UpdateStack'), read, allow('sqs:*')),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'cloudformation:GetTemplate', with: shop },
    { call: 'cloudformation:UpdateStack', with: { ...shop, TemplateBody: template(crown('Eve')), ...withIam } },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'named stack ARNs for UpdateStack',
      steps: [userPolicy('Eve', allow('cloudformation:UpdateStack', stackArn('own')), read, allow('sqs:*'))],
      stops: 'cloudformation:UpdateStack',
    },
    {
      what: 'a least-privilege service role',
      steps: [rolePolicy('Deployer', allow('sqs:*'))],
      stops: 'iam:CreateUser',
    },
  ],
  work: [
    {
      call: 'cloudformation:UpdateStack',
      with: { StackName: 'own', TemplateBody: template({ More: { Type: 'AWS::SQS::Queue' } }).replace('jobs', 'own') },
      as: 'user/Eve',
    },
    {
      call: 'cloudformation:UpdateStack',
      with: { StackName: 'own', TemplateBody: template().replace('jobs', 'own') },
      as: 'user/Eve',
    },
    {
      call: 'cloudformation:DescribeStacks',
      with: { StackName: 'own' },
      as: 'user/Eve',
      shows: showsStatus('UPDATE_COMPLETE'),
    },
  ],
};
