/** What an analysis holds fixed: whose requests it is about, and which condition keys follow from the caller or from the resource. */
import type { Subject } from '../statement.ts';
import type { KeyValue } from './key-values.ts';
import type { Who } from './known-keys.ts';
import type { Pattern } from './language.ts';

/**
 * `open`: whatever AWS could send. `of-caller`: fixed for each subject. `of-resource`: it goes with the resource, and makes classes of
 * resources rather than of values.
 */
export type Standing = 'open' | 'of-caller' | 'of-resource';

export interface Frame {
  readonly who: Who;
  /** One of the callers, by speaker. */
  readonly subjects: readonly Subject[];
  standing(key: string): Standing;
  /** Of a key that is `of-caller`. */
  valueOf(key: string, speaker: number): KeyValue;
  /** What is told of the resources of a service's actions by their ARNs, besides what policies tell. */
  resourcePatterns(service: string): readonly Pattern[];
  /** What an ARN settles about its resource, for the actions of a service. */
  settledBy(arn: string, service: string): SettledResource;
  /** Every value that `settledBy` can give the key. */
  settledValues(key: string): readonly string[];
}

export interface SettledResource {
  /** The owner; undefined where its account may be any. */
  readonly accountId: string | undefined;
  /** Values of keys that are `of-resource`, by speaker. A key that is not here may hold whatever AWS could send. */
  readonly values: readonly KnownValues[];
  /** Resources of different zones are never one class. */
  readonly zone: string;
}

export interface KnownValues {
  has(key: string): boolean;
  get(key: string): KeyValue;
}
