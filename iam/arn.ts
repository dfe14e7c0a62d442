/** Amazon Resource Names, `arn:partition:service:region:account-id:resource`. IAM User Guide, "IAM identifiers". */

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  /** All after the fifth colon, colons included. */
  readonly resource: string;
}

/** The partitions that AWS has. */
export const PARTITIONS: ReadonlySet<string> = new Set([
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
]);

/** Splits at the first five colons; undefined where there are fewer. The first part is not looked at. */
export function splitArn(text: string): readonly [string, string, string, string, string, string] | undefined {
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i < 5; i++) {
    const colon = text.indexOf(':', from);
    if (colon < 0) return undefined;
    parts.push(text.slice(from, colon));
    from = colon + 1;
  }
  const [prefix = '', partition = '', service = '', region = '', account = ''] = parts;
  return [prefix, partition, service, region, account, text.slice(from)];
}

/** Reads an ARN; undefined where the text is none. */
export function parseArn(text: string): Arn | undefined {
  const parts = splitArn(text);
  if (parts === undefined || parts[0] !== 'arn' || parts[1] === '' || parts[2] === '') return undefined;
  const [, partition, service, region, accountId, resource] = parts;
  return { partition, service, region, accountId, resource };
}

/** Whether the text is an account id: twelve digits. */
export function isAccountId(text: string): boolean {
  if (text.length !== 12) return false;
  for (let i = 0; i < 12; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 48 || unit > 57) return false;
  }
  return true;
}
