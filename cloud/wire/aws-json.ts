/** The awsJson1_1 protocol: JSON both ways, the operation in a header (Smithy, "AWS JSON 1.1 protocol"). SSM speaks it. */
import { AwsError } from '../errors.ts';
import { unknownOperation } from './errors.ts';
import { fromJson, toJson } from './json-shapes.ts';
import type { WireResponse } from './model.ts';
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
      const dot = target.lastIndexOf('.');
      const name = target.slice(dot + 1);
      const operation = target.slice(0, Math.max(dot, 0)) === model.target ? model.operations.get(name) : undefined;
      if (operation === undefined) throw unknownOperation(model, name);
      const text = textOf(request.body);
      try {
        const input = fromJson(structureOf(operation.input), text === '' ? {} : parse(text));
        return { operation: name, input: input as Record<string, unknown> };
      } catch (error) {
        if (!(error instanceof Malformed)) throw error;
        throw new AwsError('SerializationException', error.message, { status: 400 });
      }
    },

    encodeResponse(_model, operation, output, requestId) {
      return answer(200, requestId, toJson(structureOf(operation.output), recordOf(output)));
    },

    encodeError(model, error, requestId) {
      const shape = structureOf(model.errors.get(error.code)?.schema);
      const named = shape.members.find((member) => member.name.toLowerCase() === 'message')?.name;
      const message = error.message === '' ? {} : { [named ?? 'message']: error.message };
      const details = toJson(shape, error.details) as Record<string, unknown>;
      return answer(
        statusOf(model, error),
        requestId,
        { __type: error.code, ...details, ...message },
        { 'x-amzn-errortype': error.code },
      );
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
      const text = textOf(response.body);
      const { status } = response;
      const json = text === '' ? {} : status < 300 ? parse(text) : tryJson(text);
      const requestId = response.headers['x-amzn-requestid'] ?? '';
      if (status < 300) {
        const output = fromJson(structureOf(operation.output), json) as Record<string, unknown>;
        return { kind: 'ok', output, status, requestId };
      }
      const body = recordOf(json);
      const type = String(body['__type'] ?? response.headers['x-amzn-errortype'] ?? 'Unknown');
      const message = String(body['message'] ?? body['Message'] ?? '');
      return { kind: 'error', code: codeOfType(type), message, status, requestId };
    },
  };
}

/** `com.amazonaws.ssm#ParameterNotFound:http://…` is `ParameterNotFound`. */
function codeOfType(type: string): string {
  const afterHash = type.slice(type.indexOf('#') + 1);
  const colon = afterHash.indexOf(':');
  return colon === -1 ? afterHash : afterHash.slice(0, colon);
}

/** An error's answer that is no JSON, as a proxy's may be, says nothing. */
function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Malformed('Unable to parse the request body as JSON');
  }
}
