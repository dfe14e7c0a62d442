/** Errors of Amazon DynamoDB with their texts (Amazon DynamoDB API Reference; texts as AWS answers them). */
import { AwsError } from '../../errors.ts';

export function validation(message: string): AwsError {
  return new AwsError('ValidationException', message, { status: 400 });
}

/** `One or more parameter values were invalid: …` */
export function invalidValues(what: string): AwsError {
  return validation(`One or more parameter values were invalid: ${what}`);
}

/** Of operations on items. */
export function resourceNotFound(): AwsError {
  return new AwsError('ResourceNotFoundException', 'Requested resource not found');
}

/** Of operations on tables. */
export function tableNotFound(name: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
}

/** Of operations that take an ARN. */
export function resourceNotFoundAt(arn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Requested resource not found: ResourcArn: ${arn} not found`);
}

export function resourceInUse(message: string): AwsError {
  return new AwsError('ResourceInUseException', message);
}

export function limitExceeded(message: string): AwsError {
  return new AwsError('LimitExceededException', message);
}

/** @param item what was there, on the wire, where the request asks for it */
export function conditionFailed(item?: Readonly<Record<string, unknown>>): AwsError {
  return new AwsError('ConditionalCheckFailedException', 'The conditional request failed', {
    details: item === undefined ? {} : { Item: item },
  });
}

/** A parameter from before expressions, which this DynamoDB does not take. */
export function legacyParameter(name: string, instead: string): AwsError {
  return validation(`The legacy parameter ${name} is not offered here: use ${instead}`);
}
