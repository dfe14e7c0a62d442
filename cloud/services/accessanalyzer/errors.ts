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

/** @param type `analyzer`, `archive-rule`, `finding` … */
export function resourceNotFound(type: string, id: string): AwsError {
  return new AwsError('ResourceNotFoundException', `The specified ${type} does not exist: ${id}`, {
    status: 404,
    details: { resourceId: id, resourceType: type },
  });
}

export function conflict(type: string, id: string): AwsError {
  return new AwsError('ConflictException', `The specified ${type} already exists: ${id}`, {
    status: 409,
    details: { resourceId: id, resourceType: type },
  });
}

export function quotaExceeded(type: string, id: string, message: string): AwsError {
  return new AwsError('ServiceQuotaExceededException', message, {
    status: 402,
    details: { resourceId: id, resourceType: type },
  });
}
