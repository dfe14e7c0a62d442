import { expect, it } from 'vitest';
import { suppliedResource } from './supplied-resource.ts';

const place = { partition: 'aws', accountId: '111122223333' };

it.each([
  ['iam:ListUsers', 'arn:aws:iam::111122223333:user/'],
  ['IAM:listroles', 'arn:aws:iam::111122223333:role/'],
  ['iam:ListVirtualMFADevices', 'arn:aws:iam::111122223333:mfa/'],
  ['iam:ListPolicies', 'arn:aws:iam::111122223333:policy/'],
  ['iam:ListAccountAliases', '*'],
  ['s3:ListAllMyBuckets', 'arn:aws:s3:::*'],
  ['ec2:DescribeInstances', '*'],
  ['sts:ListUsers', '*'],
])('row 52: %s is asked about on %s', (action, resource) => {
  expect(suppliedResource(action, place)).toBe(resource);
});

it('is of the partition', () => {
  expect(suppliedResource('iam:ListGroups', { ...place, partition: 'aws-cn' })).toBe(
    'arn:aws-cn:iam::111122223333:group/',
  );
});
