import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts';
import type { ChangeOperation, Permission, PermissionFacts } from '../../service.ts';
import { requestTags, resourceTags } from '../iam/permissions.ts';
import { shownCredentials } from './credentials.ts';
import { notAuthorized } from './identity.ts';
import { isMfaCall } from './mfa.ts';
import { accountOfRole, findRole, ownerOfRole, requireDuration, roleWithArn, tooLong } from './named-role.ts';
import { addRoleSession } from './role-session.ts';
import { packedSize, sessionPolicies } from './session-policies.ts';
import { sessionIdentity, sessionOf } from './session-tags.ts';

const defaultSeconds = 3600;
const chainedSeconds = 3600;

function requiredPermissions(request: AssumeRoleRequest, facts: PermissionFacts): readonly Permission[] {
  const { caller, world } = facts;
  const { RoleArn: arn = '', ExternalId, RoleSessionName = '' } = request;
  const mfa = isMfaCall(request, facts);
  const identity = sessionIdentity(request, caller, world);
  const tags = Object.entries(identity.tags).map(([Key, Value]) => ({ Key, Value }));
  const context = {
    ...resourceTags(findRole(world, arn)?.tags, ['aws', 'iam']),
    ...requestTags(tags),
    ...(identity.transitiveTagKeys.length > 0 && { 'sts:TransitiveTagKeys': identity.transitiveTagKeys }),
    'sts:RoleSessionName': RoleSessionName,
    ...(ExternalId !== undefined && { 'sts:ExternalId': ExternalId }),
    ...(identity.sourceIdentity !== undefined && { 'sts:SourceIdentity': identity.sourceIdentity }),
    ...(mfa && { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '0' }),
  };
  const resourceAccountId = accountOfRole(arn) ?? facts.callerAccountId;
  const on = (action: string): Permission => ({ action, resource: arn, resourceAccountId, context });
  return [
    on('sts:AssumeRole'),
    // Inherited transitive tags and source identities are passed too, and need the same permission.
    ...(tags.length > 0 ? [on('sts:TagSession')] : []),
    ...(identity.sourceIdentity !== undefined ? [on('sts:SetSourceIdentity')] : []),
  ];
}

/**
 * AssumeRole. Who may is said by the caller's policies and the role's trust policy; a role that does not exist, here or in an
 * account that is not of this sandbox, is refused as one that may not be assumed.
 */
export const assumeRole: ChangeOperation<AssumeRoleRequest, AssumeRoleResponse> = {
  kind: 'change',
  owner: ({ RoleArn: arn = '' }, { world, callerAccountId }) => ownerOfRole(arn, world, callerAccountId),
  permissions: requiredPermissions,
  handle(account, request, call) {
    const { RoleArn: arn = '', RoleSessionName: sessionName = '' } = request;
    const role = roleWithArn(account, arn);
    if (role === undefined) throw notAuthorized(call.caller, 'sts:AssumeRole', arn);
    const identity = sessionIdentity(request, call.caller, call.world);
    const from = sessionOf(call.caller, call.world);
    if (from?.sourceIdentity !== undefined && identity.sourceIdentity !== from.sourceIdentity) {
      throw notAuthorized(call.caller, 'sts:SetSourceIdentity', arn);
    }
    // Credentials of GetSessionToken count as a chain as well.
    const chained = call.caller.kind === 'role-session' || from !== undefined;
    const seconds = request.DurationSeconds ?? defaultSeconds;
    if (chained && seconds > chainedSeconds) throw tooLong('1 hour session limit for roles assumed by role chaining.');
    requireDuration(role, seconds);
    const policies = sessionPolicies(request, account.iam, call);
    const PackedPolicySize = packedSize(request);
    const parts = { sessionName, seconds, chained, ...(policies && { policies }), ...identity };
    const session = addRoleSession(account, role, parts, call.now, call.random);
    return {
      Credentials: shownCredentials(session, call.realNow),
      AssumedRoleUser: {
        AssumedRoleId: `${role.id}:${sessionName}`,
        Arn: `arn:aws:sts::${account.id}:assumed-role/${role.name}/${sessionName}`,
      },
      ...(PackedPolicySize !== undefined && { PackedPolicySize }),
      ...(identity.sourceIdentity !== undefined && { SourceIdentity: identity.sourceIdentity }),
    };
  },
};
