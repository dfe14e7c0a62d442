/**
 * What a record tells of a request and its answer: their members in lower camel case, without bodies, and without what is secret
 * (AWS CloudTrail User Guide, "CloudTrail record contents").
 */

import { define } from '../own.ts';
import type { OperationModel } from '../wire/model.ts';
import { elementTime } from './times.ts';

type Elements = Readonly<Record<string, unknown>>;

const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';
/** Bytes of JSON: what is larger is left out as a whole. */
const LARGEST = 100 * 1024;

/** Members that no record has. */
const LEFT_OUT = new Set([
  'authenticationCode1',
  'authenticationCode2',
  'base32StringSeed',
  'ciphertextBlob',
  'newPassword',
  'oldPassword',
  'parameterValue',
  'password',
  'plaintext',
  'privateKeyPlaintext',
  'qRCodePNG',
  'secretAccessKey',
  'secretBinary',
  'secretKey',
  'secretString',
  'templateBody',
  'tokenCode',
  'zipFile',
]);

/** Members of which a record says no more than that they were there. */
const HIDDEN_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  ssm: ['value', 'parameters', 'tokenValue', 'token', 'input', 'stdout', 'stderr'],
  sns: ['message', 'messageStructure', 'messageAttributes', 'subject'],
  sqs: ['messageBody', 'messageAttributes'],
  dynamodb: ['item', 'expressionAttributeValues'],
  lambda: ['variables', 'payload'],
  ec2: ['userData'],
  sts: ['webIdentityToken'],
  'cognito-identity': ['logins', 'token'],
  events: ['detail'],
  logs: ['logEvents'],
};

/** The elements of a request or an answer; null where there are none. */
export function elementsOf(service: string, members: unknown): Elements | null {
  const hidden = new Set(HIDDEN_MEMBERS[service] ?? []);
  const elements = shown(members, hidden);
  if (typeof elements !== 'object' || elements === null || Object.keys(elements).length === 0) return null;
  return JSON.stringify(elements).length > LARGEST ? null : (elements as Elements);
}

function shown(value: unknown, hidden: ReadonlySet<string>): unknown {
  if (value instanceof Date) return elementTime(value);
  if (Array.isArray(value)) return value.map((item) => shown(item, hidden)).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  // Bytes, and bodies of the store.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  const elements: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const key = name.charAt(0).toLowerCase() + name.slice(1);
    if (LEFT_OUT.has(key) || member === undefined) continue;
    const element = hidden.has(key) ? HIDDEN : shown(member, hidden);
    if (element !== undefined) define(elements, key, element);
  }
  return elements;
}

/** What S3 tells of a request: the bucket, the key, the host, and the query. */
export function s3RequestElements(
  input: Readonly<Record<string, unknown>>,
  model: OperationModel | undefined,
  region: string,
): Elements {
  const { Bucket: bucketName, Key: key, Prefix: prefix, Delimiter: delimiter, MaxKeys: maxKeys, Policy } = input;
  const host = region === 'us-east-1' ? 's3.amazonaws.com' : `s3.${region}.amazonaws.com`;
  const query = model?.http?.[1].split('?')[1]?.split('&') ?? [];
  const asked = query.filter((part) => !part.startsWith('x-id')).map((part) => part.split('='));
  return {
    ...(typeof bucketName === 'string' && { bucketName }),
    Host: typeof bucketName === 'string' ? `${bucketName}.${host}` : host,
    ...(typeof key === 'string' && { key }),
    ...Object.fromEntries(asked.map(([name = '', value = '']) => [name, value])),
    ...(typeof prefix === 'string' && { prefix }),
    ...(typeof delimiter === 'string' && { delimiter }),
    ...(typeof maxKeys === 'number' && { 'max-keys': String(maxKeys) }),
    ...(typeof Policy === 'string' && { bucketPolicy: jsonOf(Policy) }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What S3 refused need not be JSON.
    return text;
  }
}
