import { beforeEach, describe, expect, test } from 'vitest';
import { accountIdOfAccessKey } from '../../access-key.ts';
import { resolveCredential } from '../../credentials.ts';
import { accountId, document, partnerId, Sandbox, startTime, trust } from './testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('CreateUser', { UserName: 'Bea' });
});

describe('access keys', () => {
  test('carry their account, and their secret is shown once', () => {
    const { AccessKey } = sandbox.call('CreateAccessKey', { UserName: 'Bea' });
    expect(AccessKey).toEqual({
      UserName: 'Bea',
      AccessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      Status: 'Active',
      SecretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
      CreateDate: new Date(startTime),
    });
    expect(accountIdOfAccessKey(AccessKey.AccessKeyId)).toBe(accountId);
    const { SecretAccessKey: _, ...metadata } = AccessKey;
    expect(sandbox.call('ListAccessKeys', { UserName: 'Bea' })).toEqual({
      AccessKeyMetadata: [metadata],
      IsTruncated: false,
    });
  });

  test('are two at most for each user', () => {
    sandbox.call('CreateAccessKey', { UserName: 'Bea' });
    sandbox.call('CreateAccessKey', { UserName: 'bea' });
    expect(sandbox.refused('CreateAccessKey', { UserName: 'Bea' })).toBe(
      'LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2',
    );
  });

  test('are switched off, on, and deleted', () => {
    const { AccessKeyId } = sandbox.call('CreateAccessKey', { UserName: 'Bea' }).AccessKey;
    const key = { UserName: 'Bea', AccessKeyId };
    const kind = () => resolveCredential(sandbox.world, AccessKeyId, sandbox.now).kind;
    sandbox.call('UpdateAccessKey', { ...key, Status: 'Inactive' });
    expect(kind()).toBe('inactive');
    sandbox.call('UpdateAccessKey', { ...key, Status: 'Active' });
    expect(kind()).toBe('found');
    sandbox.call('DeleteAccessKey', key);
    expect(kind()).toBe('unknown');
  });

  test('of someone else are not found', () => {
    sandbox.call('CreateUser', { UserName: 'Cleo' });
    const { AccessKeyId } = sandbox.call('CreateAccessKey', { UserName: 'Cleo' }).AccessKey;
    for (const operation of ['UpdateAccessKey', 'DeleteAccessKey']) {
      expect(sandbox.refused(operation, { UserName: 'Bea', AccessKeyId, Status: 'Active' })).toBe(
        `NoSuchEntity: The Access Key with id ${AccessKeyId} cannot be found.`,
      );
    }
    expect(sandbox.refused('CreateAccessKey', { UserName: 'none' })).toContain('NoSuchEntity');
    expect(sandbox.refused('ListAccessKeys', { UserName: 'none' })).toContain('NoSuchEntity');
  });

  test('without a name are the caller’s own', () => {
    const cleo = sandbox.user('Cleo', document('iam:*', `arn:aws:iam::${accountId}:user/Cleo`));
    const { AccessKey } = sandbox.call('CreateAccessKey', {}, cleo);
    expect(AccessKey.UserName).toBe('Cleo');
    expect(sandbox.call('ListAccessKeys', {}, cleo).AccessKeyMetadata).toHaveLength(2);
    sandbox.call('DeleteAccessKey', { AccessKeyId: AccessKey.AccessKeyId }, cleo);
    const rootKey = sandbox.call('CreateAccessKey', {}).AccessKey;
    expect(rootKey.UserName).toBeUndefined();
    expect(sandbox.signedBy(rootKey)).toEqual({ kind: 'root', accountId });
    expect(sandbox.call('ListAccessKeys', {}).AccessKeyMetadata).toHaveLength(1);
    expect(sandbox.call('GetAccountSummary').SummaryMap.AccountAccessKeysPresent).toBe(1);
  });

  test('without a name from a role’s session are refused', () => {
    sandbox.call('CreateRole', { RoleName: 'R', AssumeRolePolicyDocument: trust({ AWS: accountId }) });
    const bea = sandbox.user('Cleo', document('sts:*'));
    const RoleArn = `arn:aws:iam::${accountId}:role/R`;
    const { Credentials } = sandbox.call('AssumeRole', { RoleArn, RoleSessionName: 'session' }, bea);
    for (const operation of ['CreateAccessKey', 'ListAccessKeys', 'ListMFADevices', 'GetLoginProfile']) {
      expect(sandbox.refused(operation, {}, sandbox.signedBy(Credentials))).toBe(
        'ValidationError: Must specify userName when calling with non-User credentials',
      );
    }
  });
});

describe('GetAccessKeyLastUsed', () => {
  test('says N/A of a key that was never used', () => {
    const { AccessKeyId } = sandbox.call('CreateAccessKey', { UserName: 'Bea' }).AccessKey;
    expect(sandbox.call('GetAccessKeyLastUsed', { AccessKeyId })).toEqual({
      UserName: 'Bea',
      AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' },
    });
  });

  test('says when, where and for what a key was used', () => {
    const { AccessKeyId } = sandbox.call('CreateAccessKey', { UserName: 'Bea' }).AccessKey;
    const account = sandbox.world.accounts[accountId];
    const key = account?.iam.accessKeys[AccessKeyId];
    if (account === undefined || key === undefined) throw new Error('no key');
    const lastUsed = { at: startTime, region: 'us-east-1', service: 's3' };
    const iam = { ...account.iam, accessKeys: { [AccessKeyId]: { ...key, lastUsed } } };
    const accounts = { ...sandbox.world.accounts, [accountId]: { ...account, iam } };
    sandbox.world = { ...sandbox.world, accounts };
    expect(sandbox.call('GetAccessKeyLastUsed', { AccessKeyId }).AccessKeyLastUsed).toEqual({
      LastUsedDate: new Date(startTime),
      ServiceName: 's3',
      Region: 'us-east-1',
    });
  });

  test('denies knowing a key that does not exist', () => {
    const refusal = `AccessDenied: User: arn:aws:iam::${accountId}:root is not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key AKIAIOSFODNN7EXAMPLE`;
    expect(sandbox.refused('GetAccessKeyLastUsed', { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' })).toBe(refusal);
    const partner = { kind: 'root', accountId: partnerId } as const;
    const { AccessKeyId } = sandbox.call('CreateAccessKey', { UserName: 'Bea' }).AccessKey;
    expect(sandbox.refused('GetAccessKeyLastUsed', { AccessKeyId }, partner)).toContain('AccessDenied');
  });
});
