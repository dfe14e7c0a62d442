/** What a Resource value must look like to be saved. IAM User Guide, "IAM JSON policy elements: Resource". */
import { PARTITIONS } from '../arn.ts';
import type { FaultCode } from './faults.ts';

/** The resource paths that IAM knows for its own service, in the order in which its message lists them. */
export const IAM_PATHS: readonly string[] = [
  'user/',
  'federated-user/',
  'role/',
  'group/',
  'instance-profile/',
  'mfa/',
  'server-certificate/',
  'policy/',
  'sms-mfa/',
  'saml-provider/',
  'oidc-provider/',
  'report/',
  'access-report/',
];

/** S3 resources that live in a region, by the start of their resource part. */
const REGIONAL_S3 = ['accesspoint', 'job/', 'storage-lens', 'access-grants', 'async-request/', 'accessgrants'];

export interface ResourceFault {
  readonly code: FaultCode;
  readonly message: string;
}

/** What is wrong with a Resource value; undefined where it may be saved. */
export function checkResource(text: string): ResourceFault | undefined {
  if (text === '*') return undefined;
  const parts = splitAtColons(text);
  if (parts.length === 1) {
    return {
      code: 'resource-not-arn',
      message: `"${text}" is no ARN. A resource is an ARN (arn:aws:s3:::bucket/*) or "*".`,
    };
  }
  const [, partition = '', service, region, , resource] = parts;
  if (partition !== '*' && !PARTITIONS.has(partition)) {
    return { code: 'invalid-partition', message: `There is no partition "${partition}". An ARN begins with arn:aws:` };
  }
  if (service === undefined) return badService('An ARN names a service after its partition: arn:aws:s3:::bucket.');
  for (const unit of service) {
    if ('*?$'.includes(unit))
      return badService(`The service of an ARN cannot hold wildcards or variables: "${service}".`);
  }
  return (
    checkRegion(text, service, region, parts.slice(5).join(':')) ??
    checkCompleteness(text, service, parts.length) ??
    (service === 'iam' && resource !== undefined ? checkIamPath(parts.slice(5).join(':')) : undefined)
  );
}

function badService(message: string): ResourceFault {
  return { code: 'invalid-resource-service', message };
}

function checkRegion(text: string, service: string, region: string | undefined, resource: string) {
  if ((service !== 'iam' && service !== 's3') || region === undefined || region === '' || region === '*')
    return undefined;
  if (service === 's3' && REGIONAL_S3.some((start) => resource.startsWith(start))) return undefined;
  const message = `ARNs of ${service} have no region: "${text}".`;
  return { code: 'resource-with-region', message } satisfies ResourceFault;
}

/** An ARN may end early, but not with an empty part in what there is of it. */
function checkCompleteness(text: string, service: string, parts: number): ResourceFault | undefined {
  if (service !== '' && (parts >= 6 || !text.includes('::'))) return undefined;
  return {
    code: 'incomplete-arn',
    message: `"${text}" lacks a part: an ARN is arn:partition:service:region:account:resource, colons included.`,
  };
}

function checkIamPath(resource: string): ResourceFault | undefined {
  // AWS's message does not list root, but its own policies for sts:AssumeRoot name it.
  if (resource === '*' || resource === 'root' || IAM_PATHS.some((path) => resource.startsWith(path))) return undefined;
  return {
    code: 'invalid-iam-path',
    message: `IAM has no resource "${resource}": it is "*" or begins with ${IAM_PATHS.join(', ')}.`,
  };
}

/** Whether an ARN lacks some of its six parts. IAM completes it in an identity policy; STS refuses it in a session policy. */
export function endsEarly(text: string): boolean {
  return text !== '*' && splitAtColons(text).length < 6;
}

/** The parts between the colons; those inside a variable do not count. */
function splitAtColons(text: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const close = text.startsWith('${', at) ? text.indexOf('}', at) : -1;
    if (close >= 0) at = close;
    else if (text.charAt(at) === ':') {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}
