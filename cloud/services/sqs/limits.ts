/** What one account may hold in Amazon SQS, each with its reason. */

const KiB = 1024;
const MiB = 1024 * KiB;

export const sqsLimits = {
  /** Queues of one account. AWS has no quota; each stands in the state. */
  queuesPerAccount: 200,
  /** Messages of one queue: what receives walk over. AWS has no quota, but 120,000 of them in flight. */
  messagesPerQueue: 1000,
  /** Bytes of all bodies and attributes of an account: they stand in the state. At least what one message may have. */
  messageBytesPerAccount: 2 * MiB,
  /** What a FIFO queue remembers of sent messages; the oldest are forgotten before their five minutes. */
  sentPerQueue: 1000,
  /** AWS's own: bytes of a message, and of a batch (Amazon SQS Developer Guide, "Amazon SQS message quotas"). */
  messageBytes: MiB,
  /** AWS's own (Amazon SQS Developer Guide, "Amazon SQS policy quotas"). */
  policyBytes: 8 * KiB,
  policyStatements: 20,
  actionsPerPermission: 7,
  /** AWS's own. */
  attributesPerMessage: 10,
  tagsPerQueue: 50,
} as const;
