/** Errors of IAM Access Analyzer. IAM Access Analyzer API Reference. */
import { AwsError } from '../../errors.ts';

/** @param field the member of the input that is wrong */
export function validationException(field: string, message: string): AwsError {
  const details = { reason: 'fieldValidationFailed', fieldList: [{ name: field, message }] };
  return new AwsError('ValidationException', message, { status: 400, details });
}

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message, { status: 400 });
}

/** What is too large, or too tangled, to be decided about. */
export function unprocessable(): AwsError {
  return new AwsError('UnprocessableEntityException', 'The specified entity could not be processed.', { status: 422 });
}
