/** How the tables of an account's state are called in a list of changes, and what in them is no change of anybody's. */

/** What a table holds, by service and table. Others are called by the table's own name. */
const kinds: Readonly<Record<string, string>> = {
  'iam.policies': 'policy',
  'iam.oidcProviders': 'OIDC provider',
  'iam.samlProviders': 'SAML provider',
  'iam.virtualMfaDevices': 'MFA device',
  'iam.accessKeys': 'access key',
  'iam.instanceProfiles': 'instance profile',
  'kms.aliases': 'alias',
  'dynamodb.tables': 'table',
  'lambda.mappings': 'event source mapping',
  'organizations.policies': 'control policy',
  'ec2.vpcs': 'VPC',
  'ec2.securityGroups': 'security group',
  'accessanalyzer.analyzers': 'analyzer',
};

/** Tables that tell what was done, or what is on its way, and not what there is. */
const passedOver = new Set([
  'iam.accessReports',
  'iam.credentialReport',
  'cloudtrail.history',
  'dynamodb.transactions',
  'lambda.queued',
  'sqs.deleted',
]);

/** Services whose state is such as a whole: sessions. */
const servicesPassedOver = new Set(['sts']);

/** Members of a thing that change without anybody changing it. */
const membersPassedOver = new Set([
  'accessedAt',
  'changedAt',
  'delivery',
  'lastUsed',
  'modifiedAt',
  'passwordLastUsed',
  'revisionId',
  'updatedAt',
  'warm',
]);

/** Members that are told by their values: they are no secrets, and short. */
const membersTold = new Set([
  'alias',
  'boundary',
  'defaultVersionId',
  'enabled',
  'isLogging',
  'keyId',
  'maxSessionDuration',
  'ownership',
  'publicAccessBlock',
  'role',
  'status',
  'targetKeyId',
  'versioning',
]);

/** Members that hold policies: their texts are told as documents. */
const policyMembers = new Set(['inlinePolicies', 'policy', 'policies', 'trustPolicy', 'versions', 'document']);

/** Whether a table, or a value, of a service tells of the account. */
export function isTold(service: string, table: string): boolean {
  return !servicesPassedOver.has(service) && !passedOver.has(`${service}.${table}`);
}

/** `access key` of `accessKeys`. */
export function kindOf(service: string, table: string): string {
  return kinds[`${service}.${table}`] ?? wordsOf(table).replace(/s$/, '');
}

/** How a member of a thing is told of: not, by its name, by its values, or as documents. */
export function tellingOf(member: string): 'not' | 'name' | 'values' | 'documents' {
  if (membersPassedOver.has(member)) return 'not';
  if (policyMembers.has(member)) return 'documents';
  return membersTold.has(member) ? 'values' : 'name';
}

/** `public access block` of `publicAccessBlock`. */
export function wordsOf(member: string): string {
  return member.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
