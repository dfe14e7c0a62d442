/** Cognito Identity's errors with their texts (API Reference; texts as SDKs' tests and people's reports show them). */
import { AwsError } from '../../errors.ts';

function refused(code: string, message: string): AwsError {
  return new AwsError(code, message, { status: 400 });
}

export function poolNotFound(id: string): AwsError {
  return refused('ResourceNotFoundException', `IdentityPool '${id}' not found.`);
}

export function identityNotFound(id: string): AwsError {
  return refused('ResourceNotFoundException', `Identity '${id}' not found.`);
}

export function notAuthorized(message: string): AwsError {
  return refused('NotAuthorizedException', message);
}

export function invalidParameter(message: string): AwsError {
  return refused('InvalidParameterException', message);
}

export function conflict(message: string): AwsError {
  return refused('ResourceConflictException', message);
}

export function limitExceeded(message: string): AwsError {
  return refused('LimitExceededException', message);
}

/** A role that is not set, not there, or does not trust the pool. */
export function badRoles(): AwsError {
  return refused(
    'InvalidIdentityPoolConfigurationException',
    'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
  );
}
