/**
 * The awsJson protocols: JSON both ways, the operation in a header (Smithy, "AWS JSON 1.1 protocol"). SQS, which once spoke the
 * query protocol, tells clients of then an error's old code in a header (Smithy, "awsQueryCompatible").
 */
import { malformedInput, queryCodeOf, unknownOperation } from './errors.ts';
import { errorMembers, readJsonError } from './json-errors.ts';
import { fromJson, parseJson, toJson } from './json-shapes.ts';
import type { ServiceModel, WireResponse } from './model.ts';
import { headerOf, recordOf, statusOf, textOf, utf8, type WireProtocol } from './protocol.ts';
import { Malformed } from './scalar.ts';
import { structureOf } from './shape.ts';

/** AWS's JSON services speak one of two versions, which differ in the media type only. */
export function awsJson(version: '1.0' | '1.1'): WireProtocol {
  const mediaType = `application/x-amz-json-${version}`;
  const answer = (
    status: number,
    requestId: string,
    json: unknown,
    headers: Record<string, string> = {},
  ): WireResponse => ({
    status,
    headers: { 'content-type': mediaType, 'x-amzn-requestid': requestId, ...headers },
    body: utf8(JSON.stringify(json)),
  });
  return {
    decodeRequest(model, request) {
      const target = headerOf(request.headers, 'x-amz-target') ?? '';
      const name = target.slice(target.lastIndexOf('.') + 1);
      const operation = isTargetOf(model, target) ? model.operations.get(name) : undefined;
      if (operation === undefined) throw unknownOperation(model, name);
      const text = textOf(request.body);
      try {
        const input = fromJson(structureOf(operation.input), text === '' ? {} : parseJson(text));
        return { operation: name, input: input as Record<string, unknown> };
      } catch (error) {
        throw error instanceof Malformed ? malformedInput(model, error.message) : error;
      }
    },

    encodeResponse(_model, operation, output, requestId) {
      return answer(200, requestId, toJson(structureOf(operation.output), recordOf(output)));
    },

    encodeError(model, error, requestId) {
      const status = statusOf(model, error);
      const headers: Record<string, string> = { 'x-amzn-errortype': error.code };
      if (model.isQueryCompatible) {
        headers['x-amzn-query-error'] = `${queryCodeOf(model, error.code)};${status < 500 ? 'Sender' : 'Receiver'}`;
      }
      return answer(status, requestId, { __type: error.code, ...errorMembers(model, error) }, headers);
    },

    encodeRequest(model, operation, input) {
      return {
        method: 'POST',
        target: '/',
        headers: { 'content-type': mediaType, 'x-amz-target': `${model.target ?? ''}.${operation.name}` },
        body: utf8(JSON.stringify(toJson(structureOf(operation.input), input))),
      };
    },

    decodeResponse(_model, operation, response) {
      const { status } = response;
      if (status >= 300) return readJsonError(response);
      const text = textOf(response.body);
      const output = fromJson(structureOf(operation.output), text === '' ? {} : parseJson(text));
      const requestId = response.headers['x-amzn-requestid'] ?? '';
      return { kind: 'ok', output: output as Record<string, unknown>, status, requestId };
    },
  };
}

/**
 * Whether an `X-Amz-Target` names an operation of the service. Some clients write the target with its package:
 * `com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents`.
 */
export function isTargetOf({ target }: Pick<ServiceModel, 'target'>, header: string): boolean {
  if (target === undefined) return false;
  const prefix = header.slice(0, Math.max(header.lastIndexOf('.'), 0));
  return prefix === target || prefix.endsWith(`.${target}`);
}
