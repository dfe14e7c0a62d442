/** The services that VPC endpoints lead to (AWS PrivateLink User Guide, "AWS services that integrate with AWS PrivateLink"). */

const gateways = ['s3', 'dynamodb'];
const interfaces = [
  'access-analyzer',
  'cloudformation',
  'cloudtrail',
  'cognito-identity',
  'dynamodb',
  'ec2',
  'ec2messages',
  'events',
  'kms',
  'lambda',
  'logs',
  's3',
  'scheduler',
  'secretsmanager',
  'sns',
  'sqs',
  'ssm',
  'ssmmessages',
  'sts',
];

/** Whether a region has a service behind endpoints of this kind: `com.amazonaws.us-east-1.s3`. */
export function isEndpointService(name: string, region: string, kind: 'Gateway' | 'Interface'): boolean {
  const prefix = `com.amazonaws.${region}.`;
  return name.startsWith(prefix) && (kind === 'Gateway' ? gateways : interfaces).includes(name.slice(prefix.length));
}

/** Those that have prefix lists, by which routes lead to them. */
export function gatewayServices(region: string): readonly string[] {
  return gateways.map((service) => `com.amazonaws.${region}.${service}`);
}
