import type { PastCall } from '../../ledger/past-call.ts';

/** The trails of an account, and what was called in it before the sandbox began. */
export interface CloudTrailState {
  /** By home region and name (`trailKey`). */
  readonly trails: Readonly<Record<string, TrailState>>;
  /** Planted by the sandbox's author: views show it together with the calls that were made. */
  readonly history: readonly PastCall[];
}

/** What a new account has; one object for all of them. */
export const emptyCloudTrailState: CloudTrailState = { trails: {}, history: [] };

export interface TrailState {
  readonly name: string;
  readonly homeRegion: string;
  readonly bucket: string;
  readonly keyPrefix?: string;
  readonly includesGlobalEvents: boolean;
  readonly isMultiRegion: boolean;
  readonly validatesFiles: boolean;
  readonly isLogging: boolean;
  readonly startedAt?: number;
  readonly stoppedAt?: number;
  readonly selectors: TrailSelectors;
  /** In the order in which they were set. */
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly delivery: DeliveryState;
}

/** What a trail records: basic or advanced selectors, never both. */
export type TrailSelectors =
  | { readonly kind: 'basic'; readonly selectors: readonly BasicSelector[] }
  | { readonly kind: 'advanced'; readonly selectors: readonly AdvancedSelector[] };

export interface BasicSelector {
  readonly readWriteType: 'All' | 'ReadOnly' | 'WriteOnly';
  readonly includesManagementEvents: boolean;
  readonly dataResources: readonly { readonly type: string; readonly values: readonly string[] }[];
  readonly excludedSources: readonly string[];
}

export interface AdvancedSelector {
  readonly name?: string;
  /** All must hold. */
  readonly fields: readonly FieldSelector[];
}

/** By the names of the API: `Equals`, `NotStartsWith` … */
export interface FieldSelector {
  readonly field: string;
  readonly operators: Readonly<Record<string, readonly string[]>>;
}

/** How far a trail's log files are. Times on the sandbox's clock. */
export interface DeliveryState {
  /** The calls up to then are delivered, or were not recorded. */
  readonly until: number;
  /** Deliveries on end that found nothing. */
  readonly idle: number;
  readonly lastAt?: number;
  readonly attemptedAt?: number;
  /** The code of S3's refusal; absent where the last attempt went well. */
  readonly error?: string;
}
