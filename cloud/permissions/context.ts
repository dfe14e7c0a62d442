/** The global condition keys that follow from the request itself (IAM User Guide, "AWS global condition context keys"). */
import type { RequestFacts, ServiceCall } from '../call.ts';

/**
 * Services with one endpoint for a whole partition: `aws:RequestedRegion` is that endpoint's region, wherever the client
 * believes to be.
 */
const homeRegions: Readonly<Record<string, string>> = {
  account: 'us-east-1',
  'aws-portal': 'us-east-1',
  billing: 'us-east-1',
  budgets: 'us-east-1',
  ce: 'us-east-1',
  cloudfront: 'us-east-1',
  cur: 'us-east-1',
  globalaccelerator: 'us-west-2',
  health: 'us-east-1',
  iam: 'us-east-1',
  importexport: 'us-east-1',
  networkmanager: 'us-west-2',
  organizations: 'us-east-1',
  route53: 'us-east-1',
  route53domains: 'us-east-1',
  shield: 'us-east-1',
  support: 'us-east-1',
  trustedadvisor: 'us-east-1',
  waf: 'us-east-1',
};

/** IPv4 and IPv6 addresses; a service that calls has a name instead. */
const ADDRESS = /^[\d.]+$|:/;

/**
 * The keys of a call, by name.
 * @param action `iam:CreateUser`: its prefix tells a global service
 * @param now the sandbox's clock, epoch milliseconds
 * @param by the service that makes the call; absent where the caller itself does
 */
export function globalContext(
  request: RequestFacts,
  action: string,
  resourceAccountId: string,
  now: number,
  by?: ServiceCall,
): Record<string, string | readonly string[]> {
  const prefix = action.slice(0, action.indexOf(':')).toLowerCase();
  const context: Record<string, string | readonly string[]> = {
    'aws:CurrentTime': `${new Date(now).toISOString().slice(0, 19)}Z`,
    'aws:EpochTime': String(Math.floor(now / 1000)),
    'aws:SecureTransport': String(request.secureTransport),
    'aws:RequestedRegion': homeRegions[prefix] ?? request.region,
    'aws:ViaAWSService': String((by?.calledVia ?? []).length > 0),
    'aws:ResourceAccount': resourceAccountId,
  };
  if (ADDRESS.test(request.sourceIp)) context['aws:SourceIp'] = request.sourceIp;
  if (request.userAgent !== '') context['aws:UserAgent'] = request.userAgent;
  if (prefix === 's3') Object.assign(context, s3Context(request));
  return by === undefined ? context : Object.assign(context, serviceContext(by));
}

/** The version of TLS that the endpoint stands for: S3 speaks 1.2 and 1.3. */
const tlsVersion = '1.3';

/**
 * What S3 alone tells of the request itself (Amazon S3 API Reference, "Amazon S3 Signature Version 4 authentication specific policy
 * keys").
 */
function s3Context({ secureTransport, signing }: RequestFacts): Record<string, string> {
  return {
    ...(secureTransport && { 's3:TlsVersion': tlsVersion }),
    ...(signing && { 's3:authType': signing.authType, 's3:signatureversion': signing.version }),
    ...(signing?.age !== undefined && { 's3:signatureAge': String(signing.age) }),
    ...(signing?.contentSha256 !== undefined && { 's3:x-amz-content-sha256': signing.contentSha256 }),
  };
}

/** Who forwarded a request, and for what a service calls that is the caller itself. */
function serviceContext({ calledVia, source }: ServiceCall): Record<string, string | readonly string[]> {
  const first = calledVia[0];
  const last = calledVia.at(-1);
  return {
    ...(first !== undefined &&
      last !== undefined && { 'aws:CalledVia': calledVia, 'aws:CalledViaFirst': first, 'aws:CalledViaLast': last }),
    ...(source && { 'aws:SourceArn': source.arn, 'aws:SourceAccount': source.accountId }),
  };
}
