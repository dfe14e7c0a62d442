/** Which service's front end a request is for: the one that it was signed for, else the one that it looks like. */
import { own } from '../../cloud/own.ts';
import type { Service } from '../../cloud/service.ts';
import { isTargetOf, readRpcPath } from '../../cloud/wire/index.ts';
import type { ServiceModel, WireRequest } from '../../cloud/wire/model.ts';

/** The services by their name in the cloud. */
export type Services = Readonly<Record<string, Service>>;

const FORM = 'application/x-www-form-urlencoded';
const CREDENTIAL =
  /(?:Credential=|X-Amz-Credential=)[^/,&\s]+(?:\/|%2F)\d+(?:\/|%2F)[^/,&\s%]+(?:\/|%2F)([a-z0-9-]+)(?:\/|%2F)/i;
const VERSION = /(?:^|[?&])Version=([0-9-]+)/;

/** The paths of S3 Control; a bucket may be called so too, but no request to one names an account in `x-amz-account-id`. */
const S3_CONTROL_PATH = /^\/v20180820\//;

/** The value of a header; the first where it is repeated. */
export function headerOf(request: Pick<WireRequest, 'headers'>, name: string): string | undefined {
  return request.headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

/**
 * A request with its target in origin form. A client that takes the gateway for its proxy sends the whole URL (RFC 9112, section 3.2.2),
 * and signs the path and query of it.
 */
export function inOriginForm(request: WireRequest): WireRequest {
  const target = request.target.replace(/^https?:\/\/[^/?]*/i, '');
  if (target === request.target) return request;
  return { ...request, target: target.startsWith('/') ? target : `/${target}` };
}

/** The signing name that a credential scope claims, in the header or in a presigned URL; not verified. */
export function claimedService(request: WireRequest): string | undefined {
  return CREDENTIAL.exec(headerOf(request, 'authorization') ?? '')?.[1] ?? CREDENTIAL.exec(request.target)?.[1];
}

/** The name that requests to a service are signed for. */
export function signingName({ name, signingName = name }: Pick<ServiceModel, 'name' | 'signingName'>): string {
  return signingName;
}

/**
 * The front end that answers a request. One for a service that is not offered looks like the offered one that speaks the
 * same protocol, which then says that it has no such operation.
 */
export function frontOf(services: Services, request: WireRequest): Service {
  const claimed = claimedService(request);
  const exact = claimed === undefined ? undefined : own(services, claimed);
  if (exact === undefined || exact.model.addressing !== 'buckets') {
    return exact ?? looksLike(Object.values(services), request, claimed);
  }
  const isControl = S3_CONTROL_PATH.test(request.target) && headerOf(request, 'x-amz-account-id') !== undefined;
  return (isControl ? own(services, 's3-control') : undefined) ?? exact;
}

/** Services whose REST protocol is XML with the errors of the query services. */
const XML_LIKE_QUERY: ReadonlySet<string> = new Set(['cloudfront', 'route53']);

function looksLike(services: readonly Service[], request: WireRequest, claimed: string | undefined): Service {
  const speaking = (...protocols: readonly Service['model']['protocol'][]) =>
    services.find(({ model }) => protocols.includes(model.protocol));
  const target = headerOf(request, 'x-amz-target');
  const rpc = readRpcPath(request.target);
  let found: Service | undefined;
  if (target !== undefined) {
    found = services.find(({ model }) => isTargetOf(model, target)) ?? speaking('awsJson1_1', 'awsJson1_0');
  } else if (rpc !== undefined) {
    found = services.find(({ model }) => model.target === rpc.service) ?? speaking('awsJson1_1', 'awsJson1_0');
  } else if (isForm(request)) {
    const version = versionOf(request);
    found = services.find(({ model }) => speaksForms(model) && model.version === version) ?? speaking('awsQuery');
  } else if (claimed !== undefined && !claimed.startsWith('s3')) {
    // REST, and not S3's.
    found = XML_LIKE_QUERY.has(claimed) ? speaking('awsQuery') : (speaking('restJson1') ?? speaking('awsJson1_1'));
  }
  found ??= services.find(({ model }) => model.addressing === 'buckets') ?? services[0];
  if (found === undefined) throw new Error('The cloud has no services');
  return found;
}

/** A query service's call: its parameters are in a form, or all of them in the query string. */
function isForm(request: WireRequest): boolean {
  if ((headerOf(request, 'content-type') ?? '').toLowerCase().startsWith(FORM)) return true;
  return /[?&]Action=/.test(request.target) && /[?&]Version=/.test(request.target);
}

function versionOf(request: WireRequest): string | undefined {
  const body = new TextDecoder().decode(request.body.subarray(0, 2_000));
  return (VERSION.exec(body) ?? VERSION.exec(request.target))?.[1];
}

function speaksForms(model: ServiceModel): boolean {
  return model.protocol === 'awsQuery' || model.protocol === 'ec2Query' || model.isQueryCompatible === true;
}
