/**
 * AWS's wire formats, for the server (requests in, answers out) and for a client (requests out, answers in). The protocol of
 * a service is looked up in one table; what an operation's shapes are comes from the SDK's schemas.
 */
import type { AwsError } from '../errors.ts';
import { awsJson } from './aws-json.ts';
import { awsQuery } from './aws-query.ts';
import { ec2Query } from './ec2-query.ts';
import type { OperationModel, Protocol, ServiceModel, WireRequest, WireResponse } from './model.ts';
import type { DecodedRequest, DecodedResponse, EncodedRequest, ErrorContext, WireProtocol } from './protocol.ts';
import { restJson1 } from './rest-json.ts';
import { restXml } from './rest-xml.ts';
import { rpcv2Cbor } from './rpc-cbor.ts';

export { isTargetOf } from './aws-json.ts';
export type { DecodedRequest, DecodedResponse, EncodedRequest, ErrorContext } from './protocol.ts';
export { readRpcPath } from './rpc-cbor.ts';
export { readS3Address } from './s3-address.ts';
export { spokenModel } from './spoken.ts';

const protocols: Readonly<Record<Protocol, WireProtocol>> = {
  awsQuery,
  ec2Query,
  restXml,
  restJson1,
  rpcv2Cbor,
  awsJson1_0: awsJson('1.0'),
  awsJson1_1: awsJson('1.1'),
};

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

/** A client's request, not signed yet; S3's in path style. Throws where the service has no such operation. */
export function encodeRequest(
  model: ServiceModel,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): EncodedRequest {
  return protocols[model.protocol].encodeRequest(model, operationOf(model, operation), input);
}

/** Reads an answer; header names in lower case. Throws where a success cannot be read. */
export function decodeResponse(model: ServiceModel, operation: string, response: WireResponse): DecodedResponse {
  return protocols[model.protocol].decodeResponse(model, operationOf(model, operation), response);
}

function operationOf(model: ServiceModel, name: string): OperationModel {
  const operation = model.operations.get(name);
  if (operation === undefined) throw new Error(`${model.name} has no operation ${name}`);
  return operation;
}
