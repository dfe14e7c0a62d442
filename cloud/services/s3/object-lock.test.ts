import { beforeEach, describe, expect, it } from 'vitest';
import { allow, Sandbox, text } from '../../testing/sandbox.ts';

const Bucket = 'records-1';
const day = 86_400_000;
const message = 'Access Denied because object protected by object lock.';
let sandbox: Sandbox;
let VersionId: string;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket, ObjectLockEnabledForBucket: true });
  ({ VersionId } = sandbox.call('s3:PutObject', { Bucket, Key: 'a', Body: text('x') }));
});

const later = (days: number) => new Date(sandbox.now + days * day);
const retain = (Mode: string, days: number, more: object = {}) => ({
  Bucket,
  Key: 'a',
  Retention: { Mode, RetainUntilDate: later(days) },
  ...more,
});
const remove = (more: object = {}) => ({ Bucket, Key: 'a', VersionId, ...more });

describe('Object Lock of a bucket', () => {
  it('is made with it, versioned, with permissions of its own', () => {
    expect(sandbox.asked('s3:CreateBucket', { Bucket: 'more-1', ObjectLockEnabledForBucket: true })).toEqual(
      ['CreateBucket', 'PutBucketVersioning', 'PutBucketObjectLockConfiguration'].map(
        (action) => `s3:${action} arn:aws:s3:::more-1`,
      ),
    );
    expect(sandbox.call('s3:GetBucketVersioning', { Bucket })).toEqual({ Status: 'Enabled' });
    const suspend = { Bucket, VersioningConfiguration: { Status: 'Suspended' } };
    expect(sandbox.fail('s3:PutBucketVersioning', suspend).code).toBe('InvalidBucketState');
    expect(sandbox.call('s3:GetObjectLockConfiguration', { Bucket })).toEqual({
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
    });
  });

  it('has a default for what is written then', () => {
    const lock = (DefaultRetention: object) => ({
      Bucket,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } },
    });
    expect(sandbox.fail('s3:PutObjectLockConfiguration', lock({ Mode: 'GOVERNANCE' })).code).toBe('MalformedXML');
    const both = lock({ Mode: 'GOVERNANCE', Days: 1, Years: 1 });
    expect(sandbox.fail('s3:PutObjectLockConfiguration', both).code).toBe('MalformedXML');
    expect(sandbox.fail('s3:PutObjectLockConfiguration', lock({ Mode: 'GOVERNANCE', Days: 0 })).code).toBe(
      'InvalidArgument',
    );
    sandbox.call('s3:PutObjectLockConfiguration', lock({ Mode: 'COMPLIANCE', Days: 2 }));
    sandbox.call('s3:PutObject', { Bucket, Key: 'b' });
    expect(sandbox.call('s3:GetObjectRetention', { Bucket, Key: 'b' }).Retention).toEqual({
      Mode: 'COMPLIANCE',
      RetainUntilDate: later(2),
    });
    expect(sandbox.fail('s3:GetObjectRetention', { Bucket, Key: 'a' }).code).toBe('NoSuchObjectLockConfiguration');
  });

  it('is needed for every lock, and versioning for it', () => {
    sandbox.call('s3:CreateBucket', { Bucket: 'plain-1' });
    sandbox.call('s3:PutObject', { Bucket: 'plain-1', Key: 'a' });
    const plain = { Bucket: 'plain-1', Key: 'a' };
    expect(sandbox.fail('s3:GetObjectLockConfiguration', { Bucket: 'plain-1' }).code).toBe(
      'ObjectLockConfigurationNotFoundError',
    );
    for (const [operation, input] of [
      ['PutObject', { ObjectLockLegalHoldStatus: 'ON' }],
      ['PutObjectLegalHold', { LegalHold: { Status: 'ON' } }],
      ['GetObjectRetention', {}],
    ] as const) {
      expect(sandbox.fail(`s3:${operation}`, { ...plain, ...input })).toMatchObject({
        code: 'InvalidRequest',
        message: 'Bucket is missing Object Lock Configuration',
      });
    }
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' };
    expect(sandbox.fail('s3:PutObjectLockConfiguration', { Bucket: 'plain-1', ObjectLockConfiguration }).code).toBe(
      'InvalidBucketState',
    );
  });
});

describe('a version under a lock', () => {
  it('stays until its time, though a delete marker hides it', () => {
    sandbox.call('s3:PutObjectRetention', retain('COMPLIANCE', 1));
    expect(sandbox.fail('s3:DeleteObject', remove({ BypassGovernanceRetention: true }))).toMatchObject({
      code: 'AccessDenied',
      message,
    });
    expect(sandbox.call('s3:DeleteObject', { Bucket, Key: 'a' }).DeleteMarker).toBe(true);
    const Delete = { Objects: [{ Key: 'a', VersionId }] };
    expect(sandbox.call('s3:DeleteObjects', { Bucket, Delete }).Errors).toMatchObject([{ Code: 'AccessDenied' }]);
    sandbox.now += day;
    sandbox.call('s3:DeleteObject', remove());
  });

  it('in governance goes for who may bypass it, and says so', () => {
    sandbox.call('s3:PutObjectRetention', retain('GOVERNANCE', 1));
    const plain = sandbox.user('plain', allow(['s3:DeleteObjectVersion', 's3:PutObjectRetention']));
    const guard = sandbox.user('guard', allow(['s3:DeleteObjectVersion', 's3:BypassGovernanceRetention']));
    expect(sandbox.fail('s3:DeleteObject', remove(), guard).message).toBe(message);
    const bypass = { BypassGovernanceRetention: true };
    expect(sandbox.fail('s3:DeleteObject', remove(bypass), plain).message).toContain('s3:BypassGovernanceRetention');
    expect(sandbox.fail('s3:PutObjectRetention', retain('GOVERNANCE', 0.5), plain).message).toBe(message);
    sandbox.call('s3:PutObjectRetention', retain('GOVERNANCE', 2), plain);
    sandbox.call('s3:DeleteObject', remove(bypass), guard);
  });

  it('in compliance only ever becomes stricter', () => {
    sandbox.call('s3:PutObjectRetention', retain('COMPLIANCE', 2));
    const bypass = { BypassGovernanceRetention: true };
    for (const wish of [retain('GOVERNANCE', 3, bypass), retain('COMPLIANCE', 1, bypass), retain('COMPLIANCE', 1)]) {
      expect(sandbox.fail('s3:PutObjectRetention', wish).message).toBe(message);
    }
    sandbox.call('s3:PutObjectRetention', retain('COMPLIANCE', 3));
    expect(sandbox.fail('s3:PutObjectRetention', retain('COMPLIANCE', -1)).code).toBe('InvalidArgument');
  });

  it('with a legal hold stays without an end', () => {
    const hold = (Status: string) => ({ Bucket, Key: 'a', LegalHold: { Status } });
    sandbox.call('s3:PutObjectLegalHold', hold('ON'));
    expect(sandbox.call('s3:GetObjectLegalHold', { Bucket, Key: 'a' })).toEqual({ LegalHold: { Status: 'ON' } });
    sandbox.now += 1000 * day;
    expect(sandbox.fail('s3:DeleteObject', remove({ BypassGovernanceRetention: true })).message).toBe(message);
    sandbox.call('s3:PutObjectLegalHold', hold('OFF'));
    sandbox.call('s3:DeleteObject', remove());
  });
});

describe('a write that asks for a lock', () => {
  const asked = () => ({ Bucket, Key: 'w', ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: later(10) });

  it('needs the permission to set one, which knows what is asked', () => {
    const writer = sandbox.user('writer', allow('s3:PutObject'));
    expect(sandbox.fail('s3:PutObject', asked(), writer).message).toContain('s3:PutObjectRetention');
    const most = { Condition: { NumericLessThanEquals: { 's3:object-lock-remaining-retention-days': '5' } } };
    const keeper = sandbox.user('keeper', allow('s3:PutObject'), allow('s3:PutObjectRetention', '*', most));
    expect(sandbox.fail('s3:PutObject', asked(), keeper).code).toBe('AccessDenied');
    sandbox.call('s3:PutObject', { ...asked(), ObjectLockRetainUntilDate: later(5) }, keeper);
  });

  it('is shown to who may see it', () => {
    sandbox.call('s3:PutObject', { ...asked(), ObjectLockLegalHoldStatus: 'ON' });
    const shown = {
      ObjectLockMode: 'GOVERNANCE',
      ObjectLockRetainUntilDate: later(10),
      ObjectLockLegalHoldStatus: 'ON',
    };
    expect(sandbox.call('s3:HeadObject', { Bucket, Key: 'w' })).toMatchObject(shown);
    const reader = sandbox.user('reader', allow('s3:GetObject'));
    const seen = sandbox.call('s3:HeadObject', { Bucket, Key: 'w' }, reader);
    expect(Object.keys(seen).filter((name) => name.startsWith('ObjectLock'))).toEqual([]);
  });

  it.each([
    [{ ObjectLockMode: 'GOVERNANCE' }, 'must both be supplied'],
    [{ ObjectLockMode: 'NEVER', ObjectLockRetainUntilDate: new Date('2030-01-01') }, 'Unknown wormMode directive.'],
    [{ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date('2020-01-01') }, 'must be in the future'],
    [{ ObjectLockLegalHoldStatus: 'MAYBE' }, 'Legal Hold must be'],
  ])('is refused: %j', (input, words) => {
    const error = sandbox.fail('s3:PutObject', { Bucket, Key: 'w', ...input });
    expect([error.code, error.message]).toEqual(['InvalidArgument', expect.stringContaining(words)]);
  });
});
