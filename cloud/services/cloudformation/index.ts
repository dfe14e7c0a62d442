/** AWS CloudFormation, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { cloudformationModel } from '../../wire/models.ts';

export const cloudformationService: Service = {
  name: 'cloudformation',
  model: cloudformationModel,
  operations: {},
};
