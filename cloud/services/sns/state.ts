/** The topics of an account in all regions, and the subscriptions to them, whoever's they are. */
export interface SnsState {
  /** By region and name (`topicKey`). */
  readonly topics: Readonly<Record<string, TopicState>>;
  /** By the last part of their ARN, a UUID. */
  readonly subscriptions: Readonly<Record<string, SubscriptionState>>;
}

/** What a new account has; one object for all of them. */
export const emptySnsState: SnsState = { topics: {}, subscriptions: {} };

export interface TopicState {
  readonly name: string;
  readonly region: string;
  /** What was set; the policy stands apart. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The topic policy; its principals stand as unique ids. Where absent, the one that every topic begins with. */
  readonly policy?: string;
  /** By `stateKey`. */
  readonly tags: Readonly<Record<string, string>>;
  /** How many subscriptions there were and are no more. */
  readonly deletedSubscriptions: number;
  /** Of a FIFO topic: what was published in the last five minutes, oldest first. */
  readonly published: readonly PublishedState[];
  /** How many messages a FIFO topic has numbered. */
  readonly numbered: number;
}

export interface PublishedState {
  readonly deduplicationId: string;
  readonly groupId: string;
  readonly messageId: string;
  readonly sequenceNumber: string;
  /** Epoch milliseconds. */
  readonly publishedAt: number;
}

export interface SubscriptionState {
  readonly id: string;
  readonly topicName: string;
  readonly region: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** The account that subscribed. */
  readonly ownerId: string;
  /** ARN of who subscribed. */
  readonly principal: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly createdAt: number;
  /** What it is confirmed with, in hex; absent where there was nothing to confirm. */
  readonly token?: string;
  readonly isConfirmed: boolean;
  /** Whether it was confirmed by a signed request that asked for it, or needed none: nobody then ends it without a signature. */
  readonly isAuthenticated: boolean;
}
