/** Lambda's errors with their texts (Lambda API Reference; texts as observed and recorded by emulators' snapshot tests). */
import { AwsError } from '../../errors.ts';

function userError(code: string, message: string): AwsError {
  return new AwsError(code, message, { details: { Type: 'User' } });
}

export function notFound(message: string): AwsError {
  return userError('ResourceNotFoundException', message);
}

/** Of configurations, policies and mappings. */
export function noSuchResource(): AwsError {
  return notFound('The resource you requested does not exist.');
}

export function functionNotFound(arn: string): AwsError {
  return notFound(`Function not found: ${arn}`);
}

export function invalidParameter(message: string): AwsError {
  return userError('InvalidParameterValueException', message);
}

export function conflict(message: string): AwsError {
  return userError('ResourceConflictException', message);
}

export function validation(message: string): AwsError {
  return new AwsError('ValidationException', `1 validation error detected: ${message}`, { status: 400 });
}

export function staleRevision(): AwsError {
  return userError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
  );
}

export function tooMany(message: string): AwsError {
  return userError('TooManyRequestsException', message);
}

export function codeStorageExceeded(): AwsError {
  return userError('CodeStorageExceededException', 'Code storage limit exceeded.');
}

export function entityTooLarge(message: string): AwsError {
  return userError('RequestTooLargeException', message);
}

export function unassumableRole(): AwsError {
  return invalidParameter('The role defined for the function cannot be assumed by Lambda.');
}
