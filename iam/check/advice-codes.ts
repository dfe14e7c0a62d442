/** What the rules of `ADVICE` find, as `codes.ts` has the checker's own findings. */
import type { AdviceCode } from './advice.ts';
import { finds, type Title } from './code-title.ts';

export const ADVICE_TITLES: Readonly<Record<AdviceCode, Title>> = {
  'mixed-value-types': finds('Values of several JSON types', 'INVALID_CONDITION_DATA_TYPE'),
  'invalid-service-principal-value': finds('A value that is no service', 'INVALID_SERVICE_PRINCIPAL_FORMAT'),
  'invalid-kms-key-value': finds('A value that is no ARN of a KMS key', 'INVALID_KMS_KEY_VALUE'),
  'wildcard-too-permissive': finds('A wildcard where it lets in anybody', 'WILDCARD_USAGE_TOO_PERMISSIVE'),
  'variable-too-permissive': finds('A variable where it lets in anybody', 'VARIABLE_USAGE_TOO_PERMISSIVE'),
  'federated-principal-of-resource': finds(
    'An identity provider in the policy of a resource',
    'FEDERATED_PRINCIPAL_NOT_SUPPORTED',
  ),
  'key-not-for-service-principal': finds(
    'A key of principals of accounts, where a service calls',
    'UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL',
  ),
  'action-needed-for-key': finds(
    'A key that only a missing action lets a caller set',
    'MISSING_ACTION_FOR_CONDITION_KEY',
  ),
  'roles-anywhere-without-action': finds(
    'IAM Roles Anywhere without an action that it needs',
    'MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY',
  ),
  'untrustworthy-key': finds('A key that the caller sets at will', 'UNTRUSTWORTHY_CONDITION_KEY'),
  'missing-paired-key': finds('A private address without its VPC', 'MISSING_PAIRED_CONDITION_KEYS'),
  'deny-not-action-with-resource-tag': finds(
    'Deny with NotAction by tags of resources',
    'DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
  ),
  'string-like-with-arn-key': finds('StringLike with a key of ARNs', 'STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS'),
  'dynamodb-attributes-without-select': finds(
    'dynamodb:Attributes without dynamodb:Select',
    'DYNAMODB_ATTRIBUTES_WITHOUT_SELECT',
  ),
  's3-prefix-in-negative-context': finds('Prefixes of S3 that are denied', 'S3_PREFIX_IN_NEGATIVE_CONTEXT'),
  'for-any-value-with-audience': finds(
    'ForAnyValue with the audience of a token',
    'FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE',
  ),
  'key-not-for-each-action': finds(
    'A condition key that only some actions of the statement have',
    'UNSUPPORTED_ACTION_FOR_CONDITION_KEY',
  ),
  'resource-policy-size': finds(
    'A policy of more bytes than its resource may have',
    'POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA',
  ),
  'github-subject-with-wildcard': finds(
    'A subject of GitHub with a wildcard',
    'SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED',
  ),
  'rcp-hits-services': finds(
    'A resource control policy that denies services too',
    'RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY',
  ),
  'rcp-hits-principals': finds(
    'A resource control policy about services that denies all others',
    'RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY',
  ),
  'rcp-without-source-check': finds(
    'A resource control policy that denies services without a source',
    'RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK',
  ),
  'key-of-some-services': finds(
    'A key that only some services send, for all services',
    'USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES',
  ),
  'allow-not-action-with-resource-tag': finds(
    'Allow with NotAction by tags of resources',
    'ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
  ),
  'same-as-null': finds('A condition that only asks whether its key is there', 'EQUIVALENT_TO_NULL_FALSE'),
  'condition-always-met': finds('A condition that every request meets', 'REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION'),
  'condition-never-met': finds('A condition that no request meets', 'REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION'),
  'weak-source-key': finds('aws:Referer where a service is allowed', 'RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL'),
  'key-not-for-resource-policy': finds(
    'A key that tells nothing in the policy of a resource',
    'IRRELEVANT_CONDITION_KEY_IN_POLICY',
  ),
  'session-beside-its-role': finds('A session of a role beside the role', 'REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY'),
  'for-all-values-with-audience': finds('ForAllValues with the audience of a token', 'CONFIRM_AUDIENCE_CLAIM_TYPE'),
};
