/** The restJson1 protocol (Smithy, "AWS restJson1 protocol"). Lambda, Access Analyzer and EventBridge Scheduler speak it. */
import { malformedInput, unknownOperation } from './errors.ts';
import { isUnbound, payloadOf, readHeaders, readQuery, writeHeaders, writeQuery } from './http-bindings.ts';
import { errorMembers, readJsonError } from './json-errors.ts';
import { fromJson, parseJson, toJson } from './json-shapes.ts';
import { routePath, writePath } from './path-routes.ts';
import { recordOf, statusOf, textOf, utf8, type WireProtocol } from './protocol.ts';
import { headerMap, queryMap, splitRestTarget } from './rest-request.ts';
import { Malformed, readScalar, writeScalar } from './scalar.ts';
import { type StructureShape, structureOf } from './shape.ts';

const noBytes = new Uint8Array(0);

export const restJson1: WireProtocol = {
  decodeRequest(model, request) {
    const { path, query: text } = splitRestTarget(request.target);
    try {
      const query = queryMap(text);
      const routed = routePath(model, request.method, path, query);
      if (routed === undefined) throw unknownOperation(model, `${request.method} ${path}`);
      const { operation, labels } = routed;
      const shape = structureOf(operation.input);
      const input: Record<string, unknown> = {};
      for (const { binding, name, shape: type } of shape.members) {
        const label = binding?.in === 'label' ? labels[name] : undefined;
        if (label !== undefined) input[name] = readScalar(type, label, 'date-time');
      }
      readQuery(shape, query, input, refuse);
      readHeaders(shape, headerMap(request.headers), input, refuse);
      readBody(shape, request.body, input);
      return { operation: operation.name, input };
    } catch (error) {
      throw error instanceof Malformed ? malformedInput(model, error.message) : error;
    }
  },

  encodeResponse(_model, operation, output, requestId) {
    const shape = structureOf(operation.output);
    const value = recordOf(output);
    const body = writeBody(shape, value);
    const headers: Record<string, string> = { 'x-amzn-requestid': requestId, ...writeHeaders(shape, value) };
    if (body.mediaType !== undefined) headers['content-type'] ??= body.mediaType;
    const named = shape.members.find((member) => member.binding?.in === 'status')?.name;
    const status = Number((named === undefined ? undefined : value[named]) ?? operation.http?.[2] ?? 200);
    return { status, headers, body: status === 204 ? noBytes : body.bytes };
  },

  encodeError(model, error, requestId) {
    const status = statusOf(model, error);
    const shape = structureOf(model.errors.get(error.code)?.shape);
    // Lambda says in each error whose fault it is.
    const hasType = shape.members.some(({ name }) => name === 'Type');
    const type = hasType ? { Type: status < 500 ? 'User' : 'Service' } : {};
    return {
      status,
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': requestId,
        'x-amzn-errortype': error.code,
        ...writeHeaders(shape, error.details),
      },
      body: utf8(JSON.stringify({ ...type, ...errorMembers(model, error) })),
    };
  },

  encodeRequest(_model, operation, input) {
    const shape = structureOf(operation.input);
    const { path, literals } = writePath(operation, (name) => {
      const type = shape.members.find((member) => member.name === name)?.shape;
      return type === undefined ? '' : writeScalar(type, input[name] ?? '', 'date-time');
    });
    const query = writeQuery(shape, input, literals);
    const body = writeBody(shape, input);
    const headers = writeHeaders(shape, input);
    if (body.mediaType !== undefined) headers['content-type'] ??= body.mediaType;
    return {
      method: operation.http?.[0] ?? 'POST',
      target: query === '' ? path : `${path}?${query}`,
      headers,
      body: body.bytes,
    };
  },

  decodeResponse(_model, operation, response) {
    if (response.status >= 300) return readJsonError(response);
    const shape = structureOf(operation.output);
    const output: Record<string, unknown> = {};
    readHeaders(shape, new Map(Object.entries(response.headers)), output);
    readBody(shape, response.body, output);
    for (const { binding, name } of shape.members) if (binding?.in === 'status') output[name] = response.status;
    const requestId = response.headers['x-amzn-requestid'] ?? '';
    return { kind: 'ok', output, status: response.status, requestId };
  },
};

/** Reads the payload, or the members that are bound to nothing else, out of the body. Throws Malformed. */
function readBody(shape: StructureShape, body: Uint8Array, value: Record<string, unknown>): void {
  if (body.length === 0) return;
  const payload = payloadOf(shape);
  if (payload === undefined) {
    const inBody = shape.members.filter(isUnbound);
    if (inBody.length > 0) Object.assign(value, fromJson({ ...shape, members: inBody }, parseJson(textOf(body))));
  } else if (payload.shape.kind === 'blob') value[payload.name] = body;
  else if (payload.shape.kind === 'string') value[payload.name] = textOf(body);
  else value[payload.name] = fromJson(payload.shape, parseJson(textOf(body)));
}

interface Body {
  readonly bytes: Uint8Array;
  readonly mediaType?: string;
}

function writeBody(shape: StructureShape, value: Readonly<Record<string, unknown>>): Body {
  const payload = payloadOf(shape);
  if (payload === undefined) {
    const inBody = shape.members.filter(isUnbound);
    return inBody.length === 0 ? { bytes: noBytes } : json(toJson({ ...shape, members: inBody }, value));
  }
  const content = value[payload.name];
  if (content === undefined || content === null) return { bytes: noBytes };
  if (content instanceof Uint8Array) return { bytes: content, mediaType: 'application/octet-stream' };
  if (typeof content === 'string') return { bytes: utf8(content), mediaType: 'text/plain' };
  return json(toJson(payload.shape, content));
}

function json(value: unknown): Body {
  return { bytes: utf8(JSON.stringify(value)), mediaType: 'application/json' };
}

function refuse(name: string, text: string): never {
  throw new Malformed(`'${text.slice(0, 100)}' is not a value of ${name}`);
}
