/** The embedded IAM. */
import type { Service } from '../../service.ts';
import { iamModel } from '../../wire/models.ts';
import { accessKeyOperations } from './access-keys.ts';
import { attachmentOperations } from './attachments.ts';
import { boundaryOperations } from './boundaries.ts';
import { groupOperations } from './groups.ts';
import { inlinePolicyOperations } from './inline-policies.ts';
import { policyOperations } from './policies.ts';
import { policyVersionOperations } from './policy-versions.ts';
import { roleOperations } from './roles.ts';
import { userOperations } from './users.ts';

export const iamService: Service = {
  name: 'iam',
  model: iamModel,
  operations: {
    ...userOperations,
    ...groupOperations,
    ...roleOperations,
    ...policyOperations,
    ...policyVersionOperations,
    ...attachmentOperations,
    ...inlinePolicyOperations,
    ...boundaryOperations,
    ...accessKeyOperations,
  },
};
