/** AWS Key Management Service, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { kmsModel } from '../../wire/models.ts';

export const kmsService: Service = {
  name: 'kms',
  model: kmsModel,
  operations: {},
};
