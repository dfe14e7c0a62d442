import { expect, it } from 'vitest';
import { estateOf } from './estate-of.ts';
import { inOrganization } from './testing/organization.ts';
import { accountId, cloud, policy, sandboxAfter } from './testing/sandbox.ts';

const queue = `arn:aws:sqs:us-east-1:${accountId}:orders`;
const opened = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: queue }],
});
const { world } = sandboxAfter(
  ['sqs:CreateQueue', { QueueName: 'orders', Attributes: { Policy: opened } }],
  ['sqs:CreateQueue', { QueueName: 'closed' }],
  ['s3:CreateBucket', { Bucket: 'seeds-1' }],
  ['kms:CreateKey', {}],
  ['iam:CreateRole', { RoleName: 'Auditor', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }],
);

function trust(Service: string): string {
  const statement = { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

it('has the policies on resources of every service, and trust policies with their roles alone', () => {
  const { resourcePolicies, serviceControl } = estateOf(world, cloud.managedPolicies);
  const arns = resourcePolicies.map(({ resource }) => resource);
  expect(arns).toEqual([expect.stringMatching(/^arn:aws:kms:us-east-1:111122223333:key\//), queue]);
  expect(resourcePolicies.map((each) => each.accountId)).toEqual([accountId, accountId]);
  expect(serviceControl).toEqual({});
});

it('has what the organization says over each member, level by level, and nothing over its management account', () => {
  const member = inOrganization(world, { SERVICE_CONTROL_POLICY: policy('Deny', 'iam:*', '*') });
  const { serviceControl, resourceControl, organization } = estateOf(member, cloud.managedPolicies);
  expect(Object.keys(serviceControl)).toEqual([accountId]);
  expect(serviceControl[accountId]?.map((level) => level.map(({ name }) => name))).toEqual([
    ['FullAWSAccess', 'Limit0'],
    ['FullAWSAccess'],
  ]);
  expect(resourceControl?.[accountId]).toEqual([[], []]);
  expect(organization?.id).toBe('o-a1b2c3d4e5');
});
