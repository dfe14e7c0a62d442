/** What S3 Block Public Access refuses, and with which words (Amazon S3 User Guide, "Blocking public access"). */

import { callerArn } from '../../../iam/caller-arn.ts';
import type { AnyCaller } from '../../../iam/model.ts';
import type { AwsError } from '../../errors.ts';
import { accessDenied } from './errors.ts';

function blocked(caller: AnyCaller, action: string, resource: string, reason: string): AwsError {
  return accessDenied(
    `User: ${callerArn(caller)} is not authorized to perform: ${action} on resource: "${resource}" because ${reason} setting in S3 Block Public Access.`,
  );
}

/** `BlockPublicPolicy` refuses a bucket policy that is public. */
export function publicPolicyDenied(caller: AnyCaller, bucketArn: string): AwsError {
  return blocked(caller, 's3:PutBucketPolicy', bucketArn, 'public policies are prevented by the BlockPublicPolicy');
}

/** `BlockPublicAcls` refuses an ACL that is public. */
export function publicAclDenied(caller: AnyCaller, action: string, resource: string): AwsError {
  return blocked(caller, action, resource, 'public ACLs are prevented by the BlockPublicAcls');
}
