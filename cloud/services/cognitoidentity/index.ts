/** Amazon Cognito identity pools, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { cognitoidentityModel } from '../../wire/models.ts';

export const cognitoidentityService: Service = {
  name: 'cognito-identity',
  model: cognitoidentityModel,
  operations: {},
};
