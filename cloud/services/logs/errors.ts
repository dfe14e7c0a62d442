/** CloudWatch Logs' errors with their texts, as the service has been seen to write them. */
import { AwsError } from '../../errors.ts';

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message, { status: 400 });
}

export function invalidPattern(): AwsError {
  return invalidParameter('Invalid filter pattern');
}

export function noSuchGroup(): AwsError {
  return new AwsError('ResourceNotFoundException', 'The specified log group does not exist.', { status: 400 });
}

export function noSuchStream(): AwsError {
  return new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.', { status: 400 });
}

export function noSuchPolicy(name: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Policy with name [${name}] does not exist.`, { status: 400 });
}

export function alreadyExists(kind: 'log group' | 'log stream'): AwsError {
  return new AwsError('ResourceAlreadyExistsException', `The specified ${kind} already exists`, { status: 400 });
}

export function limitExceeded(): AwsError {
  return new AwsError('LimitExceededException', 'Resource limit exceeded.', { status: 400 });
}

export function deletionProtected(): AwsError {
  return new AwsError(
    'ValidationException',
    'Log group cannot be deleted because deletion protection is enabled. Disable deletion protection first.',
    { status: 400 },
  );
}
