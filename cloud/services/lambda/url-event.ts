/** Requests to function URLs as events, and answers of functions as responses (Lambda Developer Guide, "Request and response payloads"). */
import { fromBase64, toBase64 } from '@smithy/core/serde';
import { callerArn } from '../../../iam/caller-arn.ts';
import type { AnyCaller } from '../../../iam/model.ts';
import { percentDecode } from './percent-decode.ts';

/** A request to a function URL. */
export interface UrlRequest {
  /** The id in the URL's host. */
  readonly UrlId: string;
  readonly Method: string;
  /** Path and query, as they came. */
  readonly Target: string;
  readonly Headers: readonly (readonly [name: string, value: string])[];
  readonly Body: Uint8Array;
}

/** What a function URL answers. */
export interface UrlResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface UrlEventFacts {
  readonly domain: string;
  readonly accountId: string;
  readonly caller: AnyCaller;
  readonly authType: string;
  readonly requestId: string;
  readonly now: number;
  readonly sourceIp: string;
}

/** The event, payload format version 2.0. */
export function urlEvent(request: UrlRequest, facts: UrlEventFacts): object {
  const [path = '/', query = ''] = request.Target.split(/\?(.*)/s);
  const headers = joined(request.Headers.map(([name, value]) => [name.toLowerCase(), value] as const));
  const { cookie, ...others } = headers;
  const parameters = joined(queryPairs(query));
  const body = bodyOf(request.Body, headers['content-type'] ?? '');
  const { caller, authType, accountId } = facts;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: percentDecode(path),
    rawQueryString: query,
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: { ...others, host: facts.domain },
    ...(Object.keys(parameters).length > 0 && { queryStringParameters: parameters }),
    requestContext: {
      accountId: 'accountId' in caller ? caller.accountId : 'anonymous',
      apiId: request.UrlId,
      domainName: facts.domain,
      domainPrefix: request.UrlId,
      ...(authType === 'AWS_IAM' && {
        authorizer: { iam: { accountId, userArn: callerArn(caller), callerId: callerArn(caller) } },
      }),
      http: {
        method: request.Method,
        path: percentDecode(path),
        protocol: 'HTTP/1.1',
        sourceIp: facts.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: facts.requestId,
      routeKey: '$default',
      stage: '$default',
      time: new Date(facts.now).toUTCString(),
      timeEpoch: facts.now,
    },
    ...body,
  };
}

function queryPairs(query: string): readonly (readonly [string, string])[] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', value = ''] = pair.replaceAll('+', ' ').split(/=(.*)/s);
      return [percentDecode(name), percentDecode(value)];
    });
}

function joined(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const record: Record<string, string> = Object.create(null);
  for (const [name, value] of pairs) record[name] = name in record ? `${record[name]},${value}` : value;
  return record;
}

function bodyOf(bytes: Uint8Array, contentType: string): { body?: string; isBase64Encoded: boolean } {
  if (bytes.length === 0) return { isBase64Encoded: false };
  const isText =
    contentType === '' || /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded))/i.test(contentType);
  if (!isText) return { body: toBase64(bytes), isBase64Encoded: true };
  return { body: new TextDecoder().decode(bytes), isBase64Encoded: false };
}

const encoder = new TextEncoder();

/** A function's answer as a response. What has no `statusCode` is the body itself. */
export function urlResponse(payload: string): UrlResponse {
  const answer: unknown = JSON.parse(payload);
  if (typeof answer !== 'object' || answer === null || !('statusCode' in answer)) {
    const body = typeof answer === 'string' ? answer : payload;
    return { status: 200, headers: { 'content-type': 'application/json' }, body: encoder.encode(body) };
  }
  const { statusCode, headers, body = '', isBase64Encoded, cookies } = answer as Readonly<Record<string, unknown>>;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) return internalServerError();
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const given = typeof headers === 'object' && headers !== null ? Object.entries(headers) : [];
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(given.filter(isPlainHeader).map(([name, value]) => [name.toLowerCase(), String(value)])),
      ...(Array.isArray(cookies) &&
        cookies.length > 0 &&
        isPlainHeader(['set-cookie', cookies[0]]) && {
          'set-cookie': String(cookies[0]),
        }),
    },
    body: isBase64Encoded === true ? bytesOf(text) : encoder.encode(text),
  };
}

/** A header that HTTP can carry, and that does not say how the connection goes on. */
function isPlainHeader([name, value]: readonly [string, unknown]): boolean {
  return (
    /^[A-Za-z0-9-]+$/.test(name) &&
    !/^(connection|content-length|transfer-encoding|keep-alive|upgrade)$/i.test(name) &&
    /^[\t\x20-\x7e]*$/.test(String(value))
  );
}

function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64(text);
  } catch {
    return encoder.encode(text);
  }
}

/** What is answered where the function failed, or its answer makes no response. */
export function internalServerError(): UrlResponse {
  return {
    status: 502,
    headers: { 'content-type': 'application/json' },
    body: encoder.encode('Internal Server Error'),
  };
}
