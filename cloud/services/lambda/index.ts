/** AWS Lambda, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { lambdaModel } from '../../wire/models.ts';

export const lambdaService: Service = {
  name: 'lambda',
  model: lambdaModel,
  operations: {},
};
