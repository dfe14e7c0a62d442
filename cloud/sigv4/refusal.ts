/**
 * The errors of a signature. Each kind of service front end has identities of its own: S3, the query services, the JSON services.
 */
import { AwsError } from '../errors.ts';
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

const identities: Readonly<Record<Fault, Readonly<Record<'query' | 'json', readonly [code: string, status: number]>>>> =
  {
    malformed: { query: ['IncompleteSignature', 403], json: ['IncompleteSignatureException', 400] },
    scope: { query: ['SignatureDoesNotMatch', 403], json: ['InvalidSignatureException', 400] },
    mismatch: { query: ['SignatureDoesNotMatch', 403], json: ['InvalidSignatureException', 400] },
    token: { query: ['InvalidClientTokenId', 403], json: ['UnrecognizedClientException', 400] },
  };

/** The error of a service other than S3. */
export function refusal(protocol: Exclude<Protocol, 'restXml'>, fault: Fault, message: string): AwsError {
  const [code, status] = identities[fault][protocol === 'awsQuery' ? 'query' : 'json'];
  return new AwsError(code, message, { status });
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
