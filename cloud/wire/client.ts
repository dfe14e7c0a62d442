/** AWS's wire formats for a client: requests out, answers in. The page's `aws` speaks by it. */
import type { ServiceModel, WireResponse } from './model.ts';
import { type DecodedResponse, type EncodedRequest, operationOf, type WireProtocol } from './protocol.ts';
import { clientProtocols } from './protocols.ts';

export type { DecodedResponse, EncodedRequest } from './protocol.ts';

/** A client's request, not signed yet; S3's in path style. Throws where the service has no such operation. */
export function encodeRequest(
  model: ServiceModel,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): EncodedRequest {
  return protocolOf(model).encodeRequest(model, operationOf(model, operation), input);
}

/** Reads an answer; header names in lower case. Throws where a success cannot be read. */
export function decodeResponse(model: ServiceModel, operation: string, response: WireResponse): DecodedResponse {
  return protocolOf(model).decodeResponse(model, operationOf(model, operation), response);
}

function protocolOf({ name, protocol }: ServiceModel): WireProtocol {
  if (protocol === 'rpcv2Cbor') throw new Error(`A client speaks to ${name} by its older protocol`);
  return clientProtocols[protocol];
}
