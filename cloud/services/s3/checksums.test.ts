import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { Sandbox, text } from '../../testing/sandbox.ts';
import { crc } from './crc.ts';

const Bucket = 'seeds-1';
const Body = text('123456789');
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const values: Readonly<Record<string, string>> = {
  CRC32: base64(crc('CRC32', Body)),
  CRC32C: base64(crc('CRC32C', Body)),
  CRC64NVME: base64(crc('CRC64NVME', Body)),
  SHA1: createHash('sha1').update(Body).digest('base64'),
  SHA256: createHash('sha256').update(Body).digest('base64'),
};
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket });
});

describe('checksums of objects', () => {
  it.each(Object.entries(values))('%s is verified, kept and answered on demand', (algorithm, value) => {
    const member = `Checksum${algorithm}`;
    const put = sandbox.call('s3:PutObject', { Bucket, Key: 'k', Body, [member]: value });
    expect(put).toMatchObject({ [member]: value, ChecksumType: 'FULL_OBJECT' });
    expect(sandbox.call('s3:GetObject', { Bucket, Key: 'k', ChecksumMode: 'ENABLED' })[member]).toBe(value);
    expect(sandbox.call('s3:GetObject', { Bucket, Key: 'k' })).not.toHaveProperty(member);
    expect(sandbox.call('s3:ListObjectsV2', { Bucket }).Contents[0].ChecksumAlgorithm).toEqual([algorithm]);
    expect(sandbox.fail('s3:PutObject', { Bucket, Key: 'k', Body: text('other'), [member]: value })).toMatchObject({
      code: 'BadDigest',
      message: `The ${algorithm} you specified did not match the calculated checksum.`,
    });
  });

  it('are CRC-64/NVME where the client sends none, and by the algorithm that it names', () => {
    expect(sandbox.call('s3:PutObject', { Bucket, Key: 'k', Body }).ChecksumCRC64NVME).toBe(values['CRC64NVME']);
    const named = sandbox.call('s3:PutObject', { Bucket, Key: 'k', Body, ChecksumAlgorithm: 'SHA1' });
    expect(named.ChecksumSHA1).toBe(values['SHA1']);
  });

  it('are not given for a part of the object', () => {
    sandbox.call('s3:PutObject', { Bucket, Key: 'k', Body });
    const ranged = sandbox.call('s3:GetObject', { Bucket, Key: 'k', ChecksumMode: 'ENABLED', Range: 'bytes=0-1' });
    expect(ranged).not.toHaveProperty('ChecksumCRC64NVME');
  });

  it('must be one, and well made', () => {
    const fail = (more: object) => sandbox.fail('s3:PutObject', { Bucket, Key: 'k', Body, ...more });
    expect(fail({ ChecksumCRC32: values['CRC32'], ChecksumSHA1: values['SHA1'] }).message).toContain(
      'Expecting a single',
    );
    expect(fail({ ChecksumCRC32: 'AA==' }).message).toBe('Value for x-amz-checksum-crc32 header is invalid.');
    expect(fail({ ChecksumCRC32: '!!!!' }).code).toBe('InvalidRequest');
    expect(fail({ ChecksumSHA512: 'AA==' }).code).toBe('NotImplemented');
    expect(fail({ ChecksumAlgorithm: 'ROT13' }).code).toBe('InvalidRequest');
  });

  it('Content-MD5 is verified too', () => {
    const fail = (ContentMD5: string) => sandbox.fail('s3:PutObject', { Bucket, Key: 'k', Body, ContentMD5 }).code;
    expect(fail('x')).toBe('InvalidDigest');
    expect(fail(base64(new Uint8Array(16)))).toBe('BadDigest');
    sandbox.call('s3:PutObject', {
      Bucket,
      Key: 'k',
      Body,
      ContentMD5: createHash('md5').update(Body).digest('base64'),
    });
  });
});
