/** The parser's findings, as `codes.ts` has the checker's own. */
import type { FaultCode } from '../parse/faults.ts';
import type { CodeRow } from './codes.ts';

const refused = (title: string, analyzer?: string): CodeRow =>
  analyzer === undefined ? { severity: 'error', title } : { severity: 'error', title, analyzer };
const noted = (title: string, analyzer?: string): CodeRow => ({ ...refused(title, analyzer), severity: 'warning' });

const faults: Readonly<Record<FaultCode, CodeRow>> = {
  'invalid-json': refused('A text that is no JSON', 'JSON_SYNTAX_ERROR'),
  'not-an-object': refused('JSON that is no object', 'DATA_TYPE_MISMATCH'),
  'duplicate-key': refused('An element twice in one object'),
  'unknown-element': refused('An element that policies do not have', 'INVALID_POLICY_ELEMENT'),
  'invalid-type': refused('An element of another type', 'DATA_TYPE_MISMATCH'),
  'missing-statement': refused('No Statement', 'MISSING_STATEMENT'),
  'empty-statement': refused('A Statement without statements', 'MISSING_STATEMENT'),
  'invalid-version': refused('A Version that does not exist', 'INVALID_VERSION'),
  'version-too-old': refused('A managed policy in the language of 2008'),
  'missing-effect': refused('No Effect', 'MISSING_EFFECT'),
  'invalid-effect': refused('An Effect that is neither Allow nor Deny', 'INVALID_EFFECT'),
  'effect-letter-case': refused('An Effect in other letters', 'INVALID_EFFECT'),
  'invalid-sid': refused('A Sid with other than letters and digits', 'UNSUPPORTED_SID'),
  'duplicate-sid': refused('A Sid twice', 'UNIQUE_SIDS_REQUIRED'),
  'prohibited-principal': refused(
    'A Principal in a policy of an identity, or of an organization',
    'UNSUPPORTED_PRINCIPAL',
  ),
  'missing-principal': refused('No Principal in the policy of a resource or role', 'MISSING_PRINCIPAL'),
  'empty-principal': refused('A Principal that names nobody', 'EMPTY_OBJECT_PRINCIPAL'),
  'untyped-principal': refused('A Principal without its kind', 'INVALID_PRINCIPAL_FORMAT'),
  'invalid-principal': refused('A principal that cannot be', 'INVALID_PRINCIPAL_KEY'),
  'prohibited-not-principal': refused('NotPrincipal in a trust policy', 'ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL'),
  'allow-with-not-principal': refused('Allow with NotPrincipal', 'ALLOW_WITH_NOT_PRINCIPAL'),
  'missing-action': refused('No Action, or an empty one', 'MISSING_ACTION'),
  'both-elements': refused('An element and its Not form', 'UNSUPPORTED_ELEMENT_COMBINATION'),
  'action-without-vendor': refused('An action without its service', 'INVALID_ACTION'),
  'action-with-colons': refused('An action with two colons', 'INVALID_ACTION'),
  'invalid-vendor': refused('A wildcard before the colon of an action', 'INVALID_SERVICE_IN_ACTION'),
  'action-not-sts': refused('An action of another service in a trust policy'),
  'missing-resource': refused('No Resource, or an empty one', 'MISSING_RESOURCE'),
  'prohibited-resource': refused('Resource in a trust policy', 'ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE'),
  'prohibited-not-resource': refused('NotResource in a trust policy', 'ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE'),
  'resource-not-arn': refused('A resource that is neither an ARN nor "*"', 'INVALID_ARN_PREFIX'),
  'invalid-partition': refused('A partition that does not exist', 'INVALID_PARTITION'),
  'invalid-resource-service': refused('A wildcard for the service of an ARN', 'WILDCARD_IN_SERVICE_NAME'),
  'resource-with-region': refused('A Region in an ARN of IAM or S3', 'ARN_REGION_NOT_ALLOWED'),
  'invalid-iam-path': refused('A kind of resource that IAM does not have', 'INVALID_ARN_RESOURCE'),
  'incomplete-arn': refused('An ARN with an empty part in what there is of it', 'MISSING_ARN_FIELD'),
  'unknown-operator': refused('A condition operator that does not exist', 'INVALID_CONDITION_OPERATOR'),
  'invalid-date': refused('A date that is none', 'TYPE_MISMATCH_DATE'),
  'invalid-ip-address': refused('An address range that is none', 'TYPE_MISMATCH_IP_RANGE'),
};

export const PARSE_CODES = {
  ...faults,
  'null-in-list': noted('A null in a list'),
  'id-in-identity-policy': noted('An Id where AWS ignores it'),
  'variables-need-version': noted('Variables in the language of 2008', 'VARIABLE_UNSUPPORTED_IN_VERSION'),
  'variable-before-resource': noted('A variable before the resource of an ARN'),
};
