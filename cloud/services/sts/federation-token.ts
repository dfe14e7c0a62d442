import type { GetFederationTokenRequest, GetFederationTokenResponse } from '@aws-sdk/client-sts';
import { AwsError } from '../../errors.ts';
import { permission } from '../../permissions/defaults.ts';
import type { ChangeOperation, PermissionFacts } from '../../service.ts';
import { keptByKey } from '../../state-key.ts';
import { requestTags } from '../iam/permissions.ts';
import { addSession, shownCredentials } from './credentials.ts';
import { packedSize, sessionPolicies } from './session-policies.ts';
import { sessionIdentity } from './session-tags.ts';

const defaultSeconds = 43_200;
const longestForRoot = 3600;

/** `arn:aws:sts::111122223333:federated-user/Bob`. */
function federatedUserArn(accountId: string, name: string): string {
  return `arn:aws:sts::${accountId}:federated-user/${name}`;
}

/**
 * GetFederationToken: a session of a user, or of root, under another name. It may do what its user and its session policies both allow,
 * and nothing without session policies but what resource policies allow it by its name.
 */
export const getFederationToken: ChangeOperation<GetFederationTokenRequest, GetFederationTokenResponse> = {
  kind: 'change',
  permissions: ({ Name = '', Tags }, facts: PermissionFacts) => {
    const arn = federatedUserArn(facts.callerAccountId, Name);
    const context = requestTags(Tags);
    return [
      permission('sts:GetFederationToken', arn, facts, { context }),
      // IAM User Guide, "Passing session tags using GetFederationToken": both actions, on the federated user.
      ...(Tags?.length ? [permission('sts:TagSession', arn, facts, { context })] : []),
    ];
  },
  handle(account, request, call) {
    const { caller } = call;
    if (caller.kind !== 'user' && caller.kind !== 'root') {
      throw new AwsError('AccessDenied', 'Cannot call GetFederationToken with session credentials', { status: 403 });
    }
    const { Name = '', Policy, PolicyArns, Tags } = request;
    const parts = { RoleArn: undefined, RoleSessionName: undefined, Policy, PolicyArns, Tags };
    const { tags } = sessionIdentity(parts, caller, call.world);
    const policies = sessionPolicies(parts, account.iam, call);
    const PackedPolicySize = packedSize(parts);
    const asked = request.DurationSeconds ?? defaultSeconds;
    const seconds = caller.kind === 'root' ? Math.min(asked, longestForRoot) : asked;
    const session = addSession(
      account,
      {
        kind: 'federated-user',
        ...(caller.kind === 'user' && { principalId: caller.id, principalName: caller.name }),
        sessionName: Name,
        ...(policies && { policies }),
        tags: keptByKey(tags),
        transitiveTagKeys: [],
        chained: false,
      },
      { now: call.now, seconds },
      call.random,
    );
    return {
      Credentials: shownCredentials(session, call.realNow),
      FederatedUser: { FederatedUserId: `${account.id}:${Name}`, Arn: federatedUserArn(account.id, Name) },
      ...(PackedPolicySize !== undefined && { PackedPolicySize }),
    };
  },
};
