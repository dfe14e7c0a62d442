/** Signs outgoing calls for the credentials in use. */
import { presign, type Signer, SigningKeys, signRequest as signWire } from '../../cloud/sigv4/index.ts';
import type { ServiceModel } from '../../cloud/wire/model.ts';
import type { AwsEnvironment, HttpRequest } from '../environment.ts';
import type { Credentials } from '../profiles/key-pair.ts';

/** A service in a region. */
export interface SigningScope {
  readonly model: ServiceModel;
  readonly region: string;
}

function signerOf(environment: AwsEnvironment, credentials: Credentials, scope: SigningScope): Signer {
  return {
    accessKeyId: credentials.accessKeyId,
    secret: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { token: credentials.sessionToken }),
    region: scope.region,
    service: scope.model.signingName ?? scope.model.name,
    protocol: scope.model.protocol,
    now: environment.now(),
    keys: new SigningKeys(environment.hashes),
  };
}

/** An absolute URL as the part before its path, and the rest. */
function splitUrl(url: string): { readonly origin: string; readonly host: string; readonly target: string } {
  const [origin = '', host = ''] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url) ?? [];
  return { origin, host, target: url.slice(origin.length) || '/' };
}

/** The request with the headers that sign it. Its URL must be percent-encoded already. */
export function signRequest(
  environment: AwsEnvironment,
  request: HttpRequest,
  credentials: Credentials,
  scope: SigningScope,
): HttpRequest {
  const { host, target } = splitUrl(request.url);
  const headers: [string, string][] = [['host', host], ...Object.entries(request.headers)];
  const body = request.body ?? new Uint8Array();
  const signed = signWire({ method: request.method, target, headers, body }, signerOf(environment, credentials, scope));
  return { ...request, headers: Object.fromEntries(signed.headers.filter(([name]) => name !== 'host')) };
}

/** A URL that whoever has it may GET for `expires` seconds. */
export function presignUrl(
  environment: AwsEnvironment,
  url: string,
  credentials: Credentials,
  scope: SigningScope,
  expires: number,
): string {
  const { origin, host, target } = splitUrl(url);
  const request = { method: 'GET', target, headers: [['host', host]] as const };
  return origin + presign(request, signerOf(environment, credentials, scope), expires);
}
