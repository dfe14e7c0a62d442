/** IAM Access Analyzer, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { accessanalyzerModel } from '../../wire/models.ts';

export const accessanalyzerService: Service = {
  name: 'access-analyzer',
  model: accessanalyzerModel,
  operations: {},
};
