/** The embedded STS. */
import type { GetAccessKeyInfoRequest, GetAccessKeyInfoResponse, GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import { accountIdOfAccessKey } from '../../access-key.ts';
import { AwsError } from '../../errors.ts';
import type { ReadOperation, Service } from '../../service.ts';
import { stsModel } from '../../wire/models.ts';
import { assumeRole } from './assume-role.ts';
import { identityOf } from './identity.ts';
import { getSessionToken } from './session-token.ts';

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
    GetAccessKeyInfo: getAccessKeyInfo,
    GetCallerIdentity: getCallerIdentity,
    GetSessionToken: getSessionToken,
  },
};
