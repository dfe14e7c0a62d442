/**
 * A service's wire format as the AWS SDK for JavaScript v3 describes it: the runtime schemas that its clients export
 * (`CreateUser$`), gathered by operation into tables. No wire format is written by hand per operation.
 */
import type { Shape } from './shape.ts';

/** The protocols that the wire code speaks. */
export type Protocol = 'awsQuery' | 'ec2Query' | 'restXml' | 'restJson1' | 'awsJson1_0' | 'awsJson1_1' | 'rpcv2Cbor';

/** One operation's shapes. */
export interface OperationModel {
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
  /** `['PUT', '/{Key+}?x-id=PutObject', 200]` for the REST protocols. */
  readonly http?: readonly [method: string, uri: string, status: number];
}

/** A service on the wire. */
export interface ServiceModel {
  /** The name that the cloud has it under, its signing name but for `s3-control`: `iam`. */
  readonly name: string;
  /** The name that its requests are signed for, where that is not its own: `s3` for `s3-control`. */
  readonly signingName?: string;
  readonly protocol: Protocol;
  /** `2010-05-08`. */
  readonly version: string;
  /** `https://iam.amazonaws.com/doc/2010-05-08/`, for the XML protocols. */
  readonly xmlNamespace?: string;
  /** `AmazonSSM`, the prefix of `X-Amz-Target`, for the JSON protocols. */
  readonly target?: string;
  /** Whether it once spoke the query protocol, and tells an error's code of then beside that of now (SQS). */
  readonly isQueryCompatible?: boolean;
  /** Whether its paths name buckets and keys, as S3's do, and its errors have no wrapping. */
  readonly addressing?: 'buckets';
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** Modelled errors by their code on the wire. */
  readonly errors: ReadonlyMap<string, ErrorModel>;
}

/** A modelled error. */
export interface ErrorModel {
  /** The name of its shape. */
  readonly name: string;
  readonly status: number;
  readonly shape: Shape;
  /** Its code in the query protocol, of a service that once spoke it and now speaks JSON, where that is another. */
  readonly queryCode?: string;
}

/** An HTTP request as it came in, nothing normalised. */
export interface WireRequest {
  readonly method: string;
  /** The raw request target: path and query as sent. */
  readonly target: string;
  /** In order of arrival, names as sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** An HTTP answer. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
