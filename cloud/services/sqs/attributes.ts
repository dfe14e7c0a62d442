/** The attributes of queues: which there are, what they may hold, and what they are where nobody set them (CreateQueue, SetQueueAttributes). */
import { own } from '../../own.ts';
import { invalidAttributeName, invalidAttributeValue, unknownAttribute } from './errors.ts';
import { sqsLimits } from './limits.ts';
import { isFifoName } from './names.ts';
import { checkRedriveAllowPolicy, checkRedrivePolicy, type RedriveFacts } from './redrive.ts';
import type { QueueState } from './state.ts';

type Attributes = Readonly<Record<string, string>>;

interface AttributeRule {
  /** What it is where nobody set it; absent where it is then not shown. */
  readonly initial?: string;
  /** Only FIFO queues have it. */
  readonly only?: 'fifo';
  /** Gives the value to keep. @throws InvalidAttributeValue, InvalidParameterValue */
  readonly read: (value: string, name: string, facts: RedriveFacts) => string;
}

const rules: Readonly<Record<string, AttributeRule>> = {
  DelaySeconds: { initial: '0', read: integer(0, 900) },
  MaximumMessageSize: { initial: String(sqsLimits.messageBytes), read: integer(1024, sqsLimits.messageBytes) },
  MessageRetentionPeriod: { initial: '345600', read: integer(60, 1_209_600) },
  ReceiveMessageWaitTimeSeconds: { initial: '0', read: integer(0, 20) },
  VisibilityTimeout: { initial: '30', read: integer(0, 43_200) },
  RedrivePolicy: { read: checkRedrivePolicy },
  RedriveAllowPolicy: { read: checkRedriveAllowPolicy },
  KmsMasterKeyId: { read: (value) => value },
  KmsDataKeyReusePeriodSeconds: { read: integer(60, 86_400) },
  SqsManagedSseEnabled: { initial: 'true', read: oneOf('true', 'false') },
  FifoQueue: { only: 'fifo', read: oneOf('true') },
  ContentBasedDeduplication: { initial: 'false', only: 'fifo', read: oneOf('true', 'false') },
  DeduplicationScope: { initial: 'queue', only: 'fifo', read: oneOf('queue', 'messageGroup') },
  FifoThroughputLimit: { initial: 'perQueue', only: 'fifo', read: oneOf('perQueue', 'perMessageGroupId') },
};

/** Attributes of high throughput: SQS says of these, but of no other, what a standard queue lacks. */
const throughput = new Set(['DeduplicationScope', 'FifoThroughputLimit']);
/** Attributes that an empty text takes away. */
const removable = new Set(['RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId']);

function integer(least: number, most: number): AttributeRule['read'] {
  return (value, name) => {
    const number = /^\d{1,7}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= least && number <= most)) throw invalidAttributeValue(name);
    return String(number);
  };
}

function oneOf(...values: readonly string[]): AttributeRule['read'] {
  return (value, name) => {
    const found = values.find((known) => known.toLowerCase() === value.toLowerCase());
    if (found === undefined) throw invalidAttributeValue(name);
    return found;
  };
}

/** What an attribute is where nobody set it; an empty text, which takes it away, where it is then not there. */
export function initialAttribute(name: string): string {
  return own(rules, name)?.initial ?? '';
}

/** Whether an attribute can be set by this name. The policy is checked by queue-policy.ts. */
export function isAttributeToSet(name: string): boolean {
  return name === 'Policy' || own(rules, name) !== undefined;
}

/**
 * The attributes of a queue after some are set.
 * @param asked without the policy
 * @throws InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue
 */
export function withAttributes(current: Attributes, asked: Attributes, facts: RedriveFacts): Record<string, string> {
  const kind = isFifoName(facts.queue.name) ? 'fifo' : 'standard';
  const attributes: Record<string, string> = { ...current };
  for (const [name, value] of Object.entries(asked)) {
    const rule = own(rules, name);
    if (rule !== undefined && rule.only === 'fifo' && kind === 'standard' && throughput.has(name)) {
      throw invalidAttributeName(`You can specify the ${name} only when FifoQueue is set to true.`);
    }
    if (rule === undefined || (rule.only === 'fifo' && kind === 'standard')) throw unknownAttribute(name);
    if (value === '' && removable.has(name)) delete attributes[name];
    else attributes[name] = rule.read(value, name, facts);
  }
  if (
    attributes['FifoThroughputLimit'] === 'perMessageGroupId' &&
    attributes['DeduplicationScope'] !== 'messageGroup'
  ) {
    throw invalidAttributeValue('FifoThroughputLimit');
  }
  return withEncryption(attributes, asked);
}

/** A queue is encrypted by a key of KMS or by one of SQS: the one that is asked for replaces the other. @throws InvalidAttributeName */
function withEncryption(attributes: Record<string, string>, asked: Attributes): Record<string, string> {
  const asksForKms = (asked['KmsMasterKeyId'] ?? '') !== '';
  const asksForSqs = asked['SqsManagedSseEnabled']?.toLowerCase() === 'true';
  if (asksForSqs && (asksForKms || (attributes['KmsMasterKeyId'] !== undefined && !('KmsMasterKeyId' in asked)))) {
    throw invalidAttributeName(
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
  }
  if (attributes['KmsMasterKeyId'] !== undefined) attributes['SqsManagedSseEnabled'] = 'false';
  return attributes;
}

/** An attribute as it is in force: as it was set, else its default; undefined where it has none. */
export function attributeOf(queue: Pick<QueueState, 'name' | 'attributes'>, name: string): string | undefined {
  const rule = own(rules, name);
  if (rule?.only === 'fifo' && !isFifoName(queue.name)) return undefined;
  if (name === 'KmsDataKeyReusePeriodSeconds' && queue.attributes['KmsMasterKeyId'] !== undefined) {
    return queue.attributes[name] ?? '300';
  }
  return own(queue.attributes, name) ?? rule?.initial;
}

/** An attribute that counts something. */
export function numberOf(queue: Pick<QueueState, 'name' | 'attributes'>, name: string): number {
  return Number(attributeOf(queue, name));
}

/** All attributes that are in force, but the policy. */
export function attributesInForce(queue: Pick<QueueState, 'name' | 'attributes'>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(rules).flatMap((name) => {
      const value = attributeOf(queue, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
