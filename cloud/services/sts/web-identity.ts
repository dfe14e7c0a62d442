import type { AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse } from '@aws-sdk/client-sts';
import type { ChangeOperation, Permission, PermissionFacts } from '../../service.ts';
import { accountOfArn, type UnsignedOperation } from '../../unsigned.ts';
import { requestTags, resourceTags } from '../iam/permissions.ts';
import { audienceOf, providerKeys, sessionKeys, sessionParts } from './claims.ts';
import { shownCredentials } from './credentials.ts';
import { notAuthorized } from './identity.ts';
import { accountOfRole, findRole, ownerOfRole, requireDuration, roleWithArn } from './named-role.ts';
import { addRoleSession } from './role-session.ts';
import { packedSize, sessionPolicies } from './session-policies.ts';
import { sessionIdentity } from './session-tags.ts';
import { provenWebIdentity, webIdentity } from './web-identity-token.ts';

const action = 'sts:AssumeRoleWithWebIdentity';
const defaultSeconds = 3600;

/** The token is held against its issuer before anything is decided: a bad one learns nothing of the role. */
function requiredPermissions(request: AssumeRoleWithWebIdentityRequest, facts: PermissionFacts): readonly Permission[] {
  const { RoleArn: arn = '', RoleSessionName = '' } = request;
  const { claims, issuer, caller } = provenWebIdentity(request, facts.world, facts.now, facts.hashes);
  const { tags, transitiveTagKeys, sourceIdentity } = sessionIdentity(asked(request, claims), caller, facts.world);
  const passed = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const context = {
    ...providerKeys(issuer, claims),
    ...resourceTags(findRole(facts.world, arn)?.tags, ['aws', 'iam']),
    ...requestTags(passed),
    ...(transitiveTagKeys.length > 0 && { 'sts:TransitiveTagKeys': transitiveTagKeys }),
    'sts:RoleSessionName': RoleSessionName,
    ...(sourceIdentity !== undefined && { 'sts:SourceIdentity': sourceIdentity }),
  };
  const resourceAccountId = accountOfRole(arn) ?? facts.callerAccountId;
  const on = (name: string): Permission => ({ action: name, resource: arn, resourceAccountId, context });
  return [
    on(action),
    ...(passed.length > 0 ? [on('sts:TagSession')] : []),
    ...(sourceIdentity !== undefined ? [on('sts:SetSourceIdentity')] : []),
  ];
}

/** What the request and its token ask for, as AssumeRole's parameters say it. */
function asked(request: AssumeRoleWithWebIdentityRequest, claims: Parameters<typeof sessionParts>[0]) {
  const { RoleArn, RoleSessionName, Policy, PolicyArns } = request;
  return { RoleArn, RoleSessionName, Policy, PolicyArns, ...sessionParts(claims) };
}

/**
 * AssumeRoleWithWebIdentity: whoever holds a token of a provider that the role trusts gets a session of it. The request is not signed; its
 * caller is whom the token speaks of.
 */
export const assumeRoleWithWebIdentity: ChangeOperation<
  AssumeRoleWithWebIdentityRequest,
  AssumeRoleWithWebIdentityResponse
> = {
  kind: 'change',
  owner: ({ RoleArn: arn = '' }, { world, callerAccountId }) => ownerOfRole(arn, world, callerAccountId),
  permissions: requiredPermissions,
  handle(account, request, call) {
    const { RoleArn: arn = '', RoleSessionName: sessionName = '' } = request;
    const { claims, issuer, caller } = provenWebIdentity(request, call.world, call.now, call.hashes);
    const role = roleWithArn(account, arn);
    if (role === undefined) throw notAuthorized(call.caller, action, arn);
    const seconds = request.DurationSeconds ?? defaultSeconds;
    requireDuration(role, seconds);
    const wanted = asked(request, claims);
    const identity = sessionIdentity(wanted, caller, call.world);
    const policies = sessionPolicies(wanted, account.iam, call);
    const PackedPolicySize = packedSize(wanted);
    const keys = sessionKeys(issuer, claims);
    const session = addRoleSession(
      account,
      role,
      {
        sessionName,
        seconds,
        chained: false,
        federatedProvider: caller.provider,
        ...(policies && { policies }),
        ...(keys && { keys }),
        ...identity,
      },
      call.now,
      call.random,
    );
    const [Audience] = audienceOf(claims);
    return {
      Credentials: shownCredentials(session, call.realNow),
      SubjectFromWebIdentityToken: caller.subject,
      AssumedRoleUser: {
        AssumedRoleId: `${role.id}:${sessionName}`,
        Arn: `arn:aws:sts::${account.id}:assumed-role/${role.name}/${sessionName}`,
      },
      Provider: caller.provider,
      Audience,
      ...(PackedPolicySize !== undefined && { PackedPolicySize }),
      ...(identity.sourceIdentity !== undefined && { SourceIdentity: identity.sourceIdentity }),
    };
  },
};

/** How the gateway finds sandbox and caller of a request without a signature. */
export const unsignedWebIdentity: UnsignedOperation = {
  accountOf: ({ RoleArn }) => accountOfArn(RoleArn),
  callerOf: (request) => webIdentity(request).caller,
};
