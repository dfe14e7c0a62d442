/** Amazon EventBridge, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { eventsModel } from '../../wire/models.ts';

export const eventsService: Service = {
  name: 'events',
  model: eventsModel,
  operations: {},
};
