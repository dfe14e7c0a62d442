/** One permission of a call, put to the policy engine. */
import { decide } from '../../iam/decide.ts';
import type {
  AccountModel,
  AnyCaller,
  AnyRequest,
  ApplicablePolicies,
  Decision,
  Organization,
} from '../../iam/model.ts';
import { ownerOf } from '../../iam/s3-access.ts';
import type { RequestFacts, ServiceCall } from '../call.ts';
import type { Permission } from '../service.ts';
import type { ThroughEndpoint } from '../services/ec2/outgoing.ts';
import { withoutObject } from '../services/s3/access-control.ts';
import { globalContext } from './context.ts';

/** What all permissions of one call have in common. */
export interface Asker {
  readonly caller: AnyCaller;
  /** The service that makes the call; absent where the caller itself does. */
  readonly by?: ServiceCall;
  readonly request: RequestFacts;
  /** The sandbox's clock, epoch milliseconds. */
  readonly now: number;
  readonly model: AccountModel;
  /** The VPC endpoint that the request comes through. */
  readonly through?: ThroughEndpoint;
  /** The organization that accounts of the sandbox are in. */
  readonly organization?: Organization;
}

/** One permission with its decision. */
export interface DecidedPermission {
  readonly request: AnyRequest;
  /** The account of what was asked for: an object of S3 may belong to another than its bucket. */
  readonly ownerAccountId: string;
  readonly decision: Decision;
}

/** Decides one permission. */
export function ask(permission: Permission, asker: Asker): DecidedPermission {
  const request = accessRequest(permission, asker);
  const about = aboutPermission(permission, asker.model.policiesFor(request));
  const endpoint = asker.through?.policy;
  const policies = endpoint === undefined ? about : { ...about, vpcEndpoint: [endpoint] };
  return { request, ownerAccountId: ownerOf(request, policies), decision: decide(request, policies) };
}

/** A permission as a request of a caller; a condition key that the service gives wins over a global one of the same name. */
export function accessRequest(
  permission: Permission,
  { caller, by, request, now, organization, through }: Omit<Asker, 'model'>,
): AnyRequest {
  const { action, resource, resourceAccountId } = permission;
  const session = 'session' in caller ? caller.session : undefined;
  const network = through === undefined ? request : { ...request, sourceIp: '' };
  const global = Object.assign(
    globalContext(network, action, resourceAccountId, now, by),
    through && endpointContext(through),
    session?.keys,
  );
  return {
    caller,
    action,
    resource,
    resourceAccountId,
    context: Object.assign(global, permission.context),
    ...(organization && { organization }),
  };
}

/** IAM User Guide, "AWS global condition context keys": `aws:SourceIp` is not there, these are. */
function endpointContext({ vpcId, endpointId, privateIp }: ThroughEndpoint) {
  return { 'aws:SourceVpc': vpcId, 'aws:SourceVpce': endpointId, 'aws:VpcSourceIp': privateIp };
}

/** Of the policies on a request those that bear on this permission of it. */
export function aboutPermission<Policies extends Pick<ApplicablePolicies, 'acl'>>(
  { about }: Pick<Permission, 'about'>,
  policies: Policies,
): Policies {
  return about === 'new-object' ? withoutObject(policies) : policies;
}
