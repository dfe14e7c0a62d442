import { describe, expect, it } from 'vitest';
import { findingsOf } from './findings.ts';
import { s3Findings } from './s3-findings.ts';

const bucket = 'arn:aws:s3:::seeds';
const policy = (action: unknown, resource: unknown): string =>
  JSON.stringify(
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] },
    null,
    2,
  );
const codes = (action: unknown, resource: unknown): string[] =>
  s3Findings(policy(action, resource)).map(({ code }) => code);

describe('s3Findings', () => {
  it('tells operations from actions, whatever the letters’ case', () => {
    expect(codes('s3:ListObjectsV2', bucket)).toEqual(['s3-operation-not-action']);
    expect(codes('S3:headobject', `${bucket}/*`)).toEqual(['s3-operation-not-action']);
    expect(s3Findings(policy('s3:ListBuckets', '*'))[0]?.message).toContain('s3:ListAllMyBuckets');
  });

  it('finds an action on a bucket where only objects are named', () => {
    expect(codes('s3:ListBucket', `${bucket}/*`)).toEqual(['s3-bucket-action-on-objects']);
    expect(codes(['s3:GetObject', 's3:ListBucket'], [`${bucket}/a`, `${bucket}/b/*`])).toEqual([
      's3-bucket-action-on-objects',
    ]);
  });

  it('finds an action on objects where only buckets are named', () => {
    expect(codes('s3:GetObject', bucket)).toEqual(['s3-object-action-on-bucket']);
  });

  it('says nothing where one of the resources could match', () => {
    for (const resource of [
      '*',
      `${bucket}*`,
      [bucket, `${bucket}/*`],
      'arn:aws:s3:::${aws:username}',
      'arn:*:s3:::x/*',
    ]) {
      expect(codes(['s3:GetObject', 's3:ListBucket', 's3:*', 's3:Get*'], resource), String(resource)).toEqual([]);
    }
    expect(codes('iam:ListBuckets', bucket)).toEqual([]);
    expect(s3Findings('{"Statement": [')).toEqual([]);
  });

  it('stands at the action, after the errors', () => {
    const text = policy(['s3:GetObject', 's3:ListBucket'], `${bucket}/*`);
    const [finding] = findingsOf(text, 'identity');
    expect(finding).toMatchObject({ pointer: '/Statement/0/Action/1', line: 8, severity: 'warning' });
    expect(text.slice(finding?.from, finding?.to)).toBe('"s3:ListBucket"');
  });
});
