import { describe, expect, test } from 'vitest';
import type { AnyCaller } from '../../iam/model.ts';
import { LedgerSandbox } from '../testing/ledger-sandbox.ts';
import { accountId, partnerId, partnerRoot, policy } from '../testing/sandbox.ts';
import { recordFor } from './past-call.ts';

const trust = policy({ Effect: 'Allow', Principal: { AWS: partnerId }, Action: 'sts:AssumeRole' });

/** The record of the newest call. */
function newest(sandbox: LedgerSandbox) {
  const call = sandbox.calls.at(-1);
  if (call === undefined) throw new Error('Nothing was called');
  return call;
}

describe('the record of a call', () => {
  test('says who called what, with what, and what came of it', () => {
    const sandbox = new LedgerSandbox();
    sandbox.call('iam:CreateUser', { UserName: 'Bea', Tags: [{ Key: 'team', Value: 'a' }] }, undefined, 'AKIAROOT');
    expect(newest(sandbox).record).toEqual({
      eventVersion: '1.11',
      userIdentity: {
        type: 'Root',
        principalId: accountId,
        arn: `arn:aws:iam::${accountId}:root`,
        accountId,
        accessKeyId: 'AKIAROOT',
      },
      eventTime: '2026-01-05T12:00:01Z',
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateUser',
      awsRegion: 'us-east-1',
      sourceIPAddress: '203.0.113.7',
      userAgent: 'aws-cli/2',
      requestParameters: { userName: 'Bea', tags: [{ key: 'team', value: 'a' }] },
      responseElements: {
        user: expect.objectContaining({ userName: 'Bea', createDate: 'Jan 5, 2026, 12:00:01 PM' }),
      },
      requestID: 'request-1',
      eventID: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/),
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: accountId,
      eventCategory: 'Management',
    });
    expect(newest(sandbox).named).toEqual([{ type: 'AWS::IAM::User', name: 'Bea' }]);
    expect(newest(sandbox).actions).toEqual(['iam:CreateUser', 'iam:TagUser']);
  });

  test('tells no secret', () => {
    const sandbox = new LedgerSandbox();
    sandbox.call('iam:CreateUser', { UserName: 'Bea' });
    const { AccessKey } = sandbox.call('iam:CreateAccessKey', { UserName: 'Bea' });
    expect(newest(sandbox).record.responseElements).toEqual({
      accessKey: {
        userName: 'Bea',
        accessKeyId: AccessKey.AccessKeyId,
        status: 'Active',
        createDate: expect.any(String),
      },
    });
    sandbox.call('iam:CreateLoginProfile', { UserName: 'Bea', Password: 'Corr3ct-horse!' });
    sandbox.call('ssm:PutParameter', { Name: 'p', Value: 'swordfish', Type: 'SecureString' });
    sandbox.call('s3:CreateBucket', { Bucket: 'b-111122223333' });
    sandbox.call('s3:PutObject', { Bucket: 'b-111122223333', Key: 'k', Body: new TextEncoder().encode('swordfish') });
    const told = JSON.stringify(sandbox.calls);
    for (const secret of [AccessKey.SecretAccessKey, 'Corr3ct-horse!', 'swordfish']) expect(told).not.toContain(secret);
    expect(told).toContain('HIDDEN_DUE_TO_SECURITY_REASONS');
  });

  test('of a denial has its text, and no parameters', () => {
    const sandbox = new LedgerSandbox();
    sandbox.call('iam:CreateUser', { UserName: 'Bea' });
    const id = sandbox.world.accounts[accountId]?.iam.users['Bea']?.id ?? '';
    const arn = `arn:aws:iam::${accountId}:user/Bea`;
    const user: AnyCaller = { kind: 'user', accountId, arn, name: 'Bea', id, tags: {} };
    sandbox.call('logs:CreateLogGroup', { logGroupName: 'g' }, user, 'AKIABEA');
    expect(newest(sandbox).record).toMatchObject({
      userIdentity: { type: 'IAMUser', principalId: id, arn, accountId, accessKeyId: 'AKIABEA', userName: 'Bea' },
      errorCode: 'AccessDenied',
      errorMessage: expect.stringMatching(/is not authorized to perform: logs:CreateLogGroup on resource/),
      requestParameters: null,
      responseElements: null,
    });
    expect(newest(sandbox).entity).toBe(arn);
    sandbox.call('iam:GetUser', { UserName: 'Cy' });
    expect(newest(sandbox).record).toMatchObject({ errorCode: 'NoSuchEntityException', readOnly: true });
  });

  test('of a call across accounts is told to both, with one shared id', () => {
    const sandbox = new LedgerSandbox();
    sandbox.call('iam:CreateRole', { RoleName: 'Sync', AssumeRolePolicyDocument: trust });
    sandbox.call('sts:AssumeRole', { RoleArn: `arn:aws:iam::${accountId}:role/Sync`, RoleSessionName: 'job' }, {
      ...partnerRoot,
      kind: 'root',
    } as AnyCaller);
    const call = newest(sandbox);
    // The root user may not assume roles; what was denied is told to the caller's account alone.
    expect(recordFor(call, partnerId)).toMatchObject({ errorCode: 'AccessDenied', recipientAccountId: partnerId });
    expect(recordFor(call, accountId)).toBeUndefined();

    sandbox.call('iam:CreateUser', { UserName: 'Pia' }, partnerRoot);
    const user = sandbox.world.accounts[partnerId]?.iam.users['Pia'];
    const arn = `arn:aws:iam::${partnerId}:user/Pia`;
    const pia: AnyCaller = { kind: 'user', accountId: partnerId, arn, name: 'Pia', id: user?.id ?? '', tags: {} };
    const document = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' });
    sandbox.call('iam:PutUserPolicy', { UserName: 'Pia', PolicyName: 'p', PolicyDocument: document }, partnerRoot);
    const RoleArn = `arn:aws:iam::${accountId}:role/Sync`;
    const { Credentials } = sandbox.call('sts:AssumeRole', { RoleArn, RoleSessionName: 'job' }, pia);
    const assumed = newest(sandbox);
    const theirs = recordFor(assumed, partnerId);
    const ours = recordFor(assumed, accountId);
    expect(theirs?.userIdentity).toMatchObject({ type: 'IAMUser', userName: 'Pia' });
    expect(ours?.userIdentity).toEqual({ type: 'AWSAccount', principalId: user?.id, accountId: partnerId });
    expect(ours?.sharedEventID).toBe(theirs?.sharedEventID);
    expect(ours?.eventID).not.toBe(theirs?.eventID);
    expect(ours?.resources).toEqual([{ accountId, type: 'AWS::IAM::Role', ARN: RoleArn }]);
    expect(ours?.responseElements).toMatchObject({
      credentials: { accessKeyId: Credentials.AccessKeyId, expiration: expect.any(String) },
    });
    expect(JSON.stringify(ours)).not.toContain(Credentials.SecretAccessKey);
  });

  test('of a session says who issued it', () => {
    const sandbox = new LedgerSandbox();
    const session = { accessKeyId: 'ASIA1', issuedAt: sandbox.now, mfa: { authenticatedAt: 1 }, sourceIdentity: 'bea' };
    const caller: AnyCaller = {
      kind: 'role-session',
      accountId,
      roleArn: `arn:aws:iam::${accountId}:role/ops/Sync`,
      roleName: 'Sync',
      roleId: 'AROA1',
      sessionName: 's',
      sessionArn: `arn:aws:sts::${accountId}:assumed-role/Sync/s`,
      tags: {},
      session,
    };
    sandbox.call('sts:GetCallerIdentity', {}, caller);
    expect(newest(sandbox).record.userIdentity).toEqual({
      type: 'AssumedRole',
      principalId: 'AROA1:s',
      arn: `arn:aws:sts::${accountId}:assumed-role/Sync/s`,
      accountId,
      accessKeyId: 'ASIA1',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROA1',
          arn: `arn:aws:iam::${accountId}:role/ops/Sync`,
          accountId,
          userName: 'Sync',
        },
        attributes: { creationDate: '2026-01-05T12:00:00Z', mfaAuthenticated: 'true' },
        sourceIdentity: 'bea',
      },
    });
  });

  test('knows data events, and the anonymous', () => {
    const sandbox = new LedgerSandbox();
    sandbox.call('s3:CreateBucket', { Bucket: 'b-111122223333' });
    expect(newest(sandbox).record).toMatchObject({
      eventCategory: 'Management',
      requestParameters: { bucketName: 'b-111122223333', Host: 'b-111122223333.s3.amazonaws.com' },
    });
    sandbox.call('s3:GetObject', { Bucket: 'b-111122223333', Key: 'a/b' }, { kind: 'anonymous' });
    expect(newest(sandbox).record).toMatchObject({
      userIdentity: { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' },
      errorCode: 'AccessDenied',
      managementEvent: false,
      eventCategory: 'Data',
      requestParameters: { bucketName: 'b-111122223333', key: 'a/b' },
      resources: [
        { type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::b-111122223333/a/b' },
        { accountId, type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::b-111122223333' },
      ],
      recipientAccountId: accountId,
    });
  });
});
