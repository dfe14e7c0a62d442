/** IAM Access Analyzer, as far as lessons reach: policy validation and custom policy checks. */
import type { Service } from '../../service.ts';
import { accessanalyzerModel } from '../../wire/models.ts';
import { checkAccessNotGranted, checkNoNewAccess, checkNoPublicAccess } from './custom-checks.ts';
import { validatePolicy } from './validate-policy.ts';

export const accessanalyzerService: Service = {
  name: 'access-analyzer',
  model: accessanalyzerModel,
  operations: {
    CheckAccessNotGranted: checkAccessNotGranted,
    CheckNoNewAccess: checkNoNewAccess,
    CheckNoPublicAccess: checkNoPublicAccess,
    ValidatePolicy: validatePolicy,
  },
};
