/** Errors of Amazon SQS with their texts (Amazon SQS API Reference; texts as AWS answers them). */
import { AwsError } from '../../errors.ts';

export function invalidParameterValue(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message, { status: 400 });
}

/** `Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.` */
export function invalidValue(value: string | number, parameter: string, reason: string): AwsError {
  return invalidParameterValue(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

export function missingParameter(name: string): AwsError {
  return new AwsError('MissingParameter', `The request must contain the parameter ${name}.`, { status: 400 });
}

export function queueDoesNotExist(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

export function unknownAttribute(name: string): AwsError {
  return new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
}

export function invalidAttributeName(message: string): AwsError {
  return new AwsError('InvalidAttributeName', message);
}

export function invalidAttributeValue(name: string): AwsError {
  return new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}

export function overLimit(message: string): AwsError {
  return new AwsError('OverLimit', message);
}

export function receiptHandleIsInvalid(handle: string): AwsError {
  return new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
}

/** An operation that a queue's policy cannot give to other accounts. */
export function ownersOnly(action: string): AwsError {
  return new AwsError(
    'AccessDeniedException',
    `Only the owner of the queue may perform ${action}: cross-account permissions don't apply to this action.`,
    { status: 400 },
  );
}
