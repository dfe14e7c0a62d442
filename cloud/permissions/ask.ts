/** One permission of a call, put to the policy engine. */
import { decide } from '../../iam/decide.ts';
import type { AccessRequest, AccountModel, ApplicablePolicies, Caller, Decision } from '../../iam/model.ts';
import { ownerOf } from '../../iam/s3-access.ts';
import type { RequestFacts } from '../call.ts';
import type { Permission } from '../service.ts';
import { withoutObject } from '../services/s3/access-control.ts';
import { globalContext } from './context.ts';

/** What all permissions of one call have in common. */
export interface Asker {
  readonly caller: Caller;
  readonly request: RequestFacts;
  /** The sandbox's clock, epoch milliseconds. */
  readonly now: number;
  readonly model: AccountModel;
}

/** One permission with its decision. */
export interface DecidedPermission {
  readonly request: AccessRequest;
  /** The account of what was asked for: an object of S3 may belong to another than its bucket. */
  readonly ownerAccountId: string;
  readonly decision: Decision;
}

/** Decides one permission. */
export function ask(permission: Permission, asker: Asker): DecidedPermission {
  const request = accessRequest(permission, asker);
  const policies = aboutPermission(permission, asker.model.policiesFor(request));
  return { request, ownerAccountId: ownerOf(request, policies), decision: decide(request, policies) };
}

/** A permission as a request of a caller; a condition key that the service gives wins over a global one of the same name. */
export function accessRequest(permission: Permission, { caller, request, now }: Omit<Asker, 'model'>): AccessRequest {
  const { action, resource, resourceAccountId } = permission;
  const global = globalContext(request, action, resourceAccountId, now);
  return { caller, action, resource, resourceAccountId, context: Object.assign(global, permission.context) };
}

/** Of the policies on a request those that bear on this permission of it. */
export function aboutPermission<Policies extends Pick<ApplicablePolicies, 'acl'>>(
  { about }: Pick<Permission, 'about'>,
  policies: Policies,
): Policies {
  return about === 'new-object' ? withoutObject(policies) : policies;
}
