/** Errors that a service's front end answers before any operation runs, by the protocol that it speaks. */
import { AwsError } from '../errors.ts';
import type { ServiceModel } from './model.ts';

/** An operation that there is not, or that is not offered. `operation` is as the request named it. */
export function unknownOperation(model: Pick<ServiceModel, 'protocol' | 'version'>, operation: string): AwsError {
  switch (model.protocol) {
    case 'awsQuery':
      return new AwsError('InvalidAction', `Could not find operation ${operation} for version ${model.version}`, {
        status: 400,
      });
    case 'ec2Query':
      return new AwsError('InvalidAction', `The action ${operation} is not valid for this web service.`, {
        status: 400,
      });
    case 'restXml':
      return new AwsError('NotImplemented', 'A header you provided implies functionality that is not implemented', {
        status: 501,
      });
    case 'restJson1':
    case 'rpcv2Cbor':
      return new AwsError('UnknownOperationException', '', { status: 404 });
    case 'awsJson1_0':
    case 'awsJson1_1':
      return new AwsError('UnknownOperationException', '', { status: 400 });
  }
}

/** A version of the API that there is not, or none at all. */
export function unknownVersion(model: ServiceModel, operation: string, version: string): AwsError {
  if (model.protocol !== 'ec2Query') return unknownOperation({ ...model, version }, operation);
  return new AwsError('NoSuchVersion', `The requested version (${version}) of service AmazonEC2 does not exist`, {
    status: 400,
  });
}

/** A query service's request without an action. */
export function missingAction(model: Pick<ServiceModel, 'protocol'>): AwsError {
  const message =
    model.protocol === 'ec2Query'
      ? 'The request is missing an action or a required parameter.'
      : 'The request must contain the parameter Action';
  return new AwsError('MissingAction', message, { status: 400 });
}

/** A value that is not of its shape. `reason` says what was found. */
export function malformedInput(model: Pick<ServiceModel, 'protocol'>, reason: string): AwsError {
  switch (model.protocol) {
    case 'awsQuery':
      return new AwsError('MalformedInput', reason, { status: 400 });
    case 'ec2Query':
      return new AwsError('InvalidParameterValue', reason, { status: 400 });
    case 'restXml':
      return new AwsError(
        'MalformedXML',
        'The XML you provided was not well-formed or did not validate against our published schema',
        { status: 400 },
      );
    case 'restJson1':
    case 'rpcv2Cbor':
    case 'awsJson1_0':
    case 'awsJson1_1':
      return new AwsError('SerializationException', reason, { status: 400 });
  }
}

/**
 * An error's code in the query protocol, of a service that speaks JSON now and once spoke it: as its model has it; a denial is
 * `AccessDenied` there.
 */
export function queryCodeOf(model: Pick<ServiceModel, 'errors'>, code: string): string {
  return model.errors.get(code)?.queryCode ?? (code === 'AccessDeniedException' ? 'AccessDenied' : code);
}
