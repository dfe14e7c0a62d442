/** The queues of an account, in all regions. */
export interface SqsState {
  /** By region and name (`queueKey`). */
  readonly queues: Readonly<Record<string, QueueState>>;
  /** When queues were deleted, epoch milliseconds, by the same key: for a minute nobody gets their name. */
  readonly deleted: Readonly<Record<string, number>>;
}

/** What a new account has; one object for all of them. */
export const emptySqsState: SqsState = { queues: {}, deleted: {} };

export interface QueueState {
  readonly name: string;
  readonly region: string;
  /** Ties receipt handles to this queue, also where another has had its name: 16 hex digits. */
  readonly id: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** What was set, as it is shown; what was not has its default (attributes.ts). The policy stands apart. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The queue policy; its principals stand as unique ids. */
  readonly policy?: string;
  /** By `stateKey`. */
  readonly tags: Readonly<Record<string, string>>;
  /** In the order in which they came. */
  readonly messages: readonly MessageState[];
  /** Of a FIFO queue: what was sent in the last five minutes, oldest first. */
  readonly sent: readonly SentState[];
  /** How many messages a FIFO queue has numbered. */
  readonly numbered: number;
  readonly purgedAt?: number;
}

/** What a message is encrypted under; the queue is the one that it was sent to. */
export type MessageSealState =
  | { readonly kind: 'customer'; readonly keyArn: string; readonly ciphertext: string; readonly queueArn: string }
  | { readonly kind: 'managed'; readonly accountId: string };

export interface MessageState {
  readonly id: string;
  readonly body: string;
  readonly attributes: readonly MessageAttributeState[];
  readonly traceHeader?: string;
  /** Unique id of who sent it: `AIDA…`, `AROA…:session`, an account's id. */
  readonly senderId: string;
  /** Epoch milliseconds. A message that moves to a dead-letter queue keeps it. */
  readonly sentAt: number;
  /** Seconds; absent in a FIFO queue, whose own delay is always the present one. */
  readonly delay?: number;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sequenceNumber?: string;
  /** ARN of the queue that gave it up. */
  readonly deadLetterSource?: string;
  /** Absent where no key of KMS protects it. */
  readonly seal?: MessageSealState;
  /** How often this queue has handed it out. */
  readonly receives: number;
  /** How often the queues before this one have. */
  readonly receivesBefore: number;
  readonly firstReceivedAt?: number;
  /** The last time that it was handed out: absent until it was. */
  readonly receipt?: {
    /** What the handle of that time holds and no earlier one: 16 hex digits. */
    readonly secret: string;
    readonly receivedAt: number;
    /** When others see the message again. */
    readonly visibleAt: number;
  };
}

export interface MessageAttributeState {
  readonly name: string;
  readonly type: string;
  readonly text?: string;
  /** Base64. */
  readonly binary?: string;
}

export interface SentState {
  readonly deduplicationId: string;
  readonly groupId: string;
  readonly messageId: string;
  readonly sequenceNumber: string;
  readonly sentAt: number;
}
