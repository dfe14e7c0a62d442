/**
 * How role trust policies (IAM, MalformedPolicyDocument) and bucket policies (S3, MalformedPolicy) are refused. Both are read
 * statement by statement by another reader than identity policies, with texts of its own.
 */
import type { Dialect, Fault, FaultCode } from './faults.ts';

/** The order in which one statement is checked. All that are not here come first. */
const ORDER: Partial<Readonly<Record<FaultCode, number>>> = {
  'missing-effect': 1,
  'invalid-effect': 1,
  'effect-letter-case': 1,
  'allow-with-not-principal': 2,
  'prohibited-not-principal': 2,
  'missing-principal': 2,
  'empty-principal': 2,
  'untyped-principal': 2,
  'invalid-principal': 2,
  'missing-action': 3,
  'action-without-vendor': 3,
  'action-with-colons': 3,
  'invalid-vendor': 3,
  'action-not-sts': 3,
  'missing-resource': 4,
  'prohibited-resource': 4,
  'prohibited-not-resource': 4,
  'resource-not-arn': 4,
  'invalid-partition': 4,
  'invalid-resource-service': 4,
  'resource-with-region': 4,
  'invalid-iam-path': 4,
  'incomplete-arn': 4,
  'unknown-operator': 5,
  'invalid-date': 5,
  'invalid-ip-address': 5,
  'duplicate-sid': 6,
};

const rank = (fault: Fault) => (fault.statement + 1) * 10 + (ORDER[fault.code] ?? 0);

export const trustDialect: Dialect = { rank, text: trustText };
export const resourceDialect: Dialect = { rank, text: resourceText };

/** What both say. */
function sharedText({ code, detail }: Fault): string | undefined {
  switch (code) {
    case 'invalid-json':
    case 'not-an-object':
    case 'duplicate-key':
      return 'This policy contains invalid Json';
    case 'unknown-element':
      return `Unknown field ${detail}`;
    case 'missing-statement':
      return 'Missing required field Statement';
    case 'empty-statement':
      return 'Could not parse the policy: Statement is empty!';
    case 'invalid-version':
      return 'The policy must contain a valid version string';
    case 'missing-effect':
      return 'Missing required field Effect';
    case 'invalid-effect':
    case 'effect-letter-case':
      return `Invalid effect: ${detail}`;
    case 'duplicate-sid':
      return 'The Statement Ids in the policy are not unique';
    case 'missing-principal':
      return 'Missing required field Principal';
    case 'empty-principal':
      return 'Missing required field Principal cannot be empty!';
    case 'allow-with-not-principal':
      return 'Allow with NotPrincipal is not allowed.';
    case 'missing-action':
      return 'Missing required field Action';
    default:
      return undefined;
  }
}

function trustText(fault: Fault): string {
  const shared = sharedText(fault);
  if (shared !== undefined) return shared;
  switch (fault.code) {
    case 'untyped-principal':
      return `AssumeRolepolicy contained an invalid principal: "STAR":"${fault.detail}".`;
    case 'invalid-principal':
      return `Invalid principal in policy: ${fault.detail}`;
    case 'prohibited-not-principal':
      return 'AssumeRole policy must not contain NotPrincipal field.';
    case 'action-not-sts':
    case 'action-without-vendor':
    case 'action-with-colons':
    case 'invalid-vendor':
      return 'AssumeRole policy may only specify STS AssumeRole actions.';
    case 'prohibited-resource':
      return 'Has prohibited field Resource';
    case 'prohibited-not-resource':
      return 'AssumeRole policy must not contain resources.';
    default:
      return 'Syntax error in policy.';
  }
}

function resourceText(fault: Fault): string {
  if (fault.code === 'invalid-json' && fault.detail === 'first-byte') {
    return "Policies must be valid JSON and the first byte must be '{'";
  }
  const shared = sharedText(fault);
  if (shared !== undefined) return shared;
  switch (fault.code) {
    case 'invalid-principal':
    case 'untyped-principal':
      return 'Invalid principal in policy';
    case 'action-without-vendor':
    case 'action-with-colons':
    case 'invalid-vendor':
      return 'Policy has invalid action';
    case 'missing-resource':
      return 'Missing required field Resource';
    case 'resource-not-arn':
    case 'invalid-partition':
    case 'invalid-resource-service':
    case 'resource-with-region':
    case 'invalid-iam-path':
    case 'incomplete-arn':
      return 'Policy has invalid resource';
    case 'unknown-operator':
      return `Invalid Condition type : ${fault.detail}`;
    case 'invalid-ip-address':
      return 'Invalid IP address in Conditions';
    default:
      return 'Invalid policy syntax.';
  }
}
