/** Object Lock of a bucket, and the retention and legal hold of an object (Amazon S3 API Reference, `PutObjectLockConfiguration`). */
import type {
  GetObjectLegalHoldOutput,
  GetObjectLegalHoldRequest,
  GetObjectLockConfigurationOutput,
  GetObjectLockConfigurationRequest,
  GetObjectRetentionOutput,
  GetObjectRetentionRequest,
  ObjectLockConfiguration,
  PutObjectLegalHoldRequest,
  PutObjectLockConfigurationRequest,
  PutObjectRetentionRequest,
} from '@aws-sdk/client-s3';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, PermissionFacts, ReadOperation } from '../../service.ts';
import { getSetting, type Nothing, notSet, putSetting } from './bucket-documents.ts';
import { bucketOf, bucketOwner } from './buckets-by-name.ts';
import { invalidArgument, malformedXml } from './errors.ts';
import { lockContext } from './lock-context.ts';
import { checkHasObjectLock, checkRetention, checkUntil, readMode } from './object-lock.ts';
import { draftVersion, requestedVersion } from './object-versions.ts';
import { objectPermission, onObject } from './permissions.ts';

export const putObjectLockConfiguration = putSetting<PutObjectLockConfigurationRequest>(
  'objectLock',
  's3:PutBucketObjectLockConfiguration',
  (input, { bucket }) => {
    const configuration = input.ObjectLockConfiguration;
    if (configuration?.ObjectLockEnabled !== 'Enabled') throw malformedXml();
    if (bucket.versioning !== 'Enabled') {
      throw new AwsError(
        'InvalidBucketState',
        "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
        { status: 409 },
      );
    }
    checkDefault(configuration);
    return configuration;
  },
);

function checkDefault({ Rule }: ObjectLockConfiguration): void {
  if (Rule === undefined) return;
  const { Mode, Days, Years } = Rule.DefaultRetention ?? {};
  if ((Mode !== 'GOVERNANCE' && Mode !== 'COMPLIANCE') || (Days === undefined) === (Years === undefined)) {
    throw malformedXml();
  }
  const period = Days ?? Years ?? 0;
  if (period < 1) {
    throw invalidArgument(
      'Default retention period must be a positive integer value.',
      Days === undefined ? 'Years' : 'Days',
      String(period),
    );
  }
  if (period > (Days === undefined ? 100 : 36_500)) {
    throw invalidArgument(
      `Default retention period too large - must be within ${Days === undefined ? '100 years' : '36500 days'}.`,
      Days === undefined ? 'Years' : 'Days',
      String(period),
    );
  }
}

export const getObjectLockConfiguration = getSetting<
  GetObjectLockConfigurationRequest,
  ObjectLockConfiguration,
  GetObjectLockConfigurationOutput
>('objectLock', 's3:GetBucketObjectLockConfiguration', (configuration, { name }) => {
  if (configuration !== undefined) return { ObjectLockConfiguration: configuration };
  throw notSet(
    'ObjectLockConfigurationNotFoundError',
    'Object Lock configuration does not exist for this bucket',
    name,
  );
});

function noLock(): AwsError {
  return new AwsError(
    'NoSuchObjectLockConfiguration',
    'The specified object does not have a ObjectLock configuration',
    { status: 404 },
  );
}

/** Retention may always become longer or stricter; what loosens it is held to the lock that there is. An empty one takes it away. */
export const putObjectRetention: ChangeOperation<PutObjectRetentionRequest, Nothing> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: (input, facts) => [aboutLock('s3:PutObjectRetention', input, retentionContext(input, facts), facts)],
  handle(account, input, call) {
    const bucket = bucketOf(account, input);
    checkHasObjectLock(bucket);
    const version = requestedVersion(bucket, input, call);
    const { Mode, RetainUntilDate } = input.Retention ?? {};
    if ((Mode === undefined) !== (RetainUntilDate === undefined)) throw malformedXml();
    const until = RetainUntilDate && checkUntil(RetainUntilDate, call, 'RetainUntilDate');
    const loosens =
      (until ?? 0) < (version.lock?.until ?? 0) || (version.lock?.mode === 'COMPLIANCE' && Mode !== 'COMPLIANCE');
    const target = { bucket: bucket.name, key: input.Key ?? '', bypass: input.BypassGovernanceRetention };
    if (loosens) checkRetention(version, target, call);
    const { legalHold } = version.lock ?? {};
    const draft = draftVersion(bucket, input.Key, version.versionId);
    if (draft !== undefined) {
      draft.lock = {
        ...(Mode !== undefined && until !== undefined && { mode: readMode(Mode), until }),
        ...(legalHold !== undefined && { legalHold }),
      };
    }
    return {};
  },
};

function retentionContext({ Retention }: PutObjectRetentionRequest, { now }: PermissionFacts) {
  return lockContext({ ObjectLockMode: Retention?.Mode, ObjectLockRetainUntilDate: Retention?.RetainUntilDate }, now);
}

/** The action has no form of its own for a version. */
function aboutLock(
  action: string,
  input: {
    readonly Bucket?: string | undefined;
    readonly Key?: string | undefined;
    readonly VersionId?: string | undefined;
  },
  context: Readonly<Record<string, string>>,
  facts: PermissionFacts,
) {
  const { Bucket = '', Key = '', VersionId } = input;
  const version = VersionId !== undefined && { 's3:versionid': VersionId };
  return objectPermission(action, { bucket: Bucket, key: Key }, facts, { ...version, ...context });
}

export const getObjectRetention: ReadOperation<GetObjectRetentionRequest, GetObjectRetentionOutput> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onObject('s3:GetObjectRetention'),
  handle(account, input, call) {
    const bucket = bucketOf(account, input);
    checkHasObjectLock(bucket);
    const { lock } = requestedVersion(bucket, input, call);
    if (lock?.mode === undefined || lock.until === undefined) throw noLock();
    return { Retention: { Mode: lock.mode, RetainUntilDate: new Date(lock.until) } };
  },
};

export const putObjectLegalHold: ChangeOperation<PutObjectLegalHoldRequest, Nothing> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: (input, facts) => {
    const asked = lockContext({ ObjectLockLegalHoldStatus: input.LegalHold?.Status }, facts.now);
    return [aboutLock('s3:PutObjectLegalHold', input, asked, facts)];
  },
  handle(account, input, call) {
    const bucket = bucketOf(account, input);
    checkHasObjectLock(bucket);
    const status = input.LegalHold?.Status;
    if (status !== 'ON' && status !== 'OFF') throw malformedXml();
    const version = requestedVersion(bucket, input, call);
    const draft = draftVersion(bucket, input.Key, version.versionId);
    if (draft !== undefined) draft.lock = { ...version.lock, legalHold: status === 'ON' };
    return {};
  },
};

export const getObjectLegalHold: ReadOperation<GetObjectLegalHoldRequest, GetObjectLegalHoldOutput> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onObject('s3:GetObjectLegalHold'),
  handle(account, input, call) {
    const bucket = bucketOf(account, input);
    checkHasObjectLock(bucket);
    const { lock } = requestedVersion(bucket, input, call);
    if (lock?.legalHold === undefined) throw noLock();
    return { LegalHold: { Status: lock.legalHold ? 'ON' : 'OFF' } };
  },
};
