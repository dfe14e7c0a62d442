/**
 * The errors that a service's front end answers before any operation runs. Each has an identity of its own with S3, with
 * the query services and with the JSON services (API references, "Common Errors"; Amazon S3 API Reference, "Error responses").
 */
import { AwsError } from '../../cloud/errors.ts';
import type { ServiceModel } from '../../cloud/wire/model.ts';

type Identity = readonly [code: string, status: number, message: string];

/** The kinds of front ends by the form of their errors. */
type Front = 'restXml' | 'awsQuery' | 'json';

const fronts: Readonly<Record<ServiceModel['protocol'], Front>> = {
  restXml: 'restXml',
  awsQuery: 'awsQuery',
  awsJson1_0: 'json',
  awsJson1_1: 'json',
};

const INVALID_TOKEN = 'The security token included in the request is invalid';
const EXPIRED_TOKEN = 'The security token included in the request is expired';

const identities = {
  missingAuthentication: {
    restXml: ['AccessDenied', 403, 'Access Denied'],
    awsQuery: ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
    json: ['MissingAuthenticationTokenException', 400, 'Missing Authentication Token'],
  },
  unknownKey: {
    restXml: ['InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.'],
    awsQuery: ['InvalidClientTokenId', 403, `${INVALID_TOKEN}.`],
    json: ['UnrecognizedClientException', 400, `${INVALID_TOKEN}.`],
  },
  invalidToken: {
    restXml: ['InvalidToken', 400, 'The provided token is malformed or otherwise invalid.'],
    awsQuery: ['InvalidClientTokenId', 403, INVALID_TOKEN],
    json: ['UnrecognizedClientException', 400, `${INVALID_TOKEN}.`],
  },
  expiredToken: {
    restXml: ['ExpiredToken', 400, 'The provided token has expired.'],
    awsQuery: ['ExpiredToken', 403, EXPIRED_TOKEN],
    json: ['ExpiredTokenException', 400, EXPIRED_TOKEN],
  },
  bodyTooLarge: {
    restXml: ['EntityTooLarge', 400, 'Your proposed upload exceeds the maximum allowed size'],
    awsQuery: ['RequestEntityTooLarge', 413, 'Request body is larger than the maximum allowed size'],
    json: ['RequestEntityTooLargeException', 413, 'Request body is larger than the maximum allowed size'],
  },
  tooManyCalls: {
    restXml: ['SlowDown', 503, 'Please reduce your request rate.'],
    awsQuery: ['Throttling', 400, 'Rate exceeded'],
    json: ['ThrottlingException', 400, 'Rate exceeded'],
  },
  internal: {
    restXml: ['InternalError', 500, 'We encountered an internal error. Please try again.'],
    awsQuery: ['InternalFailure', 500, 'The request processing has failed because of an unknown error.'],
    json: ['InternalServerError', 500, 'An error occurred on the server side.'],
  },
} as const satisfies Record<string, Record<Front, Identity>>;

/** What can go wrong at the door. */
export type FrontFault = keyof typeof identities;

/** The error of a fault as the service's front end answers it. */
export function frontError(
  fault: FrontFault,
  model: Pick<ServiceModel, 'protocol'>,
  details?: Record<string, unknown>,
): AwsError {
  const [code, status, message] = identities[fault][fronts[model.protocol]];
  return new AwsError(code, message, details === undefined ? { status } : { status, details });
}
