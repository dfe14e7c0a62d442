/** Buckets by their names: the rules for a name, who has it, and the ARNs. */
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { PermissionFacts } from '../../service.ts';
import type { World } from '../../world.ts';
import { accessDenied, noSuchBucket } from './errors.ts';

/** What every operation on a bucket is given. */
export interface BucketInput {
  readonly Bucket?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

const shape = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const ipAddress = /^\d+\.\d+\.\d+\.\d+$/;
const reservedPrefixes = ['xn--', 'sthree-', 'amzn-s3-demo-'];
const reservedSuffixes = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'];

/** Whether a general purpose bucket may have this name (Amazon S3 User Guide, "General purpose bucket naming rules"). */
export function isBucketName(name: string): boolean {
  return (
    shape.test(name) &&
    !name.includes('..') &&
    !ipAddress.test(name) &&
    !reservedPrefixes.some((prefix) => name.startsWith(prefix)) &&
    !reservedSuffixes.some((suffix) => name.endsWith(suffix))
  );
}

export function invalidBucketName(name: string): AwsError {
  return new AwsError('InvalidBucketName', 'The specified bucket is not valid.', {
    status: 400,
    details: { BucketName: name },
  });
}

/** The account of the sandbox that has a bucket of this name. */
export function holderOf(world: World, name: string): string | undefined {
  return Object.values(world.accounts).find((account) => own(account.s3.buckets, name) !== undefined)?.id;
}

/**
 * The account on whose state an operation works. S3 looks the bucket up before it asks whether the caller may.
 * Throws `NoSuchBucket` where no account of the sandbox has it, `AccessDenied` where it is not the expected owner's,
 * `AuthorizationHeaderMalformed` for a request signed for another region than the bucket's.
 */
export function bucketOwner(input: BucketInput, facts: PermissionFacts): string {
  const holder = bucketHolder(input, facts);
  const region = own(facts.world.accounts[holder]?.s3.buckets ?? {}, input.Bucket ?? '')?.region;
  // Who does not sign names no region, and services find a bucket wherever it is.
  const isSigned = facts.caller.kind !== 'anonymous' && facts.by === undefined;
  if (region !== undefined && region !== facts.region && isSigned) throw wrongRegion(facts.region, region);
  return holder;
}

/** One endpoint leads to every region, as the global one of AWS does: it is the signature that is for the wrong one. */
function wrongRegion(signed: string, region: string): AwsError {
  return new AwsError(
    'AuthorizationHeaderMalformed',
    `The authorization header is malformed; the region '${signed}' is wrong; expecting '${region}'`,
    { status: 400, details: { Region: region, BucketRegion: region } },
  );
}

/** The same, whatever region the request is for. Throws `NoSuchBucket`, `AccessDenied`. */
export function bucketHolder(input: BucketInput, facts: PermissionFacts): string {
  const name = input.Bucket ?? '';
  const holder = holderOf(facts.world, name);
  if (holder === undefined) throw noSuchBucket(name);
  if (input.ExpectedBucketOwner !== undefined && input.ExpectedBucketOwner !== holder) throw accessDenied();
  return holder;
}

/** A bucket of an account, or of its draft. Throws `NoSuchBucket`. */
export function bucketOf<Bucket>(
  account: { readonly s3: { readonly buckets: Readonly<Record<string, Bucket>> } },
  input: BucketInput,
): Bucket {
  const name = input.Bucket ?? '';
  const bucket = own(account.s3.buckets, name);
  if (bucket === undefined) throw noSuchBucket(name);
  return bucket;
}

export function bucketArn(name: string): string {
  return `arn:aws:s3:::${name}`;
}

export function objectArn(bucket: string, key: string): string {
  return `arn:aws:s3:::${bucket}/${key}`;
}
