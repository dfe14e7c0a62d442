/**
 * The rpcv2Cbor protocol: CBOR both ways, the operation in the path (Smithy, "Smithy RPC v2 CBOR protocol"). The newer SDKs choose
 * it for services that speak JSON too.
 */
import { fromCbor, parseCbor, writeCbor } from './cbor-shapes.ts';
import { malformedInput, unknownOperation } from './errors.ts';
import type { WireResponse } from './model.ts';
import { type DecodedResponse, headerOf, recordOf, statusOf, type WireProtocol } from './protocol.ts';
import { splitRestTarget } from './rest-request.ts';
import { Malformed } from './scalar.ts';
import { type StructureShape, structureOf } from './shape.ts';

const mediaType = 'application/cbor';

/** The value of `smithy-protocol` that tells the protocol of a request. */
export const cborProtocolHeader = 'rpc-v2-cbor';

/** The service and the operation that a path of the protocol names. */
export function readRpcPath(target: string): { readonly service: string; readonly operation: string } | undefined {
  const found = /\/service\/([^/]+)\/operation\/([^/]+)$/.exec(splitRestTarget(target).path);
  return found === null ? undefined : { service: found[1] ?? '', operation: found[2] ?? '' };
}

export const rpcv2Cbor: WireProtocol = {
  decodeRequest(model, request) {
    const named = readRpcPath(request.target);
    const operation = named?.service === model.target ? model.operations.get(named?.operation ?? '') : undefined;
    if (operation === undefined) throw unknownOperation(model, named?.operation ?? '');
    try {
      const input = fromCbor(structureOf(operation.input), parseCbor(request.body));
      return { operation: operation.name, input: input as Record<string, unknown> };
    } catch (error) {
      throw error instanceof Malformed ? malformedInput(model, error.message) : error;
    }
  },

  encodeResponse(_model, operation, output, requestId) {
    return answer(200, requestId, structureOf(operation.output), recordOf(output));
  },

  encodeError(model, error, requestId) {
    const shape = structureOf(model.errors.get(error.code)?.shape);
    const named = shape.members.find(({ name }) => name.toLowerCase() === 'message')?.name ?? 'message';
    const text = { kind: 'string' } as const;
    const member = (name: string) => ({ name, shape: text, xmlAttribute: false, flattened: false });
    const members = [member('__type'), ...shape.members.filter(({ name }) => name !== named), member(named)];
    const body = { ...error.details, __type: error.code, [named]: error.message };
    return answer(statusOf(model, error), requestId, { ...shape, members }, body);
  },

  encodeRequest(model, operation, input) {
    return {
      method: 'POST',
      target: `/service/${model.target ?? ''}/operation/${operation.name}`,
      headers: { 'content-type': mediaType, accept: mediaType, 'smithy-protocol': cborProtocolHeader },
      body: writeCbor(structureOf(operation.input), input),
    };
  },

  decodeResponse(_model, operation, response): DecodedResponse {
    const { status, headers, body } = response;
    const requestId = headers['x-amzn-requestid'] ?? '';
    if (status < 300) {
      const output = fromCbor(structureOf(operation.output), parseCbor(body));
      return { kind: 'ok', output: output as Record<string, unknown>, status, requestId };
    }
    const error = recordOf(tryCbor(body));
    const type = String(error['__type'] ?? 'Unknown');
    const message = String(error['message'] ?? error['Message'] ?? '');
    return { kind: 'error', code: type.slice(type.indexOf('#') + 1), message, status, requestId };
  },
};

/** Whether a request is of this protocol, whatever service it is for. */
export function isCbor(headers: Parameters<typeof headerOf>[0]): boolean {
  return headerOf(headers, 'smithy-protocol') === cborProtocolHeader;
}

function answer(
  status: number,
  requestId: string,
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
): WireResponse {
  return {
    status,
    headers: { 'content-type': mediaType, 'smithy-protocol': cborProtocolHeader, 'x-amzn-requestid': requestId },
    body: writeCbor(shape, value),
  };
}

function tryCbor(body: Uint8Array): unknown {
  try {
    return parseCbor(body);
  } catch {
    return {};
  }
}
