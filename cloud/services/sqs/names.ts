/** How queues are named: names, ARNs, URLs, and the key in the state. */
import { parseArn } from '../../../iam/arn.ts';
import type { RequestFacts } from '../../call.ts';
import { invalidParameterValue } from './errors.ts';

const queueName = /^[A-Za-z0-9_-]{1,80}$/;
const fifoSuffix = '.fifo';

/** The key of a queue in its account's state. A name holds no slash. */
export function queueKey(region: string, name: string): string {
  return `${region}/${name}`;
}

export function queueArn(region: string, accountId: string, name: string): string {
  return `arn:aws:sqs:${region}:${accountId}:${name}`;
}

/** Where a queue is. */
export interface QueuePlace {
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}

/** The queue of an ARN; undefined for an ARN of something else. */
export function placeOfArn(arn: string): QueuePlace | undefined {
  const parsed = parseArn(arn);
  if (parsed?.service !== 'sqs' || !/^\d{12}$/.test(parsed.accountId)) return undefined;
  return { region: parsed.region, accountId: parsed.accountId, name: parsed.resource };
}

/**
 * The URL of a queue, at the endpoint that the client used. Amazon SQS Developer Guide, "Amazon SQS queue and message identifiers":
 * clients take it as it is given.
 */
export function queueUrl(
  { endpoint }: Pick<RequestFacts, 'endpoint'>,
  { region, accountId, name }: QueuePlace,
): string {
  return `${endpoint ?? `https://sqs.${region}.amazonaws.com`}/${accountId}/${name}`;
}

/** The account and the name in a queue's URL, whatever its host; undefined where it has neither. */
export function readQueueUrl(url: string): { readonly accountId: string; readonly name: string } | undefined {
  const [, accountId, name] = /(?:^|\/)(\d{12})\/([^/?#]+)\/?$/.exec(url) ?? [];
  return accountId === undefined || name === undefined ? undefined : { accountId, name };
}

export function isFifoName(name: string): boolean {
  return name.endsWith(fifoSuffix);
}

/** @throws InvalidParameterValue */
export function checkQueueName(name: string, kind: 'standard' | 'fifo'): void {
  if (kind === 'standard' && !queueName.test(name)) {
    throw invalidParameterValue('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  }
  // The suffix counts towards the 80 characters.
  if (kind === 'fifo' && (!isFifoName(name) || !queueName.test(name.replace(/\.fifo$/, '_fifo')))) {
    throw invalidParameterValue(
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length',
    );
  }
}
