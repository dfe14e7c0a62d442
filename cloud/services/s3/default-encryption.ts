/**
 * The encryption that a bucket has for objects whose request asks for none. Every bucket has S3's own keys since January 2023; that cannot
 * be switched off. A key that is named is not looked up before it is used (Amazon S3 API Reference, `PutBucketEncryption`).
 */
import type {
  DeleteBucketEncryptionRequest,
  GetBucketEncryptionOutput,
  GetBucketEncryptionRequest,
  PutBucketEncryptionRequest,
  ServerSideEncryptionConfiguration,
  ServerSideEncryptionRule,
} from '@aws-sdk/client-s3';
import { AwsError } from '../../errors.ts';
import { deleteSetting, getSetting, putSetting, settingOf } from './bucket-documents.ts';
import { malformedXml } from './errors.ts';
import type { BucketState } from './state.ts';

const ownKeys: ServerSideEncryptionRule = {
  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
  BucketKeyEnabled: false,
};
const algorithms = ['AES256', 'aws:kms', 'aws:kms:dsse'];

export const putBucketEncryption = putSetting<PutBucketEncryptionRequest>(
  'encryption',
  's3:PutEncryptionConfiguration',
  (input) => {
    const [rule, ...more] = input.ServerSideEncryptionConfiguration?.Rules ?? [];
    const { SSEAlgorithm: algorithm, KMSMasterKeyID: key } = rule?.ApplyServerSideEncryptionByDefault ?? {};
    if (rule === undefined || more.length > 0 || algorithm === undefined || !algorithms.includes(algorithm)) {
      throw malformedXml();
    }
    if (algorithm === 'AES256' && key !== undefined) {
      throw new AwsError(
        'InvalidArgument',
        'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
        { status: 400, details: { ArgumentName: 'ApplyServerSideEncryptionByDefault' } },
      );
    }
    return { Rules: [{ ...rule, BucketKeyEnabled: rule.BucketKeyEnabled ?? false }] };
  },
);

export const getBucketEncryption = getSetting<
  GetBucketEncryptionRequest,
  ServerSideEncryptionConfiguration,
  GetBucketEncryptionOutput
>('encryption', 's3:GetEncryptionConfiguration', (encryption) => ({
  ServerSideEncryptionConfiguration: encryption ?? { Rules: [ownKeys] },
}));

export const deleteBucketEncryption = deleteSetting<DeleteBucketEncryptionRequest>(
  'encryption',
  's3:PutEncryptionConfiguration',
);

/** The rule by which a bucket encrypts. */
export function encryptionRule(bucket: BucketState): ServerSideEncryptionRule {
  return settingOf<ServerSideEncryptionConfiguration>(bucket, 'encryption')?.Rules?.[0] ?? ownKeys;
}
