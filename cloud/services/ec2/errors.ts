/** EC2's errors with their texts (Amazon EC2 API Reference, "Error codes"). All have the status 400 but a dry run's. */
import { AwsError } from '../../errors.ts';
import { isId, prefixOf } from './ids.ts';

export function ec2Error(code: string, message: string): AwsError {
  return new AwsError(code, message, { status: 400 });
}

export function missingParameter(name: string): AwsError {
  return ec2Error('MissingParameter', `The request must contain the parameter ${name}`);
}

export function invalidValue(value: string, parameter: string, why: string): AwsError {
  return ec2Error('InvalidParameterValue', `Value (${value}) for parameter ${parameter} is invalid. ${why}`);
}

export function invalidCombination(message: string): AwsError {
  return ec2Error('InvalidParameterCombination', message);
}

export function dependencyViolation(what: string, id: string): AwsError {
  return ec2Error('DependencyViolation', `The ${what} '${id}' has dependencies and cannot be deleted.`);
}

interface Wording {
  /** The code up to its dot: `InvalidInstanceID`. */
  readonly code: string;
  readonly notFound: (ids: string) => string;
}

const wordings: Readonly<Record<string, Wording>> = {
  i: { code: 'InvalidInstanceID', notFound: (ids) => `The instance ID '${ids}' does not exist` },
  ami: { code: 'InvalidAMIID', notFound: (ids) => `The image id '[${ids}]' does not exist` },
  sg: { code: 'InvalidGroup', notFound: (ids) => `The security group '${ids}' does not exist` },
  sgr: {
    code: 'InvalidSecurityGroupRuleId',
    notFound: (ids) => `The security group rule ID '${ids}' does not exist`,
  },
  subnet: { code: 'InvalidSubnetID', notFound: (ids) => `The subnet ID '${ids}' does not exist` },
  vpc: { code: 'InvalidVpcID', notFound: (ids) => `The vpc ID '${ids}' does not exist` },
  vpce: { code: 'InvalidVpcEndpointId', notFound: (ids) => `The Vpc Endpoint Id '${ids}' does not exist` },
  vol: { code: 'InvalidVolume', notFound: (ids) => `The volume '${ids}' does not exist.` },
  eni: { code: 'InvalidNetworkInterfaceID', notFound: (ids) => `The networkInterface ID '${ids}' does not exist` },
  rtb: { code: 'InvalidRouteTableID', notFound: (ids) => `The routeTable ID '${ids}' does not exist` },
  acl: { code: 'InvalidNetworkAclID', notFound: (ids) => `The networkAcl ID '${ids}' does not exist` },
  igw: { code: 'InvalidInternetGatewayID', notFound: (ids) => `The internetGateway ID '${ids}' does not exist` },
  key: { code: 'InvalidKeyPair', notFound: (ids) => `The key pair '${ids}' does not exist` },
};

/** What is answered to an id that leads nowhere: it is malformed, or there is none such. @param prefix of the kind that was looked for */
export function unknownId(prefix: string, ...ids: readonly string[]): AwsError {
  const malformed = ids.find((id) => !isId(id) || prefixOf(id) !== prefix);
  const { code, notFound } = wordings[prefix] ?? {
    code: 'InvalidID',
    notFound: (list: string) => `The ID '${list}' is not valid`,
  };
  if (malformed !== undefined) {
    const malformedCode = prefix === 'sg' ? 'InvalidGroupId' : code;
    return ec2Error(`${malformedCode}.Malformed`, `Invalid id: "${malformed}" (expecting "${prefix}-...")`);
  }
  const text = notFound(ids.join(', '));
  const plural = prefix === 'i' && ids.length > 1;
  return ec2Error(
    `${code}.NotFound`,
    plural ? text.replace('instance ID', 'instance IDs').replace('does not', 'do not') : text,
  );
}

/** The answer to a call that would be allowed and succeed, but is only tried. */
export function dryRunOperation(): AwsError {
  return new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', { status: 412 });
}
