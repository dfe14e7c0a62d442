/** The ec2Query protocol: EC2's forms in, XML without a result element out (Smithy, "AWS EC2 query protocol"). */
import { readQueryRequest } from './aws-query.ts';
import { ec2Forms, writeForm } from './form.ts';
import type { WireResponse } from './model.ts';
import { type DecodedResponse, recordOf, statusOf, textOf, utf8, type WireProtocol } from './protocol.ts';
import { structureOf } from './shape.ts';
import { withoutBody } from './xml-errors.ts';
import { childNamed, readStructure, writeMembers } from './xml-shapes.ts';
import { escapeXml, readXml, tryXml } from './xml-text.ts';

export const ec2Query: WireProtocol = {
  decodeRequest: (model, request) => readQueryRequest(model, request, ec2Forms),

  encodeResponse(model, operation, output, requestId) {
    const members = writeMembers(structureOf(operation.output), recordOf(output));
    const name = `${operation.name}Response`;
    return xml(
      200,
      requestId,
      `<${name} xmlns="${model.xmlNamespace ?? ''}">\n    <requestId>${escapeXml(requestId)}</requestId>\n    ${members}\n</${name}>`,
    );
  },

  encodeError(model, error, requestId) {
    return xml(
      statusOf(model, error),
      requestId,
      `<Response><Errors><Error><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>` +
        `</Error></Errors><RequestID>${escapeXml(requestId)}</RequestID></Response>`,
    );
  },

  encodeRequest(model, operation, input) {
    const form = writeForm(structureOf(operation.input), input, ec2Forms);
    return {
      method: 'POST',
      target: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: utf8(`Action=${operation.name}&Version=${model.version}${form}`),
    };
  },

  decodeResponse(_model, operation, response) {
    if (response.status >= 300) return readError(response);
    const root = readXml(textOf(response.body));
    return {
      kind: 'ok',
      output: readStructure(structureOf(operation.output), root),
      status: response.status,
      requestId: childNamed(root, 'requestId')?.text ?? response.headers['x-amzn-requestid'] ?? '',
    };
  },
};

function readError(response: WireResponse): DecodedResponse {
  const header = response.headers['x-amzn-requestid'] ?? '';
  const root = tryXml(response.body);
  if (root === undefined) return withoutBody(response, header);
  const errors = childNamed(root, 'Errors');
  const error = (errors && childNamed(errors, 'Error')) ?? root;
  return {
    kind: 'error',
    code: childNamed(error, 'Code')?.text ?? 'Unknown',
    message: childNamed(error, 'Message')?.text ?? '',
    status: response.status,
    requestId: childNamed(root, 'RequestID')?.text ?? header,
  };
}

function xml(status: number, requestId: string, text: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
    body: utf8(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`),
  };
}
