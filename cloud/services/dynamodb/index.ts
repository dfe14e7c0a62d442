/** Amazon DynamoDB, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { dynamodbModel } from '../../wire/models.ts';

export const dynamodbService: Service = {
  name: 'dynamodb',
  model: dynamodbModel,
  operations: {},
};
