/** The restXml protocol as S3 and S3 Control speak it (Smithy, "AWS restXml protocol"; Amazon S3 API Reference). */

import { toBase64 } from '@smithy/core/serde';
import { AwsError } from '../errors.ts';
import { malformedInput, unknownOperation } from './errors.ts';
import { isUnbound, payloadOf, readHeaders, readQuery, writeHeaders, writeQuery } from './http-bindings.ts';
import type { WireResponse } from './model.ts';
import {
  type DecodedResponse,
  type EncodedRequest,
  recordOf,
  statusOf,
  textOf,
  utf8,
  type WireProtocol,
} from './protocol.ts';
import { readAddress, writeAddress } from './rest-address.ts';
import { headerMap } from './rest-request.ts';
import { Malformed, readScalar } from './scalar.ts';
import { type Member, type StructureShape, structureOf } from './shape.ts';
import { readRestError } from './xml-errors.ts';
import { readStructure, writeElement, writeMembers } from './xml-shapes.ts';
import { escapeXml, readXml, type XmlElement } from './xml-text.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const noBytes = new Uint8Array(0);

export const restXml: WireProtocol = {
  decodeRequest(model, request) {
    const headers = headerMap(request.headers);
    const { operation, labels, query } = readAddress(model, request, headers);
    if (operation === undefined) throw unknownOperation(model, request.method);
    const shape = structureOf(operation.input);
    const input: Record<string, unknown> = {};
    for (const { binding, name } of shape.members) {
      if (binding?.in === 'label' && labels[name] !== undefined) input[name] = labels[name];
    }
    readQuery(shape, query, input, refuseParameter);
    readHeaders(shape, headers, input, refuseParameter);
    for (const { binding, name } of shape.members) {
      if (binding?.in === 'prefix-headers' && Object.keys(recordOf(input[name])).length === 0) delete input[name];
    }
    readBody(shape, request.body, input);
    return { operation: operation.name, input };
  },

  encodeResponse(model, operation, output, requestId): WireResponse {
    const shape = structureOf(operation.output);
    const value = recordOf(output);
    const headers = { ...requestHeaders(requestId), ...writeHeaders(shape, value) };
    const body = writeBody(shape, value, model.xmlNamespace ?? '');
    if (body.mediaType !== undefined) headers['content-type'] ??= body.mediaType;
    const status = headers['content-range'] === undefined ? (operation.http?.[2] ?? 200) : 206;
    return { status, headers, body: operation.http?.[0] === 'HEAD' ? noBytes : body.bytes };
  },

  encodeError(model, error, requestId, { method, resource }): WireResponse {
    const status = statusOf(model, error);
    const headers: Record<string, string> = { ...requestHeaders(requestId), ...errorHeaders(error) };
    // No body where HTTP has none: HEAD, and 304.
    if (method === 'HEAD' || status === 304) return { status, headers, body: noBytes };
    const isNamed = resource !== undefined && model.addressing === 'buckets';
    const details = Object.entries(isNamed ? { Resource: resource, ...error.details } : error.details)
      .filter(([name, value]) => value !== undefined && !Object.hasOwn(headersOfDetails, name))
      .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
      .join('');
    headers['content-type'] = 'application/xml';
    const text = `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>${details}`;
    const ids = `<RequestId>${escapeXml(requestId)}</RequestId><HostId>${hostIdOf(requestId)}</HostId>`;
    const wrapped =
      model.addressing === 'buckets'
        ? `<Error>${text}${ids}</Error>`
        : `<ErrorResponse xmlns="${model.xmlNamespace ?? ''}"><Error>${text}</Error>${ids}</ErrorResponse>`;
    return { status, headers, body: utf8(declaration + wrapped) };
  },

  encodeRequest(model, operation, input): EncodedRequest {
    const method = operation.http?.[0] ?? 'POST';
    const shape = structureOf(operation.input);
    const { path, literals } = writeAddress(model, operation, input);
    const query = writeQuery(shape, input, literals);
    const headers = writeHeaders(shape, input);
    const body = writeBody(shape, input, model.xmlNamespace ?? '');
    if (body.mediaType !== undefined) headers['content-type'] ??= body.mediaType;
    return { method, target: query === '' ? path : `${path}?${query}`, headers, body: body.bytes };
  },

  decodeResponse(_model, operation, response): DecodedResponse {
    if (response.status >= 300) return readRestError(response);
    const shape = structureOf(operation.output);
    const output: Record<string, unknown> = {};
    readHeaders(shape, new Map(Object.entries(response.headers)), output);
    if (operation.http?.[0] !== 'HEAD') readBody(shape, response.body, output);
    const requestId = response.headers['x-amz-request-id'] ?? '';
    return { kind: 'ok', output, status: response.status, requestId };
  },
};

/** Details that S3 tells in a header: they stand in no body, and answers to HEAD and 304 have none. */
const headersOfDetails: Readonly<Record<string, string>> = {
  DeleteMarker: 'x-amz-delete-marker',
  VersionOfMarker: 'x-amz-version-id',
  EntityTag: 'etag',
  BucketRegion: 'x-amz-bucket-region',
};

function errorHeaders({ details }: AwsError): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headersOfDetails).flatMap(([name, header]) =>
      details[name] === undefined ? [] : [[header, String(details[name])]],
    ),
  );
}

/** Reads the payload, or the members that are bound to nothing else, out of the body. */
function readBody(shape: StructureShape, body: Uint8Array, value: Record<string, unknown>): void {
  const payload = payloadOf(shape);
  if (payload?.shape.kind === 'blob') {
    value[payload.name] = body;
    return;
  }
  if (body.length === 0) return;
  if (payload === undefined) {
    if (shape.members.some(isUnbound)) Object.assign(value, readUnbound(shape, body));
  } else if (payload.shape.kind === 'structure') {
    const root = parse(body);
    if (root.name !== rootName(payload.shape, payload)) throw malformedXml();
    value[payload.name] = read(payload.shape, root);
  } else value[payload.name] = textOf(body);
}

function readUnbound(shape: StructureShape, body: Uint8Array): Record<string, unknown> {
  const root = parse(body);
  const only = unwrapped(shape);
  if (only === undefined) return read(shape, root, isUnbound);
  return root.text === '' ? {} : { [only.name]: readScalar(only.shape, root.text, 'date-time') };
}

/** GetBucketLocation's answer is one element that is itself the value: a structure named as its only member. */
function unwrapped(shape: StructureShape): Member | undefined {
  const [only, second] = shape.members;
  return second === undefined && only !== undefined && only.name === shape.xmlName ? only : undefined;
}

interface Body {
  readonly bytes: Uint8Array;
  readonly mediaType?: string;
}

function writeBody(shape: StructureShape, value: Readonly<Record<string, unknown>>, namespace: string): Body {
  const payload = payloadOf(shape);
  if (payload === undefined) {
    if (!shape.members.some(isUnbound)) return { bytes: noBytes };
    return xmlBody(writeRoot(shape, value, namespace));
  }
  const content = value[payload.name];
  if (content === undefined || content === null) return { bytes: noBytes };
  if (content instanceof Uint8Array) return { bytes: content };
  if (payload.shape.kind !== 'structure') return { bytes: utf8(String(content)) };
  return xmlBody(writeElement(rootName(payload.shape, payload), payload.shape, recordOf(content), namespace));
}

function writeRoot(shape: StructureShape, value: Readonly<Record<string, unknown>>, namespace: string): string {
  const name = rootName(shape);
  const only = unwrapped(shape);
  const content = only ? escapeXml(String(value[only.name] ?? '')) : writeMembers(shape, value, isUnbound);
  return `<${name} xmlns="${namespace}">${content}</${name}>`;
}

function xmlBody(text: string): Body {
  return { bytes: utf8(declaration + text), mediaType: 'application/xml' };
}

function rootName(shape: StructureShape, member?: Member): string {
  return member?.xmlName ?? shape.xmlName ?? shape.name;
}

function parse(body: Uint8Array): XmlElement {
  try {
    return readXml(textOf(body));
  } catch (error) {
    throw error instanceof Malformed ? malformedXml() : error;
  }
}

function read(shape: StructureShape, root: XmlElement, include?: (member: Member) => boolean): Record<string, unknown> {
  try {
    return readStructure(shape, root, include);
  } catch (error) {
    throw error instanceof Malformed ? malformedXml() : error;
  }
}

function malformedXml(): AwsError {
  return malformedInput({ protocol: 'restXml' }, '');
}

function refuseParameter(name: string, text: string): never {
  throw new AwsError('InvalidArgument', `Provided ${name} not an integer or within integer range`, {
    status: 400,
    details: { ArgumentName: name, ArgumentValue: text },
  });
}

function requestHeaders(requestId: string): Record<string, string> {
  return { 'x-amz-request-id': requestId, 'x-amz-id-2': hostIdOf(requestId) };
}

/** S3's second, longer id of a request: opaque to clients, so it is made of the first. */
function hostIdOf(requestId: string): string {
  return toBase64(utf8(`${requestId}/${[...requestId].reverse().join('')}`));
}
