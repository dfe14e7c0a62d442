/** An ARN of the account's, by service and resource: `ec2:instance/i-0aa`. */
export function arn(resource: string): string {
  const [service = '', ...rest] = resource.split(':');
  return `arn:aws:${service}:us-east-1:111122223333:${rest.join(':')}`;
}
