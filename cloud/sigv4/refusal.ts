/**
 * The errors of a signature. Each kind of service front end has identities of its own: S3, the query services, the JSON services.
 */
import { AwsError } from '../errors.ts';
import { type FrontEnd, frontEndOf, refusalStatus } from '../wire/front-end.ts';
import type { Protocol } from '../wire/model.ts';

/** Why a signature is refused. */
export type Fault =
  /** The Authorization header, or the query parameters that stand for it, cannot be read. */
  | 'malformed'
  /** The scope, the date or the time is wrong. */
  | 'scope'
  /** It is not the signature of this request by this secret. */
  | 'mismatch'
  /** A session token that is not the key's own. */
  | 'token';

type Codes = Readonly<Record<Exclude<FrontEnd, 's3'>, string>>;

const codes: Readonly<Record<Fault, Codes>> = {
  malformed: { query: 'IncompleteSignature', ec2: 'IncompleteSignature', json: 'IncompleteSignatureException' },
  scope: { query: 'SignatureDoesNotMatch', ec2: 'AuthFailure', json: 'InvalidSignatureException' },
  mismatch: { query: 'SignatureDoesNotMatch', ec2: 'AuthFailure', json: 'InvalidSignatureException' },
  token: { query: 'InvalidClientTokenId', ec2: 'AuthFailure', json: 'UnrecognizedClientException' },
};

/** EC2 says of any signature that is wrong no more than this, with the status 401 (Amazon EC2 API Reference, "Error codes"). */
const ec2Text = 'AWS was not able to validate the provided access credentials';

/** The error of a service other than S3. */
export function refusal(protocol: Exclude<Protocol, 'restXml'>, fault: Fault, message: string): AwsError {
  const frontEnd = frontEndOf(protocol);
  if (frontEnd === 'ec2' && fault !== 'malformed') return new AwsError('AuthFailure', ec2Text, { status: 401 });
  const code = codes[fault][frontEnd === 's3' ? 'query' : frontEnd];
  return new AwsError(code, message, { status: refusalStatus(protocol) });
}

/** S3's error: its codes say what is wrong. */
export function s3Refusal(
  code: string,
  message: string,
  status: number,
  details: Record<string, unknown> = {},
): AwsError {
  return new AwsError(code, message, { status, details });
}

/** S3's error where a key's session token is wrong; without any, the key of a session is one that S3 does not know. */
export function s3TokenRefusal(accessKeyId: string, sessionToken: string | undefined): AwsError {
  return sessionToken === undefined
    ? s3Refusal('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403, {
        AWSAccessKeyId: accessKeyId,
      })
    : s3Refusal('InvalidToken', 'The provided token is malformed or otherwise invalid.', 400);
}

const malformedHeader = 'The authorization header is malformed;';

/** The error of a part of the credential scope. `place` is where the signature stands. */
export function scopeRefusal(
  protocol: Protocol,
  place: 'header' | 'query',
  texts: { readonly s3: string; readonly other: string },
): AwsError {
  if (protocol !== 'restXml') return refusal(protocol, 'scope', texts.other);
  return place === 'header'
    ? s3Refusal('AuthorizationHeaderMalformed', `${malformedHeader} ${texts.s3}`, 400)
    : s3Refusal('AuthorizationQueryParametersError', `Error parsing the X-Amz-Credential parameter; ${texts.s3}`, 400);
}
