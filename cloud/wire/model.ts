/**
 * A service's wire format as the AWS SDK for JavaScript v3 describes it: the runtime schemas that its clients export
 * (`CreateUser$`), gathered by operation. No wire format is written by hand per operation.
 */

/** An SDK schema, as `@smithy/types` has it: opaque here, read only inside cloud/wire. */
export type Schema = unknown;

/** The protocols that the wire code speaks. */
export type Protocol = 'awsQuery' | 'restXml' | 'awsJson1_0' | 'awsJson1_1';

/** One operation's shapes. */
export interface OperationModel {
  readonly name: string;
  readonly input: Schema;
  readonly output: Schema;
  /** `['PUT', '/{Key+}?x-id=PutObject', 200]` for the REST protocols. */
  readonly http?: readonly [method: string, uri: string, status: number];
}

/** A service on the wire. */
export interface ServiceModel {
  /** The name that the cloud has it under, its signing name but for `s3-control`: `iam`. */
  readonly name: string;
  readonly protocol: Protocol;
  /** `2010-05-08`. */
  readonly version: string;
  /** `https://iam.amazonaws.com/doc/2010-05-08/`, for the XML protocols. */
  readonly xmlNamespace?: string;
  /** `AmazonSSM`, the prefix of `X-Amz-Target`, for the JSON protocols. */
  readonly target?: string;
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** Modelled errors by their code on the wire. */
  readonly errors: ReadonlyMap<string, { readonly name: string; readonly status: number; readonly schema: Schema }>;
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
