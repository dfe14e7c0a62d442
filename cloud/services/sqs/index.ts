/** Amazon Simple Queue Service, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { sqsModel } from '../../wire/models.ts';

export const sqsService: Service = {
  name: 'sqs',
  model: sqsModel,
  operations: {},
};
