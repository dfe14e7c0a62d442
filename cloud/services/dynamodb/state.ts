/** The tables of an account, in all regions. */
export interface DynamoDbState {
  /** By region and name (`tableKey`). */
  readonly tables: Readonly<Record<string, TableState>>;
  /** Transactions of the last ten minutes that came with a token, oldest first. */
  readonly transactions: readonly TransactionState[];
}

/** What a new account has; one object for all of them. */
export const emptyDynamoDbState: DynamoDbState = { tables: {}, transactions: [] };

export type KeyType = 'S' | 'N' | 'B';

/** The key of a table or an index, by names of attributes. */
export interface KeySchema {
  readonly partition: string;
  readonly sort?: string;
}

export interface Throughput {
  readonly read: number;
  readonly write: number;
}

export interface IndexState {
  readonly name: string;
  readonly keys: KeySchema;
  readonly projection: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  /** Of `INCLUDE`: what it holds besides the keys. */
  readonly included: readonly string[];
  /** Of a global index of a provisioned table. */
  readonly throughput?: Throughput;
}

export interface TableState {
  readonly name: string;
  readonly region: string;
  /** A UUID. */
  readonly id: string;
  readonly createdAt: number;
  /** In the order in which they were given. */
  readonly attributes: readonly { readonly name: string; readonly type: KeyType }[];
  readonly keys: KeySchema;
  readonly localIndexes: readonly IndexState[];
  readonly globalIndexes: readonly IndexState[];
  readonly billing: 'PROVISIONED' | 'PAY_PER_REQUEST';
  /** When the table was last set to pay by request. */
  readonly payPerRequestAt?: number;
  readonly throughput: Throughput;
  readonly tableClass?: string;
  readonly isProtected: boolean;
  readonly stream?: { readonly viewType: string; readonly label: string };
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  /** The resource policy; its principals stand as unique ids. */
  readonly policy?: { readonly text: string; readonly revision: string };
  /** The attribute that says when an item ends. */
  readonly timeToLive?: string;
  /** Point-in-time recovery: since when, and for how many days. */
  readonly recovery?: { readonly since: number; readonly days: number };
  /** Items as `writeItem` gives them, by `itemKey`. */
  readonly items: Readonly<Record<string, string>>;
}

export interface TransactionState {
  readonly token: string;
  /** SHA-256 of what was asked, hex. */
  readonly digest: string;
  readonly at: number;
}
