/** Amazon Simple Notification Service, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { snsModel } from '../../wire/models.ts';

export const snsService: Service = {
  name: 'sns',
  model: snsModel,
  operations: {},
};
