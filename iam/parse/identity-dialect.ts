/**
 * How IAM refuses identity policies, and STS session policies: MalformedPolicyDocument and its texts. IAM checks in stages and
 * reports the first fault of the first stage that fails.
 */
import type { Dialect, Fault, FaultCode } from './faults.ts';
import { IAM_PATHS } from './resource-format.ts';

const SYNTAX = 'Syntax errors in policy.';
const LEGACY = 'The policy failed legacy parsing';

/** The stage in which IAM finds a fault. All that are not here are syntax errors, the first stage. */
const STAGES: Partial<Readonly<Record<FaultCode, number>>> = {
  'version-too-old': 2,
  'prohibited-principal': 3,
  'effect-letter-case': 4,
  'invalid-date': 4,
  'incomplete-arn': 4,
  'invalid-sid': 5,
  'duplicate-sid': 6,
  'missing-action': 7,
  'resource-not-arn': 8,
  'invalid-partition': 8,
  'invalid-resource-service': 8,
  'resource-with-region': 8,
  'invalid-iam-path': 8,
  'action-without-vendor': 9,
  'action-with-colons': 9,
  'invalid-vendor': 9,
  'missing-resource': 10,
};

export const identityDialect: Dialect = {
  rank: (fault) => STAGES[fault.code] ?? 1,
  text,
};

function text({ code, detail }: Fault): string {
  switch (code) {
    case 'version-too-old':
      return 'Policy document must be version 2012-10-17 or greater.';
    case 'prohibited-principal':
      return 'Policy document should not specify a principal.';
    case 'effect-letter-case':
    case 'invalid-date':
    case 'incomplete-arn':
      return LEGACY;
    case 'invalid-sid':
      return 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*';
    case 'duplicate-sid':
      return 'Statement IDs (SID) in a single policy must be unique.';
    case 'missing-action':
      return 'Policy statement must contain actions.';
    case 'missing-resource':
      return 'Policy statement must contain resources.';
    case 'action-without-vendor':
      return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
    case 'action-with-colons':
      return 'Actions/Condition can contain only one colon.';
    case 'invalid-vendor':
      return `Vendor ${detail} is not valid`;
    case 'resource-not-arn':
      return `Resource ${detail} must be in ARN format or "*".`;
    case 'invalid-partition':
      return partitionText(detail);
    case 'invalid-resource-service':
      return 'Resource vendor must be fully qualified and cannot contain regexes.';
    case 'resource-with-region':
      return detail.split(':')[2] === 'iam'
        ? `IAM resource ${detail} cannot contain region information.`
        : `Resource ${detail} can not contain region information.`;
    case 'invalid-iam-path':
      return `IAM resource path must either be "*" or start with ${IAM_PATHS.join(', ')}.`;
    default:
      return SYNTAX;
  }
}

/** AWS names the resource with the parts that it has, and `*` for those that it lacks. */
function partitionText(resource: string): string {
  const [, partition = '', ...parts] = resource.split(':');
  const [service, region, account] = parts;
  const rest = parts.length > 3 ? parts.slice(3).join(':') : '*';
  const named = ['arn', partition, service ?? '*', region ?? '*', account ?? '*', rest].join(':');
  return `Partition "${partition}" is not valid for resource "${named}".`;
}
