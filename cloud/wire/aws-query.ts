/** The awsQuery protocol: form in, XML out (Smithy, "AWS query protocol"). IAM, STS, SNS and CloudFormation speak it. */
import { malformedInput, missingAction, queryCodeOf, unknownOperation, unknownVersion } from './errors.ts';
import { type FormDialect, queryForms, readForm, readFormRequest, writeForm } from './form.ts';
import type { ServiceModel, WireRequest, WireResponse } from './model.ts';
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
  decodeRequest: (model, request) => readQueryRequest(model, request, queryForms),

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
    const shape = structureOf(model.errors.get(error.code)?.shape);
    const code = model.isQueryCompatible ? queryCodeOf(model, error.code) : error.code;
    const details = writeMembers(shape, error.details, (member) => member.name.toLowerCase() !== 'message');
    return xml(
      status,
      requestId,
      `<ErrorResponse xmlns="${model.xmlNamespace ?? ''}">\n  <Error>\n    <Type>${type}</Type>\n` +
        `    <Code>${escapeXml(code)}</Code>\n    <Message>${escapeXml(error.message)}</Message>\n${details}` +
        `  </Error>\n  <RequestId>${escapeXml(requestId)}</RequestId>\n</ErrorResponse>\n`,
    );
  },

  encodeRequest(model, operation, input) {
    const form = writeForm(structureOf(operation.input), input, queryForms);
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

/** Reads a call of a query service: its action, its version, and its parameters in a form. */
export function readQueryRequest(model: ServiceModel, request: WireRequest, dialect: FormDialect): DecodedRequest {
  const pairs = readFormRequest(request);
  const action = pairs.get('Action');
  if (action === undefined || action === '') throw missingAction(model);
  const version = pairs.get('Version') ?? 'NO_VERSION_SPECIFIED';
  const operation = model.operations.get(action);
  if (version !== model.version) throw unknownVersion(model, action, version);
  if (operation === undefined) throw unknownOperation(model, action);
  pairs.delete('Action');
  pairs.delete('Version');
  try {
    return { operation: action, input: readForm(structureOf(operation.input), pairs, dialect) };
  } catch (error) {
    throw error instanceof Malformed ? malformedInput(model, error.message) : error;
  }
}

function xml(status: number, requestId: string, text: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: utf8(text),
  };
}
