/** The awsQuery protocol: form in, XML out (Smithy, "AWS query protocol"). IAM and STS speak it. */
import { AwsError } from '../errors.ts';
import { unknownOperation } from './errors.ts';
import { formPairs, readForm, writeForm } from './form.ts';
import type { WireRequest, WireResponse } from './model.ts';
import {
  type DecodedRequest,
  type DecodedResponse,
  recordOf,
  statusOf,
  textOf,
  utf8,
  type WireProtocol,
} from './protocol.ts';
import { Malformed } from './scalar.ts';
import { structureOf } from './shape.ts';
import { withoutBody } from './xml-errors.ts';
import { childNamed, readStructure, writeMembers } from './xml-shapes.ts';
import { escapeXml, readXml, tryXml } from './xml-text.ts';

export const awsQuery: WireProtocol = {
  decodeRequest(model, request): DecodedRequest {
    const pairs = readPairs(request);
    const action = pairs.get('Action');
    if (action === undefined || action === '') {
      throw new AwsError('MissingAction', 'The request must contain the parameter Action', { status: 400 });
    }
    const operation = model.operations.get(action);
    const version = pairs.get('Version') ?? 'NO_VERSION_SPECIFIED';
    if (operation === undefined || version !== model.version) throw unknownOperation({ ...model, version }, action);
    pairs.delete('Action');
    pairs.delete('Version');
    try {
      return { operation: action, input: readForm(structureOf(operation.input), pairs) };
    } catch (error) {
      throw error instanceof Malformed ? new AwsError('MalformedInput', error.message, { status: 400 }) : error;
    }
  },

  encodeResponse(model, operation, output, requestId): WireResponse {
    const shape = structureOf(operation.output);
    const members = writeMembers(shape, recordOf(output));
    const { name } = operation;
    // Only an operation without any output shape has no result element; an empty shape has an empty one.
    const result = shape.name === '' ? '' : `  <${name}Result>${members}</${name}Result>\n`;
    return xml(
      200,
      requestId,
      `<${name}Response xmlns="${model.xmlNamespace ?? ''}">\n${result}` +
        `  <ResponseMetadata>\n    <RequestId>${escapeXml(requestId)}</RequestId>\n  </ResponseMetadata>\n</${name}Response>\n`,
    );
  },

  encodeError(model, error, requestId): WireResponse {
    const status = statusOf(model, error);
    const type = status < 500 ? 'Sender' : 'Receiver';
    const shape = structureOf(model.errors.get(error.code)?.schema);
    const details = writeMembers(shape, error.details, (member) => member.name.toLowerCase() !== 'message');
    return xml(
      status,
      requestId,
      `<ErrorResponse xmlns="${model.xmlNamespace ?? ''}">\n  <Error>\n    <Type>${type}</Type>\n` +
        `    <Code>${escapeXml(error.code)}</Code>\n    <Message>${escapeXml(error.message)}</Message>\n${details}` +
        `  </Error>\n  <RequestId>${escapeXml(requestId)}</RequestId>\n</ErrorResponse>\n`,
    );
  },

  encodeRequest(model, operation, input) {
    const form = writeForm(structureOf(operation.input), input);
    return {
      method: 'POST',
      target: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: utf8(`Action=${operation.name}&Version=${model.version}${form}`),
    };
  },

  decodeResponse(_model, operation, response): DecodedResponse {
    if (response.status >= 300) return readError(response);
    const root = readXml(textOf(response.body));
    const result = childNamed(root, `${operation.name}Result`);
    const metadata = childNamed(root, 'ResponseMetadata');
    return {
      kind: 'ok',
      output: result ? readStructure(structureOf(operation.output), result) : {},
      status: response.status,
      requestId: (metadata && childNamed(metadata, 'RequestId')?.text) ?? response.headers['x-amzn-requestid'] ?? '',
    };
  },
};

function readError(response: WireResponse): DecodedResponse {
  const root = tryXml(response.body);
  if (root === undefined) return withoutBody(response, response.headers['x-amzn-requestid'] ?? '');
  const error = childNamed(root, 'Error') ?? root;
  return {
    kind: 'error',
    code: childNamed(error, 'Code')?.text ?? 'Unknown',
    message: childNamed(error, 'Message')?.text ?? '',
    status: response.status,
    requestId: childNamed(root, 'RequestId')?.text ?? response.headers['x-amzn-requestid'] ?? '',
  };
}

/** Parameters of the query string and of the form. */
function readPairs(request: WireRequest): Map<string, string> {
  const question = request.target.indexOf('?');
  const query = question === -1 ? '' : request.target.slice(question + 1);
  try {
    const pairs = new Map(formPairs(query));
    for (const name of pairs.keys()) if (name.toLowerCase().startsWith('x-amz-')) pairs.delete(name);
    for (const [name, value] of formPairs(textOf(request.body))) pairs.set(name, value);
    return pairs;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new AwsError('MalformedQueryString', 'The query string contains a syntax error.', { status: 404 });
  }
}

function xml(status: number, requestId: string, text: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: utf8(text),
  };
}
