/** Managed policies under one face: the account's own, and AWS's from the catalogue. */
import type { Policy } from '@aws-sdk/client-iam';
import type { Call } from '../../call.ts';
import type { ManagedPolicy } from '../../managed-policies.ts';
import { own } from '../../own.ts';
import { notAuthorized } from '../sts/identity.ts';
import { invalidInput, noSuchEntity, validationError } from './errors.ts';
import type { UsageCounts } from './policy-usage.ts';
import type { IamState, PolicyState } from './state.ts';
import { shownTime } from './times.ts';

/** What answers say of a managed policy, wherever it comes from. */
export interface ManagedPolicyView {
  readonly owner: 'account' | 'aws';
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly description?: string;
  readonly defaultVersionId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly versions: readonly { readonly id: string; readonly document: string; readonly createdAt: number }[];
  readonly tags: PolicyState['tags'];
}

/** A policy of the account. */
export function viewOfCustomerPolicy(policy: PolicyState): ManagedPolicyView {
  return { owner: 'account', ...policy };
}

/** A policy of AWS, of which the newest version is kept. */
export function viewOfAwsPolicy(policy: ManagedPolicy): ManagedPolicyView {
  const { defaultVersionId: id, document, updatedAt: createdAt } = policy;
  return { owner: 'aws', ...policy, versions: [{ id, document, createdAt }], tags: [] };
}

const awsPolicyArn = /^arn:aws:iam::aws:policy\/.+$/;
const customerPolicyArn = /^arn:aws:iam::\d{12}:policy\/.+$/;

/** The policy of an ARN; undefined where there is none. */
export function findPolicy(iam: Pick<IamState, 'policies'>, arn: string, call: Call): ManagedPolicyView | undefined {
  const policy = own(iam.policies, arn);
  if (policy !== undefined) return viewOfCustomerPolicy(policy);
  const managed = awsPolicyArn.test(arn) ? call.managedPolicies.get(arn) : undefined;
  return managed && viewOfAwsPolicy(managed);
}

/**
 * The policy of an ARN.
 * @throws NoSuchEntity; ValidationError for what is no ARN, InvalidInput for the ARN of something else
 */
export function policyWithArn(iam: Pick<IamState, 'policies'>, arn: string, call: Call): ManagedPolicyView {
  requirePolicyArn(arn);
  const policy = findPolicy(iam, arn, call);
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

/**
 * The account's own policy of an ARN, to be changed; undefined where there is none.
 * @throws AccessDenied for a policy of AWS, which is nobody's to change; ValidationError, InvalidInput
 */
export function customerPolicyToChange<T extends PolicyState>(
  iam: { readonly policies: Readonly<Record<string, T>> },
  arn: string,
  action: string,
  call: Call,
): T | undefined {
  requirePolicyArn(arn);
  if (awsPolicyArn.test(arn)) throw notAuthorized(call.caller, `iam:${action}`, `policy ${arn}`);
  return own(iam.policies, arn);
}

/** Refuses what is no policy's ARN. @throws ValidationError for what is no ARN, InvalidInput for the ARN of something else */
export function requirePolicyArn(arn: string): void {
  if (awsPolicyArn.test(arn) || customerPolicyArn.test(arn)) return;
  const message = `ARN ${arn} is not valid.`;
  throw /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(arn) ? invalidInput(message) : validationError(message);
}

/** A policy as lists show it. Descriptions and tags are in GetPolicy alone. */
export function shownPolicy(policy: ManagedPolicyView, usages: UsageCounts): Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: usages.attachments.get(policy.arn) ?? 0,
    PermissionsBoundaryUsageCount: usages.boundaries.get(policy.arn) ?? 0,
    IsAttachable: true,
    CreateDate: shownTime(policy.createdAt),
    UpdateDate: shownTime(policy.updatedAt),
  };
}

/** `ReadOnlyAccess` of a policy's ARN. */
export function nameOfPolicy(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
