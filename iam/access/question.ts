/** One permission as it is asked about in an estate. */
import type { Estate } from '../account/account.ts';
import { governingPolicy, resourceTagsIn } from '../account/policies-in.ts';
import { isAccountId, parseArn } from '../arn.ts';
import type { AnyCaller, AnyRequest } from '../model.ts';
import { principalArn } from '../request-context.ts';
import { suppliedResource } from '../supplied-resource.ts';
import type { BesidePolicies } from './beside-policies.ts';

/** One permission, whoever asks. */
export interface AccessQuestion {
  /** `s3:GetObject`. */
  readonly action: string;
  /** The full ARN, or `*` where the request names no resource: what AWS supplies then is found. */
  readonly resource: string;
  /** The account that owns the resource; else the ARN's, that of the resource's policy, the caller's own. */
  readonly resourceAccountId?: string;
  /** Condition keys of the request that are known, as in a request. All others are open, save those of the principal and the resource. */
  readonly context?: AnyRequest['context'];
  /** What the resource has beside its policy, and the policy of the VPC endpoint that the request comes through. */
  readonly beside?: BesidePolicies;
}

/** The question as a request of a caller, with what the estate knows of the resource. */
export function requestIn(estate: Estate, question: AccessQuestion, caller: AnyCaller): AnyRequest {
  const { action, context = {} } = question;
  const resource = question.resource === '*' ? suppliedTo(caller, action) : question.resource;
  const { organization } = estate;
  const tags = resourceTagsIn(estate, resource);
  const iamTags = Object.entries(tags ?? {}).map(([key, value]) => [`iam:ResourceTag/${key}`, value] as const);
  return {
    caller,
    action,
    resource,
    resourceAccountId: ownerIn(estate, question, 'accountId' in caller ? caller.accountId : ''),
    context: { ...Object.fromEntries(iamTags), ...context },
    ...(tags === undefined ? {} : { resourceTags: tags }),
    ...(organization === undefined ? {} : { organization }),
  };
}

/** What AWS supplies where the caller's request names no resource. */
function suppliedTo(caller: AnyCaller, action: string): string {
  const { partition = 'aws' } = parseArn(principalArn(caller) ?? '') ?? {};
  return suppliedResource(action, { partition, accountId: 'accountId' in caller ? caller.accountId : '' });
}

function ownerIn(estate: Estate, { resource, resourceAccountId }: AccessQuestion, callersAccount: string): string {
  if (resourceAccountId !== undefined) return resourceAccountId;
  const named = parseArn(resource)?.accountId ?? '';
  if (isAccountId(named)) return named;
  return governingPolicy(estate, resource)?.accountId ?? callersAccount;
}
