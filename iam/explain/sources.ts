/** The pages of AWS that say why a request is decided so. */
import { needsTrust } from '../fixed-rules.ts';
import { isAboutKey } from '../kms-grants.ts';
import type { Layer, NearMiss } from '../model.ts';
import type { Subject } from '../statement.ts';
import type { Judgement } from './decision.ts';
import type { Source } from './explanation.ts';

const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const ORGANIZATIONS = 'https://docs.aws.amazon.com/organizations/latest/userguide';
const S3 = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';
const KMS = 'https://docs.aws.amazon.com/kms/latest/developerguide';

const EXPLICIT_DENIES: Source = {
  title: 'The difference between explicit and implicit denies',
  url: `${IAM}/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html`,
};
const ONE_ACCOUNT: Source = {
  title: 'Policy evaluation for requests within a single account',
  url: `${IAM}/reference_policies_evaluation-logic_policy-eval-basics.html`,
};
const TWO_ACCOUNTS: Source = {
  title: 'Cross-account policy evaluation logic',
  url: `${IAM}/reference_policies_evaluation-logic-cross-account.html`,
};
const STS_CREDENTIALS: Source = {
  title: 'Compare AWS STS credentials',
  url: `${IAM}/id_credentials_sts-comparison.html`,
};
const KEY_POLICIES: Source = { title: 'Key policies in AWS KMS', url: `${KMS}/key-policies.html` };
const CONDITIONS: Source = {
  title: 'IAM JSON policy elements: Condition operators',
  url: `${IAM}/reference_policies_elements_condition_operators.html`,
};
const PRINCIPALS: Source = {
  title: 'AWS JSON policy elements: Principal',
  url: `${IAM}/reference_policies_elements_principal.html`,
};

const BY_LAYER: Partial<Readonly<Record<Layer, Source>>> = {
  boundary: { title: 'Permissions boundaries for IAM entities', url: `${IAM}/access_policies_boundaries.html` },
  session: { title: 'Session policies', url: `${IAM}/access_policies.html#policies_session` },
  trust: { title: 'Update a role trust policy', url: `${IAM}/id_roles_update-role-trust-policy.html` },
  'service-control': { title: 'SCP evaluation', url: `${ORGANIZATIONS}/orgs_manage_policies_scps_evaluation.html` },
  'resource-control': {
    title: 'Resource control policies (RCPs)',
    url: `${ORGANIZATIONS}/orgs_manage_policies_rcps.html`,
  },
  'vpc-endpoint': {
    title: 'Control access to VPC endpoints using endpoint policies',
    url: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
  },
  grant: { title: 'Grants in AWS KMS', url: `${KMS}/grants.html` },
  acl: { title: 'Access control list (ACL) overview', url: `${S3}/acl-overview.html` },
  'block-public-access': {
    title: 'Blocking public access to your Amazon S3 storage',
    url: `${S3}/access-control-block-public-access.html`,
  },
  root: { title: 'AWS account root user', url: `${IAM}/id_root-user.html` },
};

/** The page of the rule that decided, then those that it builds on; of a near miss the page of what was missed. */
export function sourcesOf(
  { kind, layer }: Judgement,
  nearest: NearMiss | undefined,
  { request, action }: Subject,
): readonly Source[] {
  const { caller, resource, resourceAccountId } = request;
  const sources: Source[] = [];
  const ofLayer = BY_LAYER[layer];
  if (ofLayer !== undefined) sources.push(ofLayer);
  if (kind === 'denied') sources.push(EXPLICIT_DENIES);
  if (layer === 'resource' && isAboutKey(action, resource)) sources.push(KEY_POLICIES);
  if ('accountId' in caller && !needsTrust(action, resource)) {
    sources.push(caller.accountId === resourceAccountId ? ONE_ACCOUNT : TWO_ACCOUNTS);
  }
  if (sources.length === 0) sources.push(ONE_ACCOUNT);
  if (nearest?.element === 'Condition') sources.push(CONDITIONS);
  if (nearest?.element === 'Principal') sources.push(PRINCIPALS);
  return sources;
}

/** The page of what is settled before any policy is read. */
export function sourcesOfRule({ action }: Subject): readonly Source[] {
  return [BY_RULE[action] ?? STS_CREDENTIALS];
}

/** By the action in lower case. */
const BY_RULE: Readonly<Record<string, Source>> = {
  'iam:passrole': {
    title: 'Grant a user permissions to pass a role to an AWS service',
    url: `${IAM}/id_roles_use_passrole.html`,
  },
  'sts:assumeroot': {
    title: 'Perform a privileged task on an AWS Organizations member account',
    url: `${IAM}/id_root-user-privileged-task.html`,
  },
};
