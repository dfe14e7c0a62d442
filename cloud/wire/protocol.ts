/** What a wire protocol does, in both directions: the server's (gateway) and the client's (the page's `aws`). */
import type { AwsError } from '../errors.ts';
import type { OperationModel, ServiceModel, WireRequest, WireResponse } from './model.ts';

/** An operation and its input, as a request named them. */
export interface DecodedRequest {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/** What an error's form depends on beside the error. */
export interface ErrorContext {
  /** The request's method: the answer to HEAD has no body. */
  readonly method?: string;
  /** The path that was asked for: S3 names it in some errors. */
  readonly resource?: string;
}

/** A request before it is signed. */
export interface EncodedRequest {
  readonly method: string;
  /** Path and query, encoded. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An answer as a client reads it. The output holds the members that were there and no others. */
export type DecodedResponse =
  | {
      readonly kind: 'ok';
      readonly output: Record<string, unknown>;
      readonly status: number;
      readonly requestId: string;
    }
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly message: string;
      readonly status: number;
      readonly requestId: string;
    };

/** One protocol. A new one is such a value and a row in the table of protocols. */
export interface WireProtocol {
  /** Throws AwsError, in AWS's own words, where the request cannot be read or names no operation. */
  decodeRequest(model: ServiceModel, request: WireRequest): DecodedRequest;
  encodeResponse(model: ServiceModel, operation: OperationModel, output: unknown, requestId: string): WireResponse;
  encodeError(model: ServiceModel, error: AwsError, requestId: string, context: ErrorContext): WireResponse;
  encodeRequest(
    model: ServiceModel,
    operation: OperationModel,
    input: Readonly<Record<string, unknown>>,
  ): EncodedRequest;
  decodeResponse(model: ServiceModel, operation: OperationModel, response: WireResponse): DecodedResponse;
}

/** The status of an error's answer: its own, else its shape's, else 400. */
export function statusOf(model: ServiceModel, error: AwsError): number {
  return error.status ?? model.errors.get(error.code)?.status ?? 400;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A text as bytes of UTF-8. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Bytes of UTF-8 as a text; what is none becomes U+FFFD. */
export function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** The value of a header, by its name in lower case; values of a repeated one joined with commas. */
export function headerOf(headers: WireRequest['headers'], name: string): string | undefined {
  const values = headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(',');
}

/** A record of something that a handler made: outputs without members may be undefined. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** An operation of a service by its name. Throws where the service has no such operation. */
export function operationOf(model: ServiceModel, name: string): OperationModel {
  const operation = model.operations.get(name);
  if (operation === undefined) throw new Error(`${model.name} has no operation ${name}`);
  return operation;
}
