/**
 * S3 Block Public Access: its settings of an account and of a bucket, of which the stricter counts, what they refuse, and with which
 * words (Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage").
 */
import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import { callerArn } from '../../../iam/caller-arn.ts';
import type { AnyCaller } from '../../../iam/model.ts';
import type { Call } from '../../call.ts';
import type { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { World } from '../../world.ts';
import { accessDenied, malformedXml } from './errors.ts';
import type { BucketState, PublicAccessBlockState } from './state.ts';

/** The settings that a request makes: one that is left out is off. @throws MalformedXML where there are none */
export function readBlock(settings: PublicAccessBlockConfiguration | undefined): PublicAccessBlockState {
  if (settings === undefined) throw malformedXml();
  const { BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets } = settings;
  return {
    BlockPublicAcls: BlockPublicAcls ?? false,
    IgnorePublicAcls: IgnorePublicAcls ?? false,
    BlockPublicPolicy: BlockPublicPolicy ?? false,
    RestrictPublicBuckets: RestrictPublicBuckets ?? false,
  };
}

/** The settings that bear on a bucket: its account's, and its own. */
export function blocksOn(world: World, accountId: string, bucket: BucketState): readonly PublicAccessBlockState[] {
  return [own(world.accounts, accountId)?.s3.publicAccessBlock, bucket.publicAccessBlock].filter(
    (block) => block !== undefined,
  );
}

function blocked(caller: AnyCaller, action: string, resource: string, reason: string): AwsError {
  return accessDenied(
    `User: ${callerArn(caller)} is not authorized to perform: ${action} on resource: "${resource}" because ${reason} setting in S3 Block Public Access.`,
  );
}

type Asking = Pick<Call, 'caller' | 'world'>;

/** @throws AccessDenied for a bucket policy that is public, where `BlockPublicPolicy` is on */
export function checkPublicPolicy(bucket: BucketState, accountId: string, call: Asking, bucketArn: string): void {
  if (!blocksOn(call.world, accountId, bucket).some((block) => block.BlockPublicPolicy)) return;
  throw blocked(call.caller, 's3:PutBucketPolicy', bucketArn, 'public policies are prevented by the BlockPublicPolicy');
}

/** @throws AccessDenied for an ACL that is public, where `BlockPublicAcls` is on */
export function checkPublicAcl(
  bucket: BucketState,
  accountId: string,
  call: Asking,
  { action, resource }: { readonly action: string; readonly resource: string },
): void {
  if (!blocksOn(call.world, accountId, bucket).some((block) => block.BlockPublicAcls)) return;
  throw blocked(call.caller, action, resource, 'public ACLs are prevented by the BlockPublicAcls');
}
