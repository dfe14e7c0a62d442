import type { WireResponse } from './model.ts';
import type { DecodedResponse } from './protocol.ts';
import { childNamed } from './xml-shapes.ts';
import { tryXml } from './xml-text.ts';

/** What clients call an answer that has a status and no body, as to HEAD. */
const reasons: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  304: 'Not Modified',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  416: 'Requested Range Not Satisfiable',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};

/** Reads an error's answer: its XML, or where it has none its status, as the AWS CLI does. */
export function readRestError(response: WireResponse): DecodedResponse {
  const { status } = response;
  const requestId = response.headers['x-amz-request-id'] ?? '';
  const root = tryXml(response.body);
  if (root === undefined) return withoutBody(response, requestId);
  const error = childNamed(root, 'Error') ?? root;
  return {
    kind: 'error',
    code: childNamed(error, 'Code')?.text ?? String(status),
    message: childNamed(error, 'Message')?.text ?? '',
    status,
    requestId: childNamed(error, 'RequestId')?.text ?? requestId,
  };
}

/** What is left to say of an error whose answer has no XML. */
export function withoutBody({ status }: WireResponse, requestId: string): DecodedResponse {
  return { kind: 'error', code: String(status), message: reasons[status] ?? '', status, requestId };
}
