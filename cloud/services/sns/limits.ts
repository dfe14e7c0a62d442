/** What one account may hold in Amazon SNS, each with its reason. */

const KiB = 1024;

export const snsLimits = {
  /** Topics of one account. AWS's own quota is 100,000. */
  topicsPerAccount: 200,
  /** Subscriptions to the topics of one account: each message goes to all of a topic. AWS's own quota is 12,500,000 a topic. */
  subscriptionsPerAccount: 500,
  /** What a FIFO topic remembers of published messages; the oldest are forgotten before their five minutes. */
  publishedPerTopic: 1000,
  /** Bytes of one attribute of a topic or a subscription: they stand in the state. AWS's own for a filter policy. */
  attributeBytes: 256 * KiB,
  /** Bytes of all attributes of an account, which would else outgrow the sandbox. */
  attributeBytesPerAccount: 1024 * KiB,
  /** AWS's own: bytes of a message, and of a batch (Publish). */
  messageBytes: 256 * KiB,
  /** AWS's own (Amazon SNS Developer Guide, "Policy quotas"). */
  policyBytes: 30 * KiB,
  policyStatements: 100,
  /** AWS's own (TagResource). */
  tagsPerTopic: 50,
} as const;
