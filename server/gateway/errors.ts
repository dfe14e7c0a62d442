/**
 * The errors that a service's front end answers before any operation runs. Each has an identity of its own with S3, with
 * the query services, with EC2 and with the JSON services (API references, "Common Errors"; Amazon S3 API Reference, "Error responses").
 */
import { AwsError } from '../../cloud/errors.ts';
import { type FrontEnd, frontEndOf, refusalStatus } from '../../cloud/wire/front-end.ts';
import type { ServiceModel } from '../../cloud/wire/model.ts';

/** The status `refusal`: what the protocol has for an error about who calls. */
type Identity = readonly [code: string, status: number | 'refusal', message: string];

const INVALID_TOKEN = 'The security token included in the request is invalid';
const AUTH_FAILURE = 'AWS was not able to validate the provided access credentials';
const TEMPORARY_FAILURE = 'The request has failed due to a temporary failure of the server.';
const EXPIRED_TOKEN = 'The security token included in the request is expired';

const identities = {
  missingAuthentication: {
    s3: ['AccessDenied', 403, 'Access Denied'],
    query: ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
    ec2: ['MissingParameter', 400, 'The request must contain the parameter AWSAccessKeyId'],
    json: ['MissingAuthenticationTokenException', 'refusal', 'Missing Authentication Token'],
  },
  unknownKey: {
    s3: ['InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.'],
    query: ['InvalidClientTokenId', 403, `${INVALID_TOKEN}.`],
    ec2: ['AuthFailure', 401, AUTH_FAILURE],
    json: ['UnrecognizedClientException', 'refusal', `${INVALID_TOKEN}.`],
  },
  invalidToken: {
    s3: ['InvalidToken', 400, 'The provided token is malformed or otherwise invalid.'],
    query: ['InvalidClientTokenId', 403, INVALID_TOKEN],
    ec2: ['AuthFailure', 401, AUTH_FAILURE],
    json: ['UnrecognizedClientException', 'refusal', `${INVALID_TOKEN}.`],
  },
  expiredToken: {
    s3: ['ExpiredToken', 400, 'The provided token has expired.'],
    query: ['ExpiredToken', 403, EXPIRED_TOKEN],
    ec2: ['RequestExpired', 400, 'Request has expired.'],
    json: ['ExpiredTokenException', 'refusal', EXPIRED_TOKEN],
  },
  bodyTooLarge: {
    s3: ['EntityTooLarge', 400, 'Your proposed upload exceeds the maximum allowed size'],
    query: ['RequestEntityTooLarge', 413, 'Request body is larger than the maximum allowed size'],
    ec2: ['RequestEntityTooLarge', 413, 'Request body is larger than the maximum allowed size'],
    json: ['RequestEntityTooLargeException', 413, 'Request body is larger than the maximum allowed size'],
  },
  tooManyCalls: {
    s3: ['SlowDown', 503, 'Please reduce your request rate.'],
    query: ['Throttling', 400, 'Rate exceeded'],
    ec2: ['RequestLimitExceeded', 503, 'Request limit exceeded.'],
    json: ['ThrottlingException', 400, 'Rate exceeded'],
  },
  unavailable: {
    s3: ['ServiceUnavailable', 503, 'Service is unable to handle request.'],
    query: ['ServiceUnavailable', 503, TEMPORARY_FAILURE],
    ec2: ['ServiceUnavailable', 503, TEMPORARY_FAILURE],
    json: ['ServiceUnavailableException', 503, TEMPORARY_FAILURE],
  },
  internal: {
    s3: ['InternalError', 500, 'We encountered an internal error. Please try again.'],
    query: ['InternalFailure', 500, 'The request processing has failed because of an unknown error.'],
    ec2: ['InternalError', 500, 'An internal error has occurred'],
    json: ['InternalServerError', 500, 'An error occurred on the server side.'],
  },
} as const satisfies Record<string, Record<FrontEnd, Identity>>;

/** What can go wrong at the door. */
export type FrontFault = keyof typeof identities;

/** The error of a fault as the service's front end answers it. */
export function frontError(
  fault: FrontFault,
  model: Pick<ServiceModel, 'protocol'>,
  details?: Record<string, unknown>,
): AwsError {
  const [code, at, message]: Identity = identities[fault][frontEndOf(model.protocol)];
  const status = at === 'refusal' ? refusalStatus(model.protocol) : at;
  return new AwsError(code, message, details === undefined ? { status } : { status, details });
}
