/** Parameter Store's errors with their texts (AWS Systems Manager API Reference). */
import { AwsError } from '../../errors.ts';

export function validationException(message: string): AwsError {
  return new AwsError('ValidationException', message, { status: 400 });
}

/** Real Parameter Store names no parameter in this one. */
export function parameterNotFound(): AwsError {
  return new AwsError('ParameterNotFound', '', { status: 400 });
}

export function parameterVersionNotFound(name: string, version: string): AwsError {
  return new AwsError(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`,
    { status: 400 },
  );
}

export function invalidNextToken(): AwsError {
  return new AwsError('InvalidNextToken', "The specified token isn't valid.", { status: 400 });
}
