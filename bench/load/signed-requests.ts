/** AWS calls as whole HTTP/1.1 requests, signed by the AWS SDK's own signer. */
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { SandboxAccess } from '../../contract/index.ts';

export interface AwsCall {
  readonly service: 'iam' | 'sts' | 's3' | 'ssm';
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

class Sha256 {
  readonly #hash;
  constructor(secret?: unknown) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', Buffer.from(secret as Uint8Array));
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
  reset(): void {}
}

/** A call of the query protocol. */
export function queryCall(service: 'iam' | 'sts', action: string, parameters: Record<string, string> = {}): AwsCall {
  const version = service === 'iam' ? '2010-05-08' : '2011-06-15';
  return {
    service,
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams({ Action: action, Version: version, ...parameters }).toString(),
  };
}

/** A call of the JSON protocol. */
export function ssmCall(operation: string, input: unknown): AwsCall {
  return {
    service: 'ssm',
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `AmazonSSM.${operation}` },
    body: JSON.stringify(input),
  };
}

/** A call of S3, path style. */
export function s3Call(method: string, path: string, body = ''): AwsCall {
  return { service: 's3', method, path, headers: {}, body };
}

/** Signs a call with the sandbox's first profile. */
export async function signedRequest(sandbox: SandboxAccess, call: AwsCall): Promise<Buffer> {
  const [profile] = sandbox.profiles;
  if (profile === undefined) throw new Error('the sandbox has no profile');
  const endpoint = new URL(sandbox.endpoint);
  const signer = new SignatureV4({
    service: call.service,
    region: sandbox.region,
    credentials: { accessKeyId: profile.accessKeyId, secretAccessKey: profile.secretAccessKey },
    sha256: Sha256,
    uriEscapePath: call.service !== 's3',
    applyChecksum: true,
  });
  const [path = '', query = ''] = call.path.split('?');
  const signed = await signer.sign({
    method: call.method,
    protocol: endpoint.protocol,
    hostname: endpoint.hostname,
    port: Number(endpoint.port),
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: { ...call.headers, host: endpoint.host },
    body: call.body,
  });
  const body = Buffer.from(call.body);
  const headers = { ...signed.headers, 'content-length': String(body.length) };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${call.method} ${call.path} HTTP/1.1\r\n${head.join('')}\r\n`), body]);
}

/** Signs a call and sends it. */
export async function send(sandbox: SandboxAccess, call: AwsCall): Promise<Response> {
  const request = (await signedRequest(sandbox, call)).toString();
  const [head = '', body = ''] = request.split('\r\n\r\n');
  const headers = Object.fromEntries(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const { host: _host, 'content-length': _length, ...given } = headers;
  return fetch(`${sandbox.endpoint}${call.path}`, {
    method: call.method,
    headers: given,
    ...(call.method === 'GET' ? {} : { body }),
  });
}
