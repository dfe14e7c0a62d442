import type { AssumeRoleWithSAMLRequest } from '@aws-sdk/client-sts';
import { AwsError } from '../../errors.ts';
import type { ReadOperation } from '../../service.ts';
import { accountOfArn, type UnsignedOperation } from '../../unsigned.ts';

/**
 * AssumeRoleWithSAML. No identity provider signs assertions in a sandbox, and the key that one out in the world signs with is none that an
 * account here can trust: every assertion is answered as one whose signature does not fit its provider (IAM User Guide, "Troubleshoot
 * SAML federation with IAM").
 */
export const assumeRoleWithSaml: ReadOperation<AssumeRoleWithSAMLRequest, never> = {
  kind: 'read',
  permissions: () => [],
  handle() {
    throw new AwsError('InvalidIdentityToken', 'Response signature invalid');
  },
};

export const unsignedSaml: UnsignedOperation = { accountOf: ({ RoleArn }) => accountOfArn(RoleArn) };
