/** Errors of Amazon SNS with their texts (Amazon SNS API Reference; texts as AWS answers them). */
import { AwsError } from '../../errors.ts';

/** `Invalid parameter: TopicArn` */
export function invalidParameter(what: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${what}`);
}

export function invalidValue(message: string): AwsError {
  return new AwsError('ParameterValueInvalid', message);
}

export function topicNotFound(): AwsError {
  return new AwsError('NotFound', 'Topic does not exist');
}

export function subscriptionNotFound(): AwsError {
  return new AwsError('NotFound', 'Subscription does not exist');
}

export function authorizationError(message: string): AwsError {
  return new AwsError('AuthorizationError', message);
}
