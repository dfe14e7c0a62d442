/** Errors of the JSON protocols, both ways (Smithy, "AWS JSON 1.0 protocol" and "AWS restJson1 protocol": Operation error serialization). */
import type { AwsError } from '../errors.ts';
import { isUnbound } from './http-bindings.ts';
import { toJson } from './json-shapes.ts';
import type { ServiceModel, WireResponse } from './model.ts';
import { recordOf, textOf } from './protocol.ts';
import { structureOf } from './shape.ts';

/** The members of an error's body: what its shape has of the details, and its text under the name that the shape gives it. */
export function errorMembers(model: ServiceModel, error: AwsError): Record<string, unknown> {
  const shape = structureOf(model.errors.get(error.code)?.shape);
  const inBody = shape.members.filter(isUnbound);
  const details = toJson({ ...shape, members: inBody }, error.details) as Record<string, unknown>;
  const named = inBody.find((member) => member.name.toLowerCase() === 'message')?.name;
  return error.message === '' ? details : { ...details, [named ?? 'message']: error.message };
}

/** An error's answer as a client reads it: its body, else its headers, else its status. */
export function readJsonError(response: WireResponse): {
  readonly kind: 'error';
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly requestId: string;
} {
  const { status, headers } = response;
  const body = recordOf(tryJson(textOf(response.body)));
  const type = String(headers['x-amzn-errortype'] ?? body['__type'] ?? body['code'] ?? 'Unknown');
  const message = String(body['message'] ?? body['Message'] ?? '');
  const queryError = headers['x-amzn-query-error']?.split(';')[0];
  return {
    kind: 'error',
    code: queryError ?? codeOfType(type),
    message,
    status,
    requestId: headers['x-amzn-requestid'] ?? '',
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
