import { allow, role, roleArn, rolePolicy, user, userPolicy } from '../documents.ts';
import type { PathRow } from '../row.ts';
import { crown, showsStatus, stackArn, template, toCloudFormation, withIam } from '../stacks.ts';

const changeSets = ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'];
const read = allow(['cloudformation:DescribeStacks', 'cloudformation:DescribeChangeSet']);
const more = { StackName: 'shop', ChangeSetName: 'more' };
const own = { StackName: 'own', ChangeSetName: 'tidy' };

export const row: PathRow = {
  row: '55',
  title: 'A change set of a stack that keeps a strong role',
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
    ...user('Eve', allow(changeSets), read, allow('sqs:*')),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'cloudformation:CreateChangeSet', with: { ...more, TemplateBody: template(crown('Eve')), ...withIam } },
    { call: 'cloudformation:DescribeChangeSet', with: more },
    { call: 'cloudformation:ExecuteChangeSet', with: more },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'named stack ARNs for CreateChangeSet and ExecuteChangeSet',
      steps: [userPolicy('Eve', allow(changeSets, stackArn('own')), read, allow('sqs:*'))],
      stops: 'cloudformation:CreateChangeSet',
    },
    {
      what: 'a least-privilege service role',
      steps: [rolePolicy('Deployer', allow('sqs:*'))],
      stops: 'iam:CreateUser',
    },
  ],
  work: [
    {
      call: 'cloudformation:CreateChangeSet',
      with: { ...own, TemplateBody: template().replace('"jobs"', '"own","DelaySeconds":"5"') },
      as: 'user/Eve',
    },
    { call: 'cloudformation:ExecuteChangeSet', with: own, as: 'user/Eve' },
    { call: 'cloudformation:DescribeStacks', with: { StackName: 'own' }, shows: showsStatus('UPDATE_COMPLETE') },
    {
      call: 'cloudformation:UpdateStack',
      with: { StackName: 'own', TemplateBody: template().replace('jobs', 'own') },
    },
    { call: 'cloudformation:DeleteChangeSet', with: own },
  ],
};
