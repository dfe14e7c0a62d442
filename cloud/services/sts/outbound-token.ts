import type { GetWebIdentityTokenRequest, GetWebIdentityTokenResponse } from '@aws-sdk/client-sts';
import { AwsError } from '../../errors.ts';
import type { ReadOperation } from '../../service.ts';

/**
 * GetWebIdentityToken: a token by which the caller shows itself to services outside of AWS. Every account has this switched off until
 * EnableOutboundWebIdentityFederation, which the sandbox has not: there is nobody outside to show a token to.
 */
export const getWebIdentityToken: ReadOperation<GetWebIdentityTokenRequest, GetWebIdentityTokenResponse> = {
  kind: 'read',
  handle() {
    throw new AwsError(
      'OutboundWebIdentityFederationDisabledException',
      'Outbound web identity federation is not enabled for your account. To use this feature, an administrator must enable it.',
    );
  },
};
