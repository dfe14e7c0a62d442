/** AWS Organizations, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { organizationsModel } from '../../wire/models.ts';

export const organizationsService: Service = {
  name: 'organizations',
  model: organizationsModel,
  operations: {},
};
