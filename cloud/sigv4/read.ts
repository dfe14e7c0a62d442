/** Reads who signed a request and how, from its Authorization header or its query; nothing is verified yet. */
import { AwsError } from '../errors.ts';
import type { Protocol, WireRequest } from '../wire/model.ts';
import { headersByName, splitTarget } from './canonical.ts';
import { type QuerySignatureV2, readQuerySignatureV2 } from './presigned-v2.ts';
import { refusal, s3Refusal, scopeRefusal } from './refusal.ts';

/** A signature as the request gives it. */
export interface Signature {
  readonly place: 'header' | 'query';
  readonly accessKeyId: string;
  readonly scope: { readonly date: string; readonly region: string; readonly service: string };
  readonly signedHeaders: readonly string[];
  /** Lower-case hex. */
  readonly signature: string;
  /** `20261124T100000Z`. */
  readonly timestamp: string;
  /** Seconds that a presigned request is good for. */
  readonly expires?: number;
  readonly sessionToken?: string;
}

/** What a request says of its sender. */
export type SignatureReading =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'signed'; readonly signature: Signature }
  /** Presigned for S3 by Signature Version 2. */
  | { readonly kind: 'presigned-v2'; readonly signature: QuerySignatureV2 }
  | { readonly kind: 'refused'; readonly error: AwsError };

const algorithm = 'AWS4-HMAC-SHA256';
const longestExpiry = 604_800;
const onlyOne =
  'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified';
const unsupported = 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.';

/** Thrown within this file only: the reading is a value outside. */
class Refused extends Error {
  readonly error: AwsError;

  constructor(error: AwsError) {
    super(error.message);
    this.error = error;
  }
}

/**
 * Reads a request's signature. `service` is the signing name of the front end that the request came to, `protocol` is its
 * protocol: errors have their form.
 */
export function readSignature(request: WireRequest, service: string, protocol: Protocol): SignatureReading {
  const headers = headersByName(request.headers);
  const authorization = headers.get('authorization');
  const query = queryParameters(request.target);
  const presigned = query.has('X-Amz-Algorithm') || query.has('X-Amz-Signature') || query.has('X-Amz-Credential');
  try {
    if (authorization !== undefined && (presigned || query.has('AWSAccessKeyId'))) {
      return refused(
        protocol === 'restXml' ? s3Refusal('InvalidArgument', onlyOne, 400) : refusal(protocol, 'malformed', onlyOne),
      );
    }
    if (query.has('AWSAccessKeyId')) {
      if (protocol !== 'restXml') return refused(refuseAlgorithm(protocol, 'AWS'));
      return { kind: 'presigned-v2', signature: readQuerySignatureV2(query) };
    }
    if (authorization !== undefined) return signed(fromHeader(authorization, headers, protocol), service, protocol);
    return presigned ? signed(fromQuery(query, protocol), service, protocol) : { kind: 'anonymous' };
  } catch (error) {
    if (error instanceof Refused) return refused(error.error);
    if (error instanceof AwsError) return refused(error);
    throw error;
  }
}

function refused(error: AwsError): SignatureReading {
  return { kind: 'refused', error };
}

function signed(signature: Signature, service: string, protocol: Protocol): SignatureReading {
  checkScope(signature, service, protocol);
  return { kind: 'signed', signature };
}

function fromHeader(authorization: string, headers: ReadonlyMap<string, string>, protocol: Protocol): Signature {
  const space = authorization.indexOf(' ');
  const named = space === -1 ? authorization : authorization.slice(0, space);
  if (named !== algorithm) throw new Refused(refuseAlgorithm(protocol, named));
  const fields = new Map<string, string>();
  for (const field of authorization.slice(space + 1).split(',')) {
    const equals = field.indexOf('=');
    fields.set(field.slice(0, Math.max(equals, 0)).trim(), field.slice(equals + 1).trim());
  }
  const credential = fields.get('Credential');
  const signedHeaders = fields.get('SignedHeaders');
  const signature = fields.get('Signature');
  const timestamp = timestampOf(headers);
  const lacking = [
    ...(credential ? [] : ["Authorization header requires 'Credential' parameter."]),
    ...(signature ? [] : ["Authorization header requires 'Signature' parameter."]),
    ...(signedHeaders ? [] : ["Authorization header requires 'SignedHeaders' parameter."]),
    ...(timestamp ? [] : ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."]),
  ];
  if (!credential || !signature || !signedHeaders || timestamp === undefined) {
    throw new Refused(refuseHeader(protocol, lacking, timestamp));
  }
  const sessionToken = headers.get('x-amz-security-token');
  return {
    place: 'header',
    ...readCredential(credential, 'header', protocol),
    signedHeaders: signedHeaders.toLowerCase().split(';'),
    signature,
    timestamp,
    ...(sessionToken !== undefined && { sessionToken }),
  };
}

function fromQuery(query: ReadonlyMap<string, string>, protocol: Protocol): Signature {
  const named = query.get('X-Amz-Algorithm');
  if (named !== undefined && named !== algorithm) throw new Refused(refuseAlgorithm(protocol, named));
  const [credential, signature, timestamp, signedHeaders, expires] = [
    'X-Amz-Credential',
    'X-Amz-Signature',
    'X-Amz-Date',
    'X-Amz-SignedHeaders',
    'X-Amz-Expires',
  ].map((name) => query.get(name));
  // Outside of S3 a presigned request may do without an expiry: it is then good for the clock skew.
  const complete =
    named && credential && signature && timestamp && signedHeaders && (expires || protocol !== 'restXml');
  if (!complete) {
    throw new Refused(
      refuseQuery(
        protocol,
        'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
      ),
    );
  }
  if (!isTimestamp(timestamp)) {
    throw new Refused(refuseQuery(protocol, "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""));
  }
  const sessionToken = query.get('X-Amz-Security-Token');
  return {
    place: 'query',
    ...readCredential(credential, 'query', protocol),
    signedHeaders: signedHeaders.toLowerCase().split(';'),
    signature,
    timestamp,
    ...(expires !== undefined && { expires: readExpiry(expires, protocol) }),
    ...(sessionToken !== undefined && { sessionToken }),
  };
}

function readExpiry(text: string, protocol: Protocol): number {
  if (!/^-?\d+$/.test(text)) throw new Refused(refuseQuery(protocol, 'X-Amz-Expires should be a number'));
  const seconds = Number(text);
  if (seconds < 0) throw new Refused(refuseQuery(protocol, 'X-Amz-Expires must be non-negative'));
  if (seconds < 1 || seconds > longestExpiry) {
    throw new Refused(
      refuseQuery(
        protocol,
        seconds < 1
          ? 'X-Amz-Expires must be at least 1 second'
          : 'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
      ),
    );
  }
  return seconds;
}

function readCredential(
  text: string,
  place: 'header' | 'query',
  protocol: Protocol,
): Pick<Signature, 'accessKeyId' | 'scope'> {
  const parts = text.split('/');
  const [accessKeyId = '', date = '', region = '', service = '', terminator = ''] = parts;
  if (parts.length !== 5) {
    throw new Refused(
      protocol === 'restXml'
        ? scopeRefusal(protocol, place, {
            s3: 'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
            other: '',
          })
        : refusal(
            protocol,
            'malformed',
            `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${text}'`,
          ),
    );
  }
  if (terminator !== 'aws4_request') {
    throw new Refused(
      scopeRefusal(protocol, place, {
        s3: `incorrect terminal "${terminator}". This endpoint uses "aws4_request".`,
        other: `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'.`,
      }),
    );
  }
  return { accessKeyId, scope: { date, region, service } };
}

function checkScope({ place, scope, timestamp }: Signature, service: string, protocol: Protocol): void {
  const refuse = (s3: string, other: string): never => {
    throw new Refused(scopeRefusal(protocol, place, { s3, other }));
  };
  if (!/^\d{8}$/.test(scope.date)) {
    refuse(
      `incorrect date format "${scope.date}". This date in the credential must be in the format "yyyyMMdd".`,
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${timestamp.slice(0, 8)}', from '${timestamp}'.`,
    );
  }
  if (scope.date !== timestamp.slice(0, 8)) {
    refuse(
      `Invalid credential date "${scope.date}". This date is not the same as X-Amz-Date: "${timestamp.slice(0, 8)}".`,
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${timestamp.slice(0, 8)}', from '${timestamp}'.`,
    );
  }
  if (scope.service !== service) {
    refuse(
      `incorrect service "${scope.service}". This endpoint belongs to "${service}".`,
      `Credential should be scoped to correct service: '${service}'.`,
    );
  }
  if (!/^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/.test(scope.region) && scope.region !== 'aws-global') {
    refuse(
      `the region '${scope.region}' is wrong; expecting 'us-east-1'`,
      `Credential should be scoped to a valid region, not '${scope.region}'.`,
    );
  }
}

function refuseAlgorithm(protocol: Protocol, named: string): AwsError {
  return protocol === 'restXml'
    ? s3Refusal('InvalidRequest', unsupported, 400)
    : refusal(protocol, 'malformed', `Unsupported AWS 'algorithm': '${named.slice(0, 60)}'.`);
}

function refuseHeader(protocol: Protocol, lacking: readonly string[], timestamp: string | undefined): AwsError {
  if (protocol !== 'restXml') return refusal(protocol, 'malformed', lacking.join(' '));
  return timestamp === undefined
    ? s3Refusal('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header', 403)
    : s3Refusal(
        'AuthorizationHeaderMalformed',
        'The authorization header is malformed; the authorization header requires three components: Credential, SignedHeaders, and Signature.',
        400,
      );
}

function refuseQuery(protocol: Protocol, message: string): AwsError {
  return protocol === 'restXml'
    ? s3Refusal('AuthorizationQueryParametersError', message, 400)
    : refusal(protocol, 'malformed', message);
}

function isTimestamp(text: string): boolean {
  return /^\d{8}T\d{6}Z$/.test(text) && !Number.isNaN(millisecondsOf(text));
}

/** Epoch milliseconds of `20261124T100000Z`; NaN where there is no such time. */
export function millisecondsOf(timestamp: string): number {
  const part = (from: number, to: number) => timestamp.slice(from, to);
  const date = `${part(0, 4)}-${part(4, 6)}-${part(6, 8)}`;
  return Date.parse(`${date}T${part(9, 11)}:${part(11, 13)}:${part(13, 15)}Z`);
}

/** `20261124T100000Z` of epoch milliseconds. */
export function timestampText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** The time of signing: `x-amz-date`, else `date`. */
function timestampOf(headers: ReadonlyMap<string, string>): string | undefined {
  const text = headers.get('x-amz-date') ?? headers.get('date');
  if (text === undefined) return undefined;
  if (isTimestamp(text)) return text;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : timestampText(milliseconds);
}

function queryParameters(target: string): Map<string, string> {
  const parameters = new Map<string, string>();
  const { query } = splitTarget(target);
  if (!query.includes('X-Amz-') && !query.includes('AWSAccessKeyId')) return parameters;
  for (const part of query.split('&')) {
    const equals = part.indexOf('=');
    const name = equals === -1 ? part : part.slice(0, equals);
    try {
      parameters.set(decodeURIComponent(name), equals === -1 ? '' : decodeURIComponent(part.slice(equals + 1)));
    } catch {
      // What cannot be decoded is no parameter of the signature.
    }
  }
  return parameters;
}
