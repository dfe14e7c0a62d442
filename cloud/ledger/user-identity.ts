/** Who called, as CloudTrail writes it. AWS CloudTrail User Guide, "CloudTrail userIdentity element". */
import type { AnyCaller, SessionFacts } from '../../iam/model.ts';
import type { ServiceCall } from '../call.ts';
import type { UserIdentity } from './past-call.ts';
import { isoSeconds } from './times.ts';

/** The `userIdentity` of a call. @param accessKeyId the key that signed it, where one did */
export function userIdentityOf(
  caller: AnyCaller,
  by: ServiceCall | undefined,
  accessKeyId: string | undefined,
): UserIdentity {
  const identity = identityOf(caller, accessKeyId);
  return by === undefined ? identity : { ...identity, invokedBy: by.service };
}

function identityOf(caller: AnyCaller, signedBy: string | undefined): UserIdentity {
  const session = 'session' in caller ? caller.session : undefined;
  const accessKeyId = session?.accessKeyId ?? signedBy;
  const key = accessKeyId === undefined ? {} : { accessKeyId };
  switch (caller.kind) {
    case 'anonymous':
      return { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' };
    case 'service':
      return { type: 'AWSService', invokedBy: caller.service };
    case 'root': {
      const { accountId } = caller;
      const arn = `arn:aws:iam::${accountId}:root`;
      return { type: 'Root', principalId: accountId, arn, accountId, ...key, ...contextOf(session) };
    }
    case 'user': {
      const { id: principalId, arn, accountId, name: userName } = caller;
      return { type: 'IAMUser', principalId, arn, accountId, ...key, userName, ...contextOf(session) };
    }
    case 'role-session': {
      const { roleId, sessionName, sessionArn: arn, accountId, roleArn, roleName } = caller;
      const issuer = { type: 'Role', principalId: roleId, arn: roleArn, accountId, userName: roleName };
      const principalId = `${roleId}:${sessionName}`;
      return { type: 'AssumedRole', principalId, arn, accountId, ...key, ...contextOf(caller.session, issuer) };
    }
    case 'federated-user': {
      const { accountId, arn, name, parent } = caller;
      const userName = parent.arn.split('/').at(-1) ?? '';
      const issuer = { type: 'IAMUser', principalId: parent.id, arn: parent.arn, accountId, userName };
      const principalId = `${accountId}:${name}`;
      return { type: 'FederatedUser', principalId, arn, accountId, ...key, ...contextOf(caller.session, issuer) };
    }
    case 'federated-identity': {
      const { provider: identityProvider, subject: userName } = caller;
      return { type: 'WebIdentityUser', principalId: `${identityProvider}:${userName}`, userName, identityProvider };
    }
  }
}

/** What temporary credentials add; nothing of long-term ones. */
function contextOf(
  session: SessionFacts | undefined,
  sessionIssuer?: Readonly<Record<string, string>>,
): Pick<UserIdentity, 'sessionContext'> {
  if (session === undefined) return {};
  const { issuedAt, mfa, sourceIdentity, federatedProvider, assumedRoot } = session;
  return {
    sessionContext: {
      ...(sessionIssuer && { sessionIssuer }),
      ...(federatedProvider !== undefined && { webIdFederationData: { federatedProvider, attributes: {} } }),
      attributes: { creationDate: isoSeconds(issuedAt), mfaAuthenticated: String(mfa !== undefined) },
      ...(sourceIdentity !== undefined && { sourceIdentity }),
      ...(assumedRoot && { assumedRoot: 'true' }),
    },
  };
}
