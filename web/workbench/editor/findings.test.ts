import { describe, expect, it } from 'vitest';
import { applyRepair } from '../../../iam/check/finding.ts';
import { findingsOf } from './findings.ts';

const bucket = 'arn:aws:s3:::seeds';
const policy = (action: unknown, resource: unknown): string =>
  JSON.stringify(
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] },
    null,
    2,
  );
const codes = async (action: unknown, resource: unknown) =>
  (await findingsOf(policy(action, resource), 'identity')).map(({ code }) => code);

describe('findingsOf', () => {
  it('knows the actions of the services that the document names', async () => {
    expect(await codes('s3:ListObjectsV2', bucket)).toEqual(['operation-not-action']);
    expect(await codes('sqs:SendMesage', '*')).toEqual(['unknown-action']);
  });

  it('finds an action that works on none of the resources, and repairs it', async () => {
    const text = policy(['s3:GetObject', 's3:ListBucket'], `${bucket}/*`);
    const [finding] = await findingsOf(text, 'identity');
    expect(finding).toMatchObject({ pointer: '/Statement/0/Action/1', line: 8, severity: 'warning' });
    expect(text.slice(finding?.from, finding?.to)).toBe('"s3:ListBucket"');
    const repaired = finding?.repair === undefined ? text : applyRepair(text, finding.repair);
    expect(await findingsOf(repaired, 'identity')).toEqual([]);
  });

  it('says nothing where one of the resources could match', async () => {
    for (const resource of ['*', `${bucket}*`, [bucket, `${bucket}/*`], 'arn:aws:s3:::${aws:username}']) {
      expect(await codes(['s3:GetObject', 's3:ListBucket'], resource), String(resource)).toEqual([]);
    }
    expect(await codes('s3:Get*', 'arn:*:s3:::seeds/*')).toEqual([]);
  });

  it('puts the gravest first, and says nothing about what is no policy', async () => {
    const text = policy(['s3:getobject', 's3:Get:Object'], `${bucket}/*`);
    expect((await findingsOf(text, 'identity')).map(({ severity }) => severity)).toEqual(['error', 'suggestion']);
    expect(await findingsOf(text, undefined)).toEqual([]);
    expect(await findingsOf(' ', 'trust')).toEqual([]);
  });
});
