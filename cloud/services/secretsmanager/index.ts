/** AWS Secrets Manager, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { secretsmanagerModel } from '../../wire/models.ts';

export const secretsmanagerService: Service = {
  name: 'secretsmanager',
  model: secretsmanagerModel,
  operations: {},
};
