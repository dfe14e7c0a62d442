/** The embedded STS. */
import type { GetAccessKeyInfoRequest, GetAccessKeyInfoResponse, GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import { accountIdOfAccessKey } from '../../access-key.ts';
import { AwsError } from '../../errors.ts';
import type { ReadOperation, Service } from '../../service.ts';
import { stsModel } from '../../wire/models.ts';
import { assumeRole } from './assume-role.ts';
import { assumeRoot } from './assume-root.ts';
import { decodeAuthorizationMessage } from './authorization-message.ts';
import { getFederationToken } from './federation-token.ts';
import { identityOf } from './identity.ts';
import { getWebIdentityToken } from './outbound-token.ts';
import { assumeRoleWithSaml, unsignedSaml } from './saml.ts';
import { getSessionToken } from './session-token.ts';
import { assumeRoleWithWebIdentity, unsignedWebIdentity } from './web-identity.ts';

const getCallerIdentity: ReadOperation<object, GetCallerIdentityResponse> = {
  kind: 'read',
  // None needed, and a denial changes nothing (STS API Reference, GetCallerIdentity).
  permissions: () => [],
  handle: (_account, _input, call) => ({ ...identityOf(call.caller) }),
};

const getAccessKeyInfo: ReadOperation<GetAccessKeyInfoRequest, GetAccessKeyInfoResponse> = {
  kind: 'read',
  permissions: (_input, { callerAccountId }) => [
    { action: 'sts:GetAccessKeyInfo', resource: '*', resourceAccountId: callerAccountId, context: {} },
  ],
  handle(_account, { AccessKeyId = '' }) {
    const Account = accountIdOfAccessKey(AccessKeyId);
    if (Account === undefined) {
      throw new AwsError('ValidationError', `${AccessKeyId} is not a valid access key id`, { status: 400 });
    }
    return { Account };
  },
};

export const stsService: Service = {
  name: 'sts',
  model: stsModel,
  operations: {
    AssumeRole: assumeRole,
    AssumeRoleWithSAML: assumeRoleWithSaml,
    AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity,
    AssumeRoot: assumeRoot,
    DecodeAuthorizationMessage: decodeAuthorizationMessage,
    GetAccessKeyInfo: getAccessKeyInfo,
    GetCallerIdentity: getCallerIdentity,
    GetFederationToken: getFederationToken,
    GetSessionToken: getSessionToken,
    GetWebIdentityToken: getWebIdentityToken,
  },
  unsigned: {
    AssumeRoleWithSAML: unsignedSaml,
    AssumeRoleWithWebIdentity: unsignedWebIdentity,
  },
};
