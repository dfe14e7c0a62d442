/** AWS CloudTrail, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { cloudtrailModel } from '../../wire/models.ts';

export const cloudtrailService: Service = {
  name: 'cloudtrail',
  model: cloudtrailModel,
  operations: {},
};
