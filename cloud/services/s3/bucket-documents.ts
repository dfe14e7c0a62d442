/** Settings of a bucket that are documents: put as a whole, kept as the API gives them, read and deleted. */
import type { Draft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { type BucketInput, bucketOf, bucketOwner } from './buckets-by-name.ts';
import { s3Limits } from './limits.ts';
import { onBucket } from './permissions.ts';
import type { BucketState, Document, SettingName } from './state.ts';

export type Nothing = Record<string, never>;

/** What is looked at when a document is put. */
export interface Putting {
  readonly bucket: BucketState;
  readonly account: Account;
}

/** A document as the state keeps it: plain data, a date as text, what is undefined left out. */
export function plainDocument(value: object): Document {
  return JSON.parse(JSON.stringify(value)) as Document;
}

/** The error of a setting that was never made. */
export function notSet(code: string, message: string, bucket: string): AwsError {
  return new AwsError(code, message, { status: 404, details: { BucketName: bucket } });
}

/** A setting of a bucket; undefined where it was never made. */
export function settingOf<Value extends object>(
  bucket: Pick<BucketState, 'settings'>,
  name: SettingName,
): Value | undefined {
  return bucket.settings?.[name] as Value | undefined;
}

/** Keeps a setting. @throws MaxMessageLengthExceeded where a bucket's settings become too large */
export function keepSetting(bucket: Draft<BucketState>, name: SettingName, value: object): void {
  bucket.settings = { ...bucket.settings, [name]: plainDocument(value) };
  checkSize(bucket);
}

/** Takes a setting away, also one that is not there. */
export function dropSetting(bucket: Draft<BucketState>, name: SettingName): void {
  const { [name]: _gone, ...others } = bucket.settings ?? {};
  bucket.settings = others;
}

/** @throws MaxMessageLengthExceeded */
export function checkSize({ settings, configurations }: BucketState): void {
  if (JSON.stringify([settings, configurations]).length <= s3Limits.settingsBytes) return;
  throw new AwsError('MaxMessageLengthExceeded', 'Your request was too large.', { status: 400 });
}

/**
 * The operation that puts a setting.
 * @param read the document of a request, checked; it throws S3's errors
 */
export function putSetting<Input extends BucketInput>(
  name: SettingName,
  action: string,
  read: (input: Input, putting: Putting) => object,
): ChangeOperation<Input, Nothing> {
  return {
    kind: 'change',
    owner: bucketOwner,
    permissions: onBucket(action),
    handle(account, input) {
      const bucket = bucketOf(account, input);
      keepSetting(bucket, name, read(input, { bucket, account }));
      return {};
    },
  };
}

/** The operation that reads a setting. @param show the answer; it throws where there must be a setting and is none */
export function getSetting<Input extends BucketInput, Value extends object, Output>(
  name: SettingName,
  action: string,
  show: (value: Value | undefined, bucket: BucketState) => Output,
): ReadOperation<Input, Output> {
  return {
    kind: 'read',
    owner: bucketOwner,
    permissions: onBucket(action),
    handle(account, input) {
      const bucket: BucketState = bucketOf(account, input);
      return show(settingOf<Value>(bucket, name), bucket);
    },
  };
}

/** The operation that takes a setting away, also one that is not there. */
export function deleteSetting<Input extends BucketInput>(
  name: SettingName,
  action: string,
): ChangeOperation<Input, Nothing> {
  return {
    kind: 'change',
    owner: bucketOwner,
    permissions: onBucket(action),
    handle(account, input) {
      dropSetting(bucketOf(account, input), name);
      return {};
    },
  };
}
