/** Amazon CloudWatch Logs, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { logsModel } from '../../wire/models.ts';

export const logsService: Service = {
  name: 'logs',
  model: logsModel,
  operations: {},
};
