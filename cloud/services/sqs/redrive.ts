/** Dead-letter queues: the policies RedrivePolicy and RedriveAllowPolicy (Amazon SQS Developer Guide, "Using dead-letter queues in Amazon SQS"). */
import type { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import { invalidValue } from './errors.ts';
import { isFifoName, placeOfArn, queueArn, queueKey } from './names.ts';
import type { QueueState } from './state.ts';

/** What the policies of a queue are checked against. */
export interface RedriveFacts {
  readonly queue: { readonly name: string; readonly region: string };
  readonly accountId: string;
  readonly queues: Readonly<Record<string, QueueState>>;
}

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

type Document = Readonly<Record<string, unknown>>;

/** A stored RedrivePolicy. */
export function redrivePolicyOf(queue: Pick<QueueState, 'attributes'>): RedrivePolicy | undefined {
  const document = objectOf(queue.attributes['RedrivePolicy'] ?? '');
  return document === undefined
    ? undefined
    : {
        deadLetterTargetArn: String(document['deadLetterTargetArn']),
        maxReceiveCount: Number(document['maxReceiveCount']),
      };
}

/** @throws InvalidParameterValue */
export function checkRedrivePolicy(value: string, name: string, facts: RedriveFacts): string {
  const refused = (reason: string): AwsError => invalidValue(value, name, reason);
  const document = objectOf(value);
  if (document === undefined) throw refused('Redrive policy is not a valid JSON map.');
  for (const member of ['maxReceiveCount', 'deadLetterTargetArn']) {
    if (document[member] === undefined) {
      throw refused(`Redrive policy does not contain mandatory attribute: ${member}.`);
    }
  }
  const unknown = Object.keys(document).find((key) => key !== 'maxReceiveCount' && key !== 'deadLetterTargetArn');
  if (unknown !== undefined)
    throw refused(`Only following attributes are supported: [deadLetterTargetArn, maxReceiveCount].`);
  const count = document['maxReceiveCount'];
  if (!/^\d{1,4}$/.test(String(count)) || Number(count) < 1 || Number(count) > 1000) {
    throw refused(
      `Invalid value for maxReceiveCount: ${String(count)}, valid values are from 1 to 1000 both inclusive.`,
    );
  }
  checkTarget(String(document['deadLetterTargetArn']), facts, refused);
  return JSON.stringify({ ...document, maxReceiveCount: Number(count) });
}

function checkTarget(
  arn: string,
  { queue, accountId, queues }: RedriveFacts,
  refused: (reason: string) => AwsError,
): void {
  const place = placeOfArn(arn);
  if (place === undefined) throw refused('Invalid value for deadLetterTargetArn.');
  if (place.accountId !== accountId || place.region !== queue.region) {
    throw refused('Dead letter target must be owned by the same account and in the same Region as the source.');
  }
  const target = own(queues, queueKey(place.region, place.name));
  if (target === undefined) throw refused('Dead letter target does not exist.');
  if (isFifoName(target.name) !== isFifoName(queue.name)) {
    throw refused('Dead-letter queue must be same type of queue as the source.');
  }
  if (!allows(target, queueArn(queue.region, accountId, queue.name))) {
    throw refused(`The dead-letter queue's RedriveAllowPolicy does not let this queue use it.`);
  }
}

/** Whether a queue lets another use it as its dead-letter queue. */
function allows(target: QueueState, sourceArn: string): boolean {
  const document = objectOf(target.attributes['RedriveAllowPolicy'] ?? '');
  switch (document?.['redrivePermission']) {
    case 'denyAll':
      return false;
    case 'byQueue':
      return arnsOf(document).includes(sourceArn);
    default:
      return true;
  }
}

const permissions: readonly unknown[] = ['allowAll', 'denyAll', 'byQueue'];

/** @throws InvalidParameterValue */
export function checkRedriveAllowPolicy(value: string, name: string): string {
  const refused = (reason: string): AwsError => invalidValue(value, name, reason);
  const document = objectOf(value);
  if (document === undefined) throw refused('Redrive allow policy is not a valid JSON map.');
  const permission = document['redrivePermission'];
  if (!permissions.includes(permission)) {
    throw refused(`Invalid value for redrivePermission: ${String(permission)}.`);
  }
  const arns = arnsOf(document);
  if (permission !== 'byQueue' && document['sourceQueueArns'] !== undefined) {
    throw refused('sourceQueueArns can be specified only when redrivePermission is byQueue.');
  }
  if (permission === 'byQueue' && (arns.length < 1 || arns.length > 10)) {
    throw refused('sourceQueueArns must hold 1 to 10 ARNs of queues.');
  }
  if (arns.some((arn) => placeOfArn(arn) === undefined)) throw refused('Invalid value for sourceQueueArns.');
  return JSON.stringify(document);
}

function arnsOf(document: Document): readonly string[] {
  const arns = document['sourceQueueArns'];
  return Array.isArray(arns) ? arns.map(String) : [];
}

function objectOf(text: string): Document | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : undefined;
  } catch {
    return undefined;
  }
}
