/** ValidatePolicy. IAM User Guide, "Validate policies with IAM Access Analyzer", "Access Analyzer policy check reference". */
import type {
  PolicyType,
  ValidatePolicyFinding,
  ValidatePolicyFindingType,
  ValidatePolicyRequest,
  ValidatePolicyResponse,
} from '@aws-sdk/client-accessanalyzer';
import { ADVICE } from '../../../iam/check/advice.ts';
import { type CheckOptions, checkPolicy } from '../../../iam/check/check.ts';
import { CHECK_CODES } from '../../../iam/check/codes.ts';
import type { CheckKind } from '../../../iam/check/context.ts';
import type { CheckFinding } from '../../../iam/check/finding.ts';
import { PARSE_CODES } from '../../../iam/check/parse-codes.ts';
import { SERVICES } from '../../../iam/check/service-names.ts';
import { readToken, writeToken } from '../../opaque-token.ts';
import { own } from '../../own.ts';
import type { ReadOperation } from '../../service.ts';
import { validationException } from './errors.ts';
import { locationOf } from './finding-locations.ts';
import { actionsNamedIn } from './known-actions.ts';
import { accessAnalyzerLimits } from './limits.ts';

const issues: Readonly<Record<string, { readonly analyzer?: string }>> = { ...PARSE_CODES, ...CHECK_CODES };

const findingTypes: Readonly<
  Record<CheckFinding['severity'], { readonly type: ValidatePolicyFindingType; readonly anchor: string }>
> = {
  error: { type: 'ERROR', anchor: 'error' },
  'security-warning': { type: 'SECURITY_WARNING', anchor: 'security-warning' },
  warning: { type: 'WARNING', anchor: 'general-warning' },
  suggestion: { type: 'SUGGESTION', anchor: 'suggestion' },
};

const reference =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks';

const kinds: Readonly<Record<PolicyType, CheckKind>> = {
  IDENTITY_POLICY: 'identity',
  RESOURCE_POLICY: 'resource',
  SERVICE_CONTROL_POLICY: 'scp',
  RESOURCE_CONTROL_POLICY: 'rcp',
};

/** What the checker is asked. @throws ValidationException for a type of resource beside another kind of policy */
function optionsOf({ policyType, validatePolicyResourceType: resourceType }: ValidatePolicyRequest): CheckOptions {
  const kind = kinds[policyType ?? 'IDENTITY_POLICY'];
  if (resourceType === undefined) return { kind };
  if (kind !== 'resource') {
    throw validationException(
      'validatePolicyResourceType',
      'validatePolicyResourceType can only be provided when policyType is RESOURCE_POLICY.',
    );
  }
  return resourceType === 'AWS::IAM::AssumeRolePolicyDocument'
    ? { kind: 'trust', size: 'trust' }
    : { kind, resourceType };
}

/** What the checker finds beyond Access Analyzer's checks is not told. */
function findingsIn(text: string, options: CheckOptions): readonly ValidatePolicyFinding[] {
  const findings = checkPolicy(text, {
    ...options,
    catalogue: actionsNamedIn(text),
    services: SERVICES,
    also: ADVICE,
  });
  return findings.flatMap((finding) => {
    const issueCode = own(issues, finding.code)?.analyzer;
    if (issueCode === undefined) return [];
    const { type, anchor } = findingTypes[finding.severity];
    return [
      {
        findingType: type,
        issueCode,
        findingDetails: finding.message,
        learnMoreLink: `${reference}-${anchor}-${issueCode.toLowerCase().replaceAll('_', '-')}`,
        locations: [locationOf(text, finding)],
      },
    ];
  });
}

const tokenMark = 'findings from ';

export const validatePolicy: ReadOperation<ValidatePolicyRequest, ValidatePolicyResponse> = {
  kind: 'read',
  handle(_account, input) {
    const { policyDocument = '', maxResults = accessAnalyzerLimits.findingsPerPage, nextToken } = input;
    if (policyDocument.length > accessAnalyzerLimits.documentCharacters) {
      throw validationException('policyDocument', 'The policy document is too large.');
    }
    if (maxResults < 1) throw validationException('maxResults', 'maxResults must be at least 1.');
    const from = nextToken === undefined ? 0 : Number(readToken(tokenMark, nextToken) ?? Number.NaN);
    if (!Number.isSafeInteger(from)) throw validationException('nextToken', 'Invalid token.');
    const findings = findingsIn(policyDocument, optionsOf(input));
    const to = from + maxResults;
    return {
      findings: findings.slice(from, to),
      ...(to < findings.length && { nextToken: writeToken(tokenMark, String(to)) }),
    };
  },
};
