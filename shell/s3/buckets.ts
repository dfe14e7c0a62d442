/** `aws s3 mb`, `rb` and `presign`. */
import { percentEncode } from '../../cloud/percent.ts';
import type { ParsedArguments } from '../argument-parser.ts';
import type { Client } from '../client/client.ts';
import { presignUrl } from '../client/sign.ts';
import { configurationFault, parameterFault } from '../faults.ts';
import type { Printed } from '../printed.ts';
import type { Session } from '../session.ts';
import { faultWords } from './files.ts';
import { isS3, splitS3 } from './location.ts';
import { S3_USAGE, wholeNumber, word } from './options.ts';

function bucketPath(parsed: ParsedArguments, command: string): string {
  const path = word(parsed, 'path') ?? '';
  if (!isS3(path)) throw parameterFault(`${S3_USAGE[command] ?? ''}\nError: Invalid argument type`);
  return path;
}

/** Creates a bucket. */
export async function makeBucket(client: Client, parsed: ParsedArguments): Promise<Printed> {
  const path = bucketPath(parsed, 'mb');
  const { bucket } = splitS3(path);
  try {
    await client.callNamed('CreateBucket', {
      Bucket: bucket,
      ...(client.region !== 'us-east-1' && { CreateBucketConfiguration: { LocationConstraint: client.region } }),
    });
    return { stdout: `make_bucket: ${bucket}\n` };
  } catch (fault) {
    return { stdout: '', stderr: `make_bucket failed: ${path} ${faultWords(fault)}\n`, exitCode: 1 };
  }
}

/** Deletes a bucket; `empty` deletes its objects first where `--force` was given. */
export async function removeBucket(
  client: Client,
  parsed: ParsedArguments,
  empty: (path: string) => Promise<Printed>,
): Promise<Printed> {
  const path = bucketPath(parsed, 'rb');
  const { bucket, key } = splitS3(path);
  if (key !== '') throw parameterFault(`Please specify a valid bucket name only. E.g. s3://${bucket}`);
  let before: Printed = { stdout: '' };
  if (parsed.values.has('force')) {
    before = await empty(path);
    if ((before.exitCode ?? 0) !== 0) {
      const reason = 'remove_bucket failed: Unable to delete all objects in the bucket, bucket will not be deleted.';
      return { stdout: before.stdout, stderr: `${before.stderr ?? ''}\n${reason}\n`, exitCode: 255 };
    }
  }
  const printed = typeof before.stdout === 'string' ? before.stdout : '';
  try {
    await client.callNamed('DeleteBucket', { Bucket: bucket });
    return { stdout: `${printed}remove_bucket: ${bucket}\n` };
  } catch (fault) {
    return { stdout: printed, stderr: `remove_bucket failed: ${path} ${faultWords(fault)}\n`, exitCode: 1 };
  }
}

/** A URL by which anyone may GET an object for a while. */
export function presignCommand(session: Session, client: Client, parsed: ParsedArguments): Printed {
  const { bucket, key } = splitS3(word(parsed, 'path') ?? '');
  if (client.credentials === undefined) throw configurationFault('Unable to locate credentials');
  const url = `${client.endpoint}/${percentEncode(bucket)}/${percentEncode(key, '/')}`;
  const scope = { model: client.model, region: client.region };
  const expires = wholeNumber(parsed, 'expires-in') ?? 3600;
  return { stdout: `${presignUrl(session.environment, url, client.credentials, scope, expires)}\n` };
}
