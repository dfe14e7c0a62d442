/** Which service's front end a request is for: the one that it was signed for, else the one that it looks like. */
import { own } from '../../cloud/own.ts';
import type { Service } from '../../cloud/service.ts';
import type { WireRequest } from '../../cloud/wire/model.ts';

/** The services by signing name. */
export type Services = Readonly<Record<string, Service>>;

const FORM = 'application/x-www-form-urlencoded';
const CREDENTIAL =
  /(?:Credential=|X-Amz-Credential=)[^/,&\s]+(?:\/|%2F)\d+(?:\/|%2F)[^/,&\s%]+(?:\/|%2F)([a-z0-9-]+)(?:\/|%2F)/i;
const VERSION = /(?:^|&)Version=([0-9-]+)/;

/** The value of a header; the first where it is repeated. */
export function headerOf(request: Pick<WireRequest, 'headers'>, name: string): string | undefined {
  return request.headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** The signing name that a credential scope claims, in the header or in a presigned URL; not verified. */
export function claimedService(request: WireRequest): string | undefined {
  return CREDENTIAL.exec(headerOf(request, 'authorization') ?? '')?.[1] ?? CREDENTIAL.exec(request.target)?.[1];
}

/**
 * The front end that answers a request. One for a service that is not offered looks like the offered one that speaks the
 * same protocol, which then says that it has no such operation.
 */
export function frontOf(services: Services, request: WireRequest): Service {
  const claimed = claimedService(request);
  const exact = claimed === undefined ? undefined : own(services, claimed);
  return exact ?? looksLike(Object.values(services), request, claimed);
}

/** Services whose REST protocol is XML with the errors of the query services. */
const XML_LIKE_QUERY: ReadonlySet<string> = new Set(['cloudfront', 'route53']);

function looksLike(services: readonly Service[], request: WireRequest, claimed: string | undefined): Service {
  const speaking = (protocol: Service['model']['protocol']) =>
    services.find(({ model }) => model.protocol === protocol);
  const target = headerOf(request, 'x-amz-target');
  let found: Service | undefined;
  if (target !== undefined) {
    const prefix = target.split('.')[0];
    found = services.find(({ model }) => model.target === prefix) ?? speaking('awsJson1_1');
  } else if ((headerOf(request, 'content-type') ?? '').toLowerCase().startsWith(FORM)) {
    const version = VERSION.exec(new TextDecoder().decode(request.body.subarray(0, 2_000)))?.[1];
    found = services.find(({ model }) => model.protocol === 'awsQuery' && model.version === version);
    found ??= speaking('awsQuery');
  } else if (claimed !== undefined && !claimed.startsWith('s3')) {
    // REST, and not S3's: Lambda and its like read errors as the JSON services write them.
    found = speaking(XML_LIKE_QUERY.has(claimed) ? 'awsQuery' : 'awsJson1_1');
  }
  found ??= speaking('restXml') ?? services[0];
  if (found === undefined) throw new Error('The cloud has no services');
  return found;
}
