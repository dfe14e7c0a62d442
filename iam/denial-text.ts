/**
 * The sentence by which AWS refuses a call. Follows the IAM User Guide, "Troubleshoot access denied error messages", the Amazon S3
 * User Guide, "Troubleshoot access denied (403 Forbidden) errors", and, for the ARN of the denying policy, the AWS Security Blog,
 * "Enhanced access denied error messages with policy ARNs".
 */

import { parseArn } from './arn.ts';
import { callerArn } from './caller-arn.ts';
import { fixedRule } from './fixed-rules.ts';
import { lowerCase } from './lower-case.ts';
import type { AnyRequest, Decision, Layer } from './model.ts';
import { isMember } from './organization.ts';
import { serviceOf } from './service-of.ts';

export interface DenialTextOptions {
  /** How the service calls the resource in its message; by default as the real service does, most often by its ARN. */
  readonly resource?: string;
}

const IMPLICIT: Readonly<Record<Layer, string>> = {
  identity: 'no identity-based policy allows',
  resource: 'no resource-based policy allows',
  boundary: 'no permissions boundary allows',
  session: 'no session policy allows',
  trust: 'no role trust policy allows',
  'service-control': 'no service control policy allows',
  'resource-control': 'no resource control policy allows',
  'vpc-endpoint': 'no VPC endpoint policy allows',
  grant: 'no resource-based policy allows',
  acl: 'no resource-based policy allows',
  'block-public-access': 'no resource-based policy allows',
  root: 'no identity-based policy allows',
};

const EXPLICIT: Readonly<Record<Layer, string>> = {
  identity: 'an identity-based policy',
  resource: 'a resource-based policy',
  boundary: 'a permissions boundary',
  session: 'a session policy',
  trust: 'the role trust policy',
  'service-control': 'a service control policy',
  'resource-control': 'a resource control policy',
  'vpc-endpoint': 'a VPC endpoint policy',
  grant: 'a resource-based policy',
  acl: 'a resource-based policy',
  'block-public-access': 'a resource-based policy',
  root: 'an identity-based policy',
};

/** The layers whose policies AWS names by ARN. */
const NAMED_BY_ARN: ReadonlySet<Layer> = new Set([
  'identity',
  'boundary',
  'session',
  'service-control',
  'resource-control',
]);

/** AWS's own message for a denied request. Only one layer is named; S3 gives its reasons inside one account only. */
export function denialText(request: AnyRequest, decision: Decision, options: DenialTextOptions = {}): string {
  const { caller, action } = request;
  const rule = fixedRule(request, lowerCase(action));
  if (rule?.kind === 'never-allowed') return rule.message;
  // Whoever has only a token learns nothing of the role.
  if (caller.kind === 'federated-identity') return `Not authorized to perform ${action}`;
  const service = serviceOf(action);
  const sameAccount = 'accountId' in caller && caller.accountId === request.resourceAccountId;
  if (service === 's3' && !sameAccount) return 'Access Denied';
  const resource = options.resource ?? resourceInMessage(request, service);
  const on = resource === undefined ? '' : ` on resource: ${resource}`;
  const asked = shownAction(action, service);
  return `User: ${callerArn(caller)} is not authorized to perform: ${asked}${on}${why(request, decision, sameAccount, asked)}`;
}

/** SQS writes its actions in small letters (as in github.com/aws/serverless-application-model/issues/3633). */
function shownAction(action: string, service: string): string {
  return service === 'sqs' ? lowerCase(action) : action;
}

/**
 * STS gives no reason where nothing allows a role to be assumed: a reason would tell strangers which roles exist. The IAM User
 * Guide shows one for a silent trust policy; what the service answers ends after the role, as reported from 2017 to 2025
 * (github.com/aws/karpenter-provider-aws/issues/4680, aws-actions/configure-aws-credentials/issues/1219,
 * data-dot-all/dataall/pull/1873; sts:SetSourceIdentity: noqdev/iambic/issues/357).
 */
const WITHOUT_REASON: ReadonlySet<string> = new Set(['sts:assumerole', 'sts:setsourceidentity', 'sts:tagsession']);

function why(request: AnyRequest, decision: Decision, sameAccount: boolean, asked: string): string {
  if (decision.verdict !== 'explicitly-denied') {
    if (WITHOUT_REASON.has(lowerCase(asked))) return '';
    return ` because ${IMPLICIT[decision.layer]} the ${asked} action`;
  }
  const isInside = sameAccount || isWithinOrganization(request);
  const arn = isInside && NAMED_BY_ARN.has(decision.layer) ? decision.statements[0]?.policy.arn : undefined;
  return ` with an explicit deny in ${EXPLICIT[decision.layer]}${arn === undefined ? '' : `: ${arn}`}`;
}

function isWithinOrganization(request: AnyRequest): boolean {
  const { caller, organization, resourceAccountId } = request;
  if (organization === undefined || !('accountId' in caller)) return false;
  return isMember(organization, caller.accountId, request) && isMember(organization, resourceAccountId, request);
}

function resourceInMessage({ action, resource }: AnyRequest, service: string): string | undefined {
  if (service === 'iam') return iamResource(action, resource);
  if (resource === '*') return undefined;
  if (service !== 's3') return resource;
  return action.toLowerCase() === 's3:listallmybuckets' ? undefined : `"${resource}"`;
}

/** What IAM still calls by its ARN: what does not exist yet, what is passed on, and the lists of a kind. */
const IAM_BY_ARN = ['iam:CreateUser', 'iam:CreateRole', 'iam:CreateGroup', 'iam:CreateInstanceProfile', 'iam:PassRole'];
const IAM_KINDS = ['user', 'role', 'group', 'policy', 'instance-profile'];

/** IAM speaks of `user Bea`, `role Auditor`, and of policies by their ARN (`policy arn:…`). */
function iamResource(action: string, resource: string): string {
  if (action === 'iam:ListPolicies') return 'policy path /';
  const arn = parseArn(resource);
  const [kind = '', ...path] = arn?.resource.split('/') ?? [];
  const name = path.at(-1) ?? '';
  if (IAM_BY_ARN.includes(action) || !IAM_KINDS.includes(kind) || name === '') return resource;
  if (kind === 'policy') return action === 'iam:CreatePolicy' ? `policy ${name}` : `policy ${resource}`;
  return `${kind.replace('-', ' ')} ${name}`;
}
