/** Amazon EventBridge Scheduler, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { schedulerModel } from '../../wire/models.ts';

export const schedulerService: Service = {
  name: 'scheduler',
  model: schedulerModel,
  operations: {},
};
