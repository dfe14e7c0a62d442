/** Errors that a service's front end answers before any operation runs, by the protocol that it speaks. */
import { AwsError } from '../errors.ts';
import type { ServiceModel } from './model.ts';

/** An operation that there is not, or that is not offered. */
export function unknownOperation(model: ServiceModel, operation: string): AwsError {
  switch (model.protocol) {
    case 'awsQuery':
      return new AwsError('InvalidAction', `Could not find operation ${operation} for version ${model.version}`, {
        status: 400,
      });
    case 'restXml':
      return new AwsError('NotImplemented', 'A header you provided implies functionality that is not implemented', {
        status: 501,
      });
    case 'awsJson1_0':
    case 'awsJson1_1':
      return new AwsError('UnknownOperationException', '', { status: 400 });
  }
}
