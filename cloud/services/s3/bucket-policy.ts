/** Bucket policies: saving, reading, removing, and whether they are public. */
import type {
  DeleteBucketPolicyRequest,
  GetBucketPolicyOutput,
  GetBucketPolicyRequest,
  GetBucketPolicyStatusOutput,
  GetBucketPolicyStatusRequest,
  PutBucketPolicyRequest,
} from '@aws-sdk/client-s3';
import { parsePolicy } from '../../../iam/parse.ts';
import type { Policy } from '../../../iam/policy.ts';
import { isPublicPolicy } from '../../../iam/public-policy.ts';
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import { principalNames, storePrincipals } from '../iam/trust.ts';
import { checkPublicPolicy } from './block-public-access.ts';
import { bucketArn, bucketOf, bucketOwner } from './buckets-by-name.ts';
import { canonicalUserId } from './canonical-user.ts';
import { onBucket } from './permissions.ts';
import { checkStatements, malformedPolicy } from './policy-statements.ts';
import type { BucketState } from './state.ts';

/** Bytes (Amazon S3 User Guide, "Bucket policies for Amazon S3"). */
const policyBytes = 20 * 1024;

/** Throws `MethodNotAllowed` for a caller of another account, even one who has the permission. */
function checkCallersAccount(bucketAccountId: string, call: Call): void {
  const { caller } = call;
  if (caller.kind === 'service' || ('accountId' in caller && caller.accountId === bucketAccountId)) return;
  throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', { status: 405 });
}

function policyOf(bucket: BucketState): string {
  if (bucket.policy !== undefined) return bucket.policy;
  throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', {
    status: 404,
    details: { BucketName: bucket.name },
  });
}

export const putBucketPolicy: ChangeOperation<PutBucketPolicyRequest, Record<string, never>> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onBucket('s3:PutBucketPolicy'),
  handle(account, input, call) {
    const bucket = bucketOf(account, input);
    checkCallersAccount(account.id, call);
    const text = input.Policy ?? '';
    const policy = readPolicy(text, bucket.name);
    const stored = withStoredPrincipals(text, call);
    if (isPublicPolicy(policy)) checkPublicPolicy(bucket, account.id, call, bucketArn(bucket.name));
    bucket.policy = stored;
    return {};
  },
};

/** Throws `MalformedPolicy` with S3's texts. */
function readPolicy(text: string, bucket: string): Policy {
  if (text === '') {
    throw new AwsError('MissingRequestBodyError', 'Request Body is empty', { status: 400 });
  }
  if (new TextEncoder().encode(text).length > policyBytes) {
    throw malformedPolicy('Policy exceeds the maximum allowed document size.');
  }
  if (!text.trimStart().startsWith('{')) {
    throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  }
  if (!isJson(text)) throw malformedPolicy('This policy contains invalid Json');
  const parsed = parsePolicy(text, 'resource');
  if (parsed.kind === 'malformed') throw malformedPolicy(parsed.awsMessage);
  checkStatements(parsed.policy, bucket);
  return parsed.policy;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whoever is named is kept by the unique id, so that a successor of the same name gains nothing. */
function withStoredPrincipals(text: string, call: Call): string {
  try {
    return storePrincipals(withAccountsForCanonicalUsers(text, call), call.world);
  } catch (error) {
    if (error instanceof AwsError) throw malformedPolicy('Invalid principal in policy');
    throw error;
  }
}

/** S3 puts the account in for a canonical user id: both name the same. */
function withAccountsForCanonicalUsers(text: string, call: Call): string {
  return JSON.stringify(
    JSON.parse(text, (key, value) => {
      if (key !== 'Principal' || typeof value !== 'object' || value === null || !('CanonicalUser' in value))
        return value;
      const { CanonicalUser: users, AWS: others = [], ...rest } = value as Readonly<Record<string, string | string[]>>;
      return { ...rest, AWS: [others, [users ?? []].flat().map((id) => accountOf(id, call))].flat() };
    }),
  );
}

function accountOf(canonicalId: string, call: Call): string {
  const accountId = Object.keys(call.world.accounts).find((id) => canonicalUserId(id) === canonicalId);
  if (accountId === undefined) throw malformedPolicy('Invalid principal in policy');
  return accountId;
}

export const getBucketPolicy: ReadOperation<GetBucketPolicyRequest, GetBucketPolicyOutput> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onBucket('s3:GetBucketPolicy'),
  handle(account, input, call) {
    const bucket = bucketOf(account, input);
    checkCallersAccount(account.id, call);
    return { Policy: principalNames(call.world).show(policyOf(bucket)) };
  },
};

export const deleteBucketPolicy: ChangeOperation<DeleteBucketPolicyRequest, Record<string, never>> = {
  kind: 'change',
  owner: bucketOwner,
  permissions: onBucket('s3:DeleteBucketPolicy'),
  handle(account, input, call) {
    const bucket = bucketOf(account, input);
    checkCallersAccount(account.id, call);
    delete bucket.policy;
    return {};
  },
};

export const getBucketPolicyStatus: ReadOperation<GetBucketPolicyStatusRequest, GetBucketPolicyStatusOutput> = {
  kind: 'read',
  owner: bucketOwner,
  permissions: onBucket('s3:GetBucketPolicyStatus'),
  handle(account, input) {
    const policy = readStoredPolicy(policyOf(bucketOf(account, input)), 'resource');
    return { PolicyStatus: { IsPublic: isPublicPolicy(policy) } };
  },
};
