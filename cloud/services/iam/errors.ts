/** IAM's own errors; their statuses come from the service model. */
import { AwsError } from '../../errors.ts';

export function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', message);
}

export function alreadyExists(message: string): AwsError {
  return new AwsError('EntityAlreadyExists', message);
}

export function deleteConflict(message: string): AwsError {
  return new AwsError('DeleteConflict', message);
}

export function invalidInput(message: string): AwsError {
  return new AwsError('InvalidInput', message);
}

/** IAM's code for what its parameters' constraints do not say. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message, { status: 400 });
}

/** @param quota AWS's name of the quota: `AccessKeysPerUser` */
export function quotaExceeded(quota: string, limit: number): AwsError {
  return new AwsError('LimitExceeded', `Cannot exceed quota for ${quota}: ${limit}`);
}

export function malformedPolicy(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', message);
}
