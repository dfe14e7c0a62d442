import { allow, deny, policy, user, userArn, when } from '../documents.ts';
import type { PathRow } from '../row.ts';
import { accountId } from '../sandbox.ts';
import { crown, showsStatus, template, withIam } from '../stacks.ts';

const place = { Bucket: 'templates', Key: 'shop.json' };
const put = (text: string) => ({ ...place, Body: new TextEncoder().encode(text) });
const TemplateURL = 'https://templates.s3.us-east-1.amazonaws.com/shop.json';

export const row: PathRow = {
  row: '57',
  title: 'The template of a stack overwritten in its bucket',
  given: [
    { call: 's3:CreateBucket', with: { Bucket: 'templates' } },
    { call: 's3:PutObject', with: put(template()) },
    { call: 'cloudformation:CreateStack', with: { StackName: 'shop', TemplateURL, ...withIam } },
    ...user('Eve', allow('s3:PutObject', 'arn:aws:s3:::templates/*')),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 's3:PutObject', with: put(template(crown('Eve'))) },
    // Every night the stack is brought to what its bucket says, by who may do everything.
    { call: 'cloudformation:UpdateStack', with: { StackName: 'shop', TemplateURL, ...withIam }, as: 'root' },
    {
      call: 'cloudformation:DescribeStacks',
      with: { StackName: 'shop' },
      as: 'root',
      shows: showsStatus('UPDATE_COMPLETE'),
    },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'bucket policy',
      steps: [
        {
          call: 's3:PutBucketPolicy',
          with: {
            Bucket: 'templates',
            Policy: policy({
              ...deny(
                's3:PutObject',
                'arn:aws:s3:::templates/*',
                when('ArnNotEquals', 'aws:PrincipalArn', [`arn:aws:iam::${accountId}:root`, userArn('Publisher')]),
              ),
              Principal: '*',
            }),
          },
        },
      ],
      stops: 's3:PutObject',
    },
  ],
  work: [
    { call: 's3:PutObject', with: put(template({ More: { Type: 'AWS::SQS::Queue' } })) },
    { call: 'cloudformation:UpdateStack', with: { StackName: 'shop', TemplateURL, ...withIam } },
    { call: 's3:PutObject', with: put(template()) },
    { call: 'cloudformation:UpdateStack', with: { StackName: 'shop', TemplateURL, ...withIam } },
  ],
};
