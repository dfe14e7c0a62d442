/**
 * AWS's wire formats for the server: requests in, answers out (`client.ts` has the other direction). The protocol of a service is
 * looked up in one table; what an operation's shapes are comes from the SDK's schemas.
 */
import type { AwsError } from '../errors.ts';
import type { Protocol, ServiceModel, WireRequest, WireResponse } from './model.ts';
import { type DecodedRequest, type ErrorContext, operationOf, type WireProtocol } from './protocol.ts';
import { clientProtocols } from './protocols.ts';
import { rpcv2Cbor } from './rpc-cbor.ts';

export { isTargetOf } from './aws-json.ts';
export type { DecodedRequest, ErrorContext } from './protocol.ts';
export { readRpcPath } from './rpc-cbor.ts';
export { readS3Address } from './s3-address.ts';
export { spokenModel } from './spoken.ts';

const protocols: Readonly<Record<Protocol, WireProtocol>> = { ...clientProtocols, rpcv2Cbor };

/** Reads a request, whose body is free of `aws-chunked`. Throws the AwsError that AWS would answer. */
export function decodeRequest(model: ServiceModel, request: WireRequest): DecodedRequest {
  return protocols[model.protocol].decodeRequest(model, request);
}

/** The answer to a call that succeeded. A body is bytes by now. */
export function encodeResponse(
  model: ServiceModel,
  operation: string,
  output: unknown,
  requestId: string,
): WireResponse {
  return protocols[model.protocol].encodeResponse(model, operationOf(model, operation), output, requestId);
}

/** The answer to a call that failed, in the service's own form. */
export function encodeError(
  model: ServiceModel,
  error: AwsError,
  requestId: string,
  context: ErrorContext = {},
): WireResponse {
  return protocols[model.protocol].encodeError(model, error, requestId, context);
}
