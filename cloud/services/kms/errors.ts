/** The errors of KMS with their texts: of the AWS KMS API Reference, and as AWS has been seen to word them. */
import { callerArn } from '../../../iam/caller-arn.ts';
import type { AnyCaller } from '../../../iam/model.ts';
import { AwsError } from '../../errors.ts';

export function kmsError(code: string, message: string): AwsError {
  return new AwsError(code, message, { status: 400 });
}

export function notFound(message: string): AwsError {
  return kmsError('NotFoundException', message);
}

export function validationException(message: string): AwsError {
  return kmsError('ValidationException', message);
}

export function malformedPolicy(message: string): AwsError {
  return kmsError('MalformedPolicyDocumentException', message);
}

export function invalidState(keyArn: string, state: string): AwsError {
  return kmsError('KMSInvalidStateException', `${keyArn} is ${state}.`);
}

/** A ciphertext that was changed, is none of KMS's, or has another encryption context: AWS gives no reason. */
export function invalidCiphertext(): AwsError {
  return kmsError('InvalidCiphertextException', '');
}

/** The same, whether its key is missing or another account keeps it to itself. */
export function unknownCiphertextKey(): AwsError {
  return kmsError(
    'AccessDeniedException',
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
  );
}

/** An operation that works in the caller's own account alone. */
export function notAcrossAccounts(caller: AnyCaller, operation: string, keyArn: string): AwsError {
  return kmsError(
    'AccessDeniedException',
    `User: ${callerArn(caller)} is not authorized to perform: kms:${operation} on resource: ${keyArn} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
  );
}

export function limitExceeded(message: string): AwsError {
  return kmsError('LimitExceededException', message);
}

export function dryRun(): AwsError {
  return kmsError('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.');
}
