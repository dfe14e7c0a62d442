/** The global condition keys that follow from the request itself (IAM User Guide, "AWS global condition context keys"). */
import type { RequestFacts } from '../call.ts';

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

/**
 * The keys of a direct call, by name.
 * @param action `iam:CreateUser`: its prefix tells a global service
 * @param now the sandbox's clock, epoch milliseconds
 */
export function globalContext(
  request: RequestFacts,
  action: string,
  resourceAccountId: string,
  now: number,
): Record<string, string> {
  const prefix = action.slice(0, action.indexOf(':')).toLowerCase();
  const context: Record<string, string> = {
    'aws:CurrentTime': `${new Date(now).toISOString().slice(0, 19)}Z`,
    'aws:EpochTime': String(Math.floor(now / 1000)),
    'aws:SourceIp': request.sourceIp,
    'aws:SecureTransport': String(request.secureTransport),
    'aws:RequestedRegion': homeRegions[prefix] ?? request.region,
    'aws:ViaAWSService': 'false',
    'aws:ResourceAccount': resourceAccountId,
  };
  if (request.userAgent !== '') context['aws:UserAgent'] = request.userAgent;
  return context;
}
