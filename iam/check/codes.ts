/**
 * Every finding of the checker: its severity (`severities.ts`), what it finds, and the check of IAM Access Analyzer's policy validation that it
 * answers to, where there is one (IAM User Guide, "Access Analyzer policy check reference"). The parser's findings stand in `parse-codes.ts`.
 */
import type { Finding } from '../policy.ts';
import { ADVICE_SEVERITIES, type AdviceCode } from './advice.ts';
import { ADVICE_TITLES } from './advice-codes.ts';
import { finds, type Title } from './code-title.ts';
import { type CheckCode, SEVERITIES } from './severities.ts';

export type { CheckCode };

export interface CodeRow extends Title {
  readonly severity: Finding['severity'];
}

const documents = {
  'missing-version': finds('No Version: the policy is read in the language of 2008', 'MISSING_VERSION'),
  'old-version': finds('Version 2008-10-17 where 2012-10-17 is meant'),
  'managed-policy-size': finds(
    'A managed policy of more than 6,144 characters',
    'POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA',
  ),
  'inline-policy-size': finds(
    'Inline policies of more than their user, group or role may have',
    'POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA',
  ),
  'trust-policy-size': finds(
    'A trust policy of more than 2,048 characters',
    'POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA',
  ),
  'scp-size': finds('A service control policy of more than 5,120 characters', 'POLICY_SIZE_EXCEEDS_SCP_QUOTA'),
  'rcp-size': finds('A resource control policy of more than 5,120 characters', 'POLICY_SIZE_EXCEEDS_RCP_QUOTA'),
  'empty-sid': finds('A Sid without text', 'EMPTY_SID_VALUE'),
  'redundancy-not-searched': finds('A policy too large to be searched for what it holds twice'),
  'redundant-statement': finds('A statement that stands in the policy twice', 'REDUNDANT_STATEMENT'),
  'covered-statement': finds('A statement that another one holds already'),
  'allow-denied-in-policy': finds('An Allow of which a Deny of the same policy leaves nothing'),
};

const actions = {
  'unknown-service': finds('An action of a service that does not exist', 'INVALID_SERVICE_IN_ACTION'),
  'unknown-action': finds('An action that does not exist', 'INVALID_ACTION'),
  'operation-not-action': finds('An operation of the API that is no action', 'INVALID_ACTION'),
  'action-pattern-without-match': finds('A pattern that matches no action'),
  'action-letter-case': finds('An action in other letters than documented'),
  'duplicate-action': finds('The same action twice', 'REDUNDANT_ACTION'),
  'redundant-action': finds('An action that a pattern beside it holds already', 'REDUNDANT_ACTION'),
  'action-never-matches-resource': finds('An action that works on none of the resources of its statement'),
  'action-without-resource-types': finds(
    'An action that cannot be limited to resources, in a statement that names some',
  ),
  'resource-without-action': finds('A resource on which no action of its statement works'),
  'allow-everything': finds('Every action on every resource is allowed'),
  'allow-with-not-action': finds('Allow with NotAction: all other actions, future ones included'),
  'allow-with-not-resource': finds('Allow with NotResource: all other resources, future ones included'),
  'permissions-management-on-everything': finds('Actions that manage permissions are allowed on every resource'),
};

const passRole = (title: string, name: string) => finds(`iam:PassRole ${title}`, `PASS_ROLE_WITH_${name}`);
const serviceLinked = (title: string, name: string) =>
  finds(`iam:CreateServiceLinkedRole ${title}`, `CREATE_SLR_WITH_${name}`);

const powers = {
  'pass-role-with-star-in-resource': passRole('for every role', 'STAR_IN_RESOURCE'),
  'pass-role-with-star-in-action-and-resource': passRole(
    'for every role, by a pattern of actions',
    'STAR_IN_ACTION_AND_RESOURCE',
  ),
  'pass-role-with-star-in-resource-and-not-action': passRole(
    'for every role, by NotAction',
    'STAR_IN_RESOURCE_AND_NOT_ACTION',
  ),
  'pass-role-with-not-resource': passRole('with NotResource', 'NOT_RESOURCE'),
  'pass-role-with-star-in-action-and-not-resource': passRole(
    'by a pattern of actions, with NotResource',
    'STAR_IN_ACTION_AND_NOT_RESOURCE',
  ),
  'pass-role-with-not-action-and-not-resource': passRole(
    'by NotAction, with NotResource',
    'NOT_ACTION_AND_NOT_RESOURCE',
  ),
  'create-slr-with-star-in-resource': serviceLinked('for every service', 'STAR_IN_RESOURCE'),
  'create-slr-with-star-in-action-and-resource': serviceLinked(
    'for every service, by a pattern of actions',
    'STAR_IN_ACTION_AND_RESOURCE',
  ),
  'create-slr-with-star-in-resource-and-not-action': serviceLinked(
    'for every service, by NotAction',
    'STAR_IN_RESOURCE_AND_NOT_ACTION',
  ),
  'create-slr-with-not-resource': serviceLinked('with NotResource', 'NOT_RESOURCE'),
  'create-slr-with-star-in-action-and-not-resource': serviceLinked(
    'by a pattern of actions, with NotResource',
    'STAR_IN_ACTION_AND_NOT_RESOURCE',
  ),
  'create-slr-with-not-action-and-not-resource': serviceLinked(
    'by NotAction, with NotResource',
    'NOT_ACTION_AND_NOT_RESOURCE',
  ),
};

const resources = {
  'arn-prefix': finds('An ARN that does not begin with arn:', 'INVALID_ARN_PREFIX'),
  'short-arn': finds('An ARN that ends early: IAM completes it with wildcards', 'MISSING_ARN_FIELD'),
  'arn-service-letter-case': finds('A service in an ARN with capitals', 'INVALID_ARN_SERVICE_CASE'),
  'arn-unknown-service': finds('An ARN of a service that does not exist'),
  'arn-unknown-region': finds('An ARN of a Region that does not exist', 'INVALID_ARN_REGION'),
  'arn-invalid-account': finds('An ARN whose account is not twelve digits', 'INVALID_ARN_ACCOUNT'),
  'arn-region-not-allowed': finds('A Region in an ARN that has none', 'ARN_REGION_NOT_ALLOWED'),
  'arn-account-not-allowed': finds('An account in an ARN that has none', 'ARN_ACCOUNT_NOT_ALLOWED'),
  'arn-region-missing': finds('No Region in an ARN that has one', 'MISSING_ARN_REGION'),
  'arn-account-missing': finds('No account in an ARN that has one', 'MISSING_ARN_ACCOUNT'),
  'arn-unknown-format': finds('An ARN that has the form of no resource of its service', 'INVALID_ARN_RESOURCE'),
  'invalid-bucket-name': finds("A bucket's name that S3 would not give"),
  'empty-object-key': finds("A bucket's ARN that ends in a slash"),
  'placeholder-in-arn': finds('A placeholder that was not filled in'),
  'duplicate-resource': finds('The same resource twice', 'REDUNDANT_RESOURCE'),
  'redundant-resource': finds('A resource that a pattern beside it holds already', 'REDUNDANT_RESOURCE'),
  'resource-of-other-service': finds(
    "A resource that is not the policy's own kind",
    'UNSUPPORTED_RESOURCE_ARN_IN_POLICY',
  ),
  'action-of-other-service': finds("An action that is not of the policy's own service", 'UNSUPPORTED_ACTION_IN_POLICY'),
};

const principals = {
  'public-principal': finds('Everybody is allowed, unsigned requests included'),
  'public-despite-condition': finds('Everybody is allowed, under conditions that anybody can meet'),
  'trust-everybody': finds('Every AWS account may assume the role'),
  'principal-role-id': finds("A role's id for a principal", 'INVALID_ROLE_REFERENCE'),
  'principal-user-id': finds("A user's id for a principal", 'INVALID_USER_REFERENCE'),
  'unknown-service-principal': finds('A misspelt service principal'),
  'service-principal-without-source': finds(
    'A service is allowed, whoever makes it call',
    'RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL',
  ),
  'deny-with-not-principal': finds('Deny with NotPrincipal'),
  'duplicate-principal': finds('The same principal twice'),
  'redundant-principal': finds('A principal beside "*"'),
  'mismatched-action-for-principal': finds(
    'An action of STS that this kind of principal cannot call',
    'MISMATCHED_ACTION_FOR_PRINCIPAL',
  ),
  'trust-action-without-effect': finds('An action that a trust policy does not decide about'),
  'oidc-without-subject': finds(
    'A shared identity provider, without the claim that IAM asks for',
    'MISSING_GITHUB_REPO_CONDITION_KEY',
  ),
  'oidc-subject-too-wide': finds('A subject that anybody at the provider can have'),
  'oidc-without-audience': finds(
    'Web identities without a condition on the audience',
    'MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL',
  ),
  'cognito-without-audience': finds('Cognito identities of every pool', 'MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL'),
  'saml-without-audience': finds('SAML without a condition on saml:aud'),
};

const conditions = {
  'empty-condition': finds('A Condition without operators', 'EMPTY_OBJECT_CONDITION'),
  'empty-operator': finds('A condition operator without keys', 'EMPTY_OBJECT_CONDITION'),
  'empty-condition-values': finds('A condition key without values', 'EMPTY_ARRAY_CONDITION'),
  'empty-condition-values-for-all-values': finds('ForAllValues without values', 'EMPTY_ARRAY_CONDITION_FORALLVALUES'),
  'empty-condition-values-for-any-value': finds('ForAnyValue without values', 'EMPTY_ARRAY_CONDITION_FORANYVALUE'),
  'empty-condition-values-if-exists': finds('IfExists without values', 'EMPTY_ARRAY_CONDITION_IFEXISTS'),
  'duplicate-condition-key': finds('A condition key twice, in other letters', 'DUPLICATE_KEYS_WITH_DIFFERENT_CASE'),
  'condition-key-format': finds('A condition key without its service', 'INVALID_CONDITION_KEY_FORMAT'),
  'condition-key-unknown-service': finds('A condition key of a service that does not exist', 'INVALID_SERVICE'),
  'unknown-global-key': finds('A global condition key that does not exist', 'INVALID_GLOBAL_CONDITION_KEY'),
  'missing-tag-key': finds('A condition on tags that names none', 'MISSING_TAG_KEY_IN_CONDITION'),
  'unsupported-global-key': finds('aws:ARN, which requests do not have', 'UNSUPPORTED_GLOBAL_CONDITION_KEY'),
  'unknown-service-key': finds('A condition key that its service does not have', 'INVALID_SERVICE_CONDITION_KEY'),
  'condition-key-not-for-action': finds(
    'A condition key that no action of the statement has',
    'UNSUPPORTED_ACTION_FOR_CONDITION_KEY',
  ),
  'allow-with-unsupported-resource-tag': finds(
    'Allow by tags of resources, of a service that does not tell them',
    'ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
  ),
  'deny-with-unsupported-resource-tag': finds(
    'Deny by tags of resources, of a service that does not tell them',
    'DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
  ),
  'condition-key-letter-case': finds('A condition key in other letters than documented'),
  'missing-set-operator': finds('A key with many values without ForAllValues or ForAnyValue', 'MISSING_QUALIFIER'),
  'for-all-values-with-single-valued-key': finds(
    'ForAllValues with a key of one value',
    'FORALLVALUES_WITH_SINGLE_VALUED_KEY',
  ),
  'for-any-value-with-single-valued-key': finds('ForAnyValue with a key of one value'),
  'null-with-set-operator': finds('Null with ForAllValues or ForAnyValue', 'NULL_WITH_QUALIFIER'),
  'null-and-value': finds('A key that must be absent and have a value'),
  'type-mismatch': finds("An operator that is not of its key's type", 'TYPE_MISMATCH'),
  'wildcard-without-like': finds(
    'A wildcard under an operator that takes it literally',
    'WILDCARD_WITHOUT_LIKE_OPERATOR',
  ),
};

const values = {
  'invalid-boolean': finds('A value of Bool or Null that is neither true nor false', 'TYPE_MISMATCH_BOOLEAN'),
  'multiple-booleans': finds('Both true and false', 'INVALID_CONDITION_MULTIPLE_BOOLEAN'),
  'invalid-number': finds('A numeric operator with a value that is no number', 'TYPE_MISMATCH_NUMBER'),
  'invalid-binary': finds('BinaryEquals with a value that is not base64', 'TYPE_MISMATCH_STRING'),
  'date-matches-nothing': finds('A date that is saved and that no time matches', 'TYPE_MISMATCH_DATE'),
  'epoch-date': finds('A date in seconds since 1970', 'INVALID_DATE_VALUE'),
  'invalid-arn-value': finds('An ARN operator with a value that is no ARN'),
  'ip-range-host-bits': finds('An address range with bits that do not count', 'IMPROVE_IP_RANGE'),
  'private-source-ip': finds('aws:SourceIp with private addresses only', 'PRIVATE_IP_ADDRESS'),
  'private-not-source-ip': finds('Not aws:SourceIp with private addresses only', 'PRIVATE_NOT_IP_ADDRESS'),
  'private-source-ip-subset': finds('aws:SourceIp with private addresses among others', 'PRIVATE_IP_ADDRESS_SUBSET'),
  'private-not-source-ip-subset': finds(
    'Not aws:SourceIp with private addresses among others',
    'PRIVATE_NOT_IP_ADDRESS_SUBSET',
  ),
  'every-source-ip': finds('An address range that holds every address'),
  'deny-by-source-ip-hits-services': finds('Deny by address that also hits calls of AWS services'),
  'deny-bool-mfa-without-if-exists': finds('Deny without MFA that access keys get past'),
  'allow-mfa-if-exists': finds('Allow with MFA that access keys without it get past'),
  'duplicate-condition-value': finds('The same value twice'),
  'redundant-numeric-values': finds('Several bounds of which one decides', 'REDUNDANT_CONDITION_VALUE_NUM'),
  'unknown-region': finds('A Region that does not exist', 'INVALID_REGION'),
  'invalid-vpc-id': finds('A value that is no id of a VPC', 'INVALID_VPC_FORMAT'),
  'invalid-vpc-endpoint-id': finds('A value that is no id of a VPC endpoint', 'INVALID_VPCE_FORMAT'),
  'invalid-account-value': finds('A value that is no account id'),
  'invalid-organization-id': finds('A value that is no id of an organization'),
};

const variables = {
  'missing-brace-in-variable': finds('A variable without its closing brace', 'MISSING_BRACE_IN_VARIABLE'),
  'empty-variable': finds('A variable without a name', 'EMPTY_VARIABLE'),
  'space-in-variable': finds('A space in the name of a variable', 'UNSUPPORTED_SPACE_IN_VARIABLE'),
  'symbol-in-variable': finds('A symbol in the name of a variable'),
  'missing-quote-in-variable': finds("A variable's default without quotes", 'MISSING_QUOTE_IN_VARIABLE'),
  'variable-in-wrong-element': finds('A variable where AWS puts none in', 'VARIABLE_UNSUPPORTED_IN_ELEMENT'),
  'variable-for-operator': finds('A variable under an operator that takes none', 'INVALID_VARIABLE_FOR_OPERATOR'),
  'unknown-variable': finds('A variable of a global key that does not exist'),
  'multivalued-variable': finds('A variable of a key with many values'),
};

const organizations = {
  'rcp-allow': finds('A resource control policy that allows', 'RCP_SYNTAX_ERROR_ALLOW'),
  'rcp-principal': finds('A resource control policy for some principals', 'RCP_SYNTAX_ERROR_PRINCIPAL'),
  'rcp-not-principal': finds('A resource control policy with NotPrincipal', 'RCP_SYNTAX_ERROR_PRINCIPAL'),
  'rcp-not-action': finds('A resource control policy with NotAction', 'RCP_SYNTAX_ERROR_NOTACTION'),
  'rcp-every-action': finds('A resource control policy for the action "*"', 'RCP_SYNTAX_ERROR_ACTION'),
  'rcp-service-out-of-reach': finds('An action that no resource control policy reaches', 'RCP_SYNTAX_ERROR_ACTION'),
};

const titles: Readonly<Record<CheckCode | AdviceCode, Title>> = {
  ...documents,
  ...actions,
  ...powers,
  ...resources,
  ...principals,
  ...conditions,
  ...values,
  ...variables,
  ...organizations,
  ...ADVICE_TITLES,
};

const severities = { ...SEVERITIES, ...ADVICE_SEVERITIES };

export const CHECK_CODES = Object.fromEntries(
  Object.entries(titles).map(([code, title]) => [
    code,
    { severity: severities[code as keyof typeof titles], ...title },
  ]),
) as Readonly<Record<keyof typeof titles, CodeRow>>;
