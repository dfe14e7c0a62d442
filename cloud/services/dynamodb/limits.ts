/** What one account may hold in Amazon DynamoDB, each with its reason. */

const KiB = 1024;
const MiB = 1024 * KiB;

export const dynamoDbLimits = {
  /** Tables of one account and region. AWS's quota is 2,500; each stands in the state. */
  tablesPerRegion: 100,
  /** Items of one table: what a scan walks over. AWS has no quota. */
  itemsPerTable: 5000,
  /** Characters of all items of an account as they are stored: they stand in the state. */
  itemTextPerAccount: 2 * MiB,
  /** Transactions whose tokens are remembered; the oldest are forgotten before their ten minutes. */
  rememberedTransactions: 100,
  /** AWS's own (Amazon DynamoDB Developer Guide, "Quotas in Amazon DynamoDB"), all that follows. */
  itemBytes: 400 * KiB,
  partitionKeyBytes: 2048,
  sortKeyBytes: 1024,
  nesting: 32,
  expressionBytes: 4 * KiB,
  operators: 300,
  /** Of what one Query or Scan reads. */
  pageBytes: MiB,
  batchGets: 100,
  batchWrites: 25,
  transactionItems: 100,
  transactionBytes: 4 * MiB,
  localIndexes: 5,
  globalIndexes: 20,
  tagsPerTable: 50,
  policyBytes: 20 * KiB,
} as const;
