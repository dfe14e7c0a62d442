import { describe, expect, it } from 'vitest';
import { expandActions } from './expand.ts';
import { someActions } from './testing/actions.ts';

describe('expandActions', () => {
  it.each<[readonly string[], readonly string[]]>([
    [['s3:get*'], ['s3:GetObject', 's3:GetObjectVersion']],
    [['S3:GETOBJECT', 's3:GetObject'], ['s3:GetObject']],
    [['*:List*'], ['iam:ListUsers', 's3:ListAllMyBuckets', 's3:ListBucket', 'sqs:ListQueues']],
    [['s3:?etObject'], ['s3:GetObject']],
    [['ec2:*'], []],
    [[], []],
  ])('finds what %j stands for', (patterns, expected) => {
    expect(expandActions(patterns, someActions)).toEqual(expected);
  });

  it('knows that a star is every known action', () => {
    const count = [...someActions.values()].reduce((sum, { actions }) => sum + actions.size, 0);
    expect(expandActions(['*'], someActions)).toHaveLength(count);
  });
});
