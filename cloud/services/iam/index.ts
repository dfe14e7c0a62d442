/** The embedded IAM. */
import type { Service } from '../../service.ts';
import { iamModel } from '../../wire/models.ts';
import { accessKeyOperations } from './access-keys.ts';
import { accountOperations } from './account.ts';
import { attachmentOperations } from './attachments.ts';
import { authorizationDetailsOperations } from './authorization-details.ts';
import { boundaryOperations } from './boundaries.ts';
import { credentialReportOperations } from './credential-report.ts';
import { groupOperations } from './groups.ts';
import { inlinePolicyOperations } from './inline-policies.ts';
import { instanceProfileOperations } from './instance-profiles.ts';
import { lastAccessedOperations } from './last-accessed.ts';
import { loginProfileOperations } from './login-profiles.ts';
import { mfaDeviceOperations } from './mfa-devices.ts';
import { oidcProviderOperations } from './oidc-providers.ts';
import { organizationsFeatureOperations } from './organizations-features.ts';
import { policyOperations } from './policies.ts';
import { policyVersionOperations } from './policy-versions.ts';
import { roleOperations } from './roles.ts';
import { samlProviderOperations } from './saml-providers.ts';
import { serverCertificateOperations } from './server-certificates.ts';
import { serviceCredentialOperations } from './service-credentials.ts';
import { serviceLinkedRoleOperations } from './service-linked-roles.ts';
import { signingCertificateOperations } from './signing-certificates.ts';
import { simulationOperations } from './simulation-operations.ts';
import { sshPublicKeyOperations } from './ssh-public-keys.ts';
import { tagOperations } from './tag-operations.ts';
import { userOperations } from './users.ts';

export const iamService: Service = {
  name: 'iam',
  model: iamModel,
  operations: {
    ...userOperations,
    ...groupOperations,
    ...roleOperations,
    ...serviceLinkedRoleOperations,
    ...policyOperations,
    ...policyVersionOperations,
    ...attachmentOperations,
    ...inlinePolicyOperations,
    ...boundaryOperations,
    ...instanceProfileOperations,
    ...accessKeyOperations,
    ...loginProfileOperations,
    ...mfaDeviceOperations,
    ...signingCertificateOperations,
    ...sshPublicKeyOperations,
    ...oidcProviderOperations,
    ...organizationsFeatureOperations,
    ...samlProviderOperations,
    ...serverCertificateOperations,
    ...serviceCredentialOperations,
    ...simulationOperations,
    ...tagOperations,
    ...accountOperations,
    ...authorizationDetailsOperations,
    ...credentialReportOperations,
    ...lastAccessedOperations,
  },
};
