/** Calls that a function makes by the AWS SDK: encoded, signed with the credentials that it gives, sent to the gateway, decoded. */

import { own } from '../../cloud/own.ts';
import { SigningKeys, signRequest } from '../../cloud/sigv4/index.ts';
import { decodeResponse, encodeRequest } from '../../cloud/wire/client.ts';
import type { Member, Shape } from '../../cloud/wire/shape.ts';
import type { Services } from '../gateway/front.ts';
import { nodeHashes } from '../hashes/node-hashes.ts';
import type { GatewayPort } from './gateway-port.ts';
import { codeSourceIp } from './source-ip.ts';

/** A call as code asks for it; nothing of it is to be trusted. */
export interface SdkCall {
  readonly service: unknown;
  readonly operation: unknown;
  readonly input: unknown;
  readonly credentials: unknown;
  readonly region: unknown;
}

export type SdkAnswer =
  | { readonly kind: 'ok'; readonly status: number; readonly requestId: string; readonly output: unknown }
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly message: string;
      readonly status: number;
      readonly requestId: string;
    };

const keys = new SigningKeys(nodeHashes);

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function clientError(code: string, message: string): SdkAnswer {
  return { kind: 'error', code, message, status: 400, requestId: '' };
}

/** Makes a call. Never rejects for what the code gave. */
export async function sdkCall(call: SdkCall, services: Services, gateway: GatewayPort): Promise<SdkAnswer> {
  const model = own(services, textOf(call.service))?.model;
  const operation = model?.operations.get(textOf(call.operation));
  if (model === undefined || operation === undefined) {
    return clientError('UnknownOperation', `There is no command ${textOf(call.operation)}Command in this client.`);
  }
  const credentials = recordOf(call.credentials);
  const accessKeyId = textOf(credentials['accessKeyId']);
  const secret = textOf(credentials['secretAccessKey']);
  if (accessKeyId === '' || secret === '') {
    return clientError('CredentialsProviderError', 'Could not load credentials from any providers');
  }
  const token = textOf(credentials['sessionToken']);
  const region = /^[a-z0-9-]{1,40}$/.test(textOf(call.region)) ? textOf(call.region) : 'us-east-1';
  const signing = model.signingName ?? model.name;
  let encoded: ReturnType<typeof encodeRequest>;
  try {
    const input = operation.input === undefined ? {} : shaped(operation.input, call.input);
    encoded = encodeRequest(model, operation.name, recordOf(input));
  } catch (error) {
    return clientError(
      'SerializationException',
      error instanceof Error ? error.message : 'The input cannot be written',
    );
  }
  const { method, target, headers, body } = encoded;
  const request = {
    method,
    target,
    headers: [
      ['host', `${signing}.${region}.amazonaws.com`] as const,
      ['user-agent', 'aws-sdk-js/3.1173.0 ua/2.1 os/linux lang/js exec-env/AWS_Lambda'] as const,
      ...Object.entries(headers),
    ],
    body,
  };
  const now = Date.now();
  const signer = { accessKeyId, secret, region, service: signing, protocol: model.protocol, now, keys };
  const signed = signRequest(request, token === '' ? signer : { ...signer, token });
  const response = await gateway.answer(signed, { sourceIp: codeSourceIp });
  const decoded = decodeResponse(model, operation.name, response);
  const requestId = response.headers['x-amzn-requestid'] ?? response.headers['x-amz-request-id'] ?? '';
  if (decoded.kind === 'error') {
    const { code, message, status } = decoded;
    return { kind: 'error', code, message, status, requestId };
  }
  return { kind: 'ok', status: response.status, requestId, output: decoded.output };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** An input with text where the shape has bytes, as the SDK takes it, made bytes. */
function shaped(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'blob':
      return typeof value === 'string' ? new TextEncoder().encode(value) : value;
    case 'structure': {
      const given = recordOf(value);
      return Object.fromEntries(
        shape.members.flatMap(({ name, shape: inner }: Member) =>
          own(given, name) === undefined ? [] : [[name, shaped(inner, given[name])]],
        ),
      );
    }
    case 'list':
      return Array.isArray(value) ? value.map((item) => shaped(shape.item.shape, item)) : value;
    case 'map':
      return Object.fromEntries(
        Object.entries(recordOf(value)).map(([key, item]) => [key, shaped(shape.value.shape, item)]),
      );
    default:
      return value;
  }
}
