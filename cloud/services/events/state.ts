/** The event buses, rules and targets of an account, in all regions. */
export interface EventsState {
  /** By region and name (`busKey`). The bus `default` of a region is among them once something was said of it. */
  readonly buses: Readonly<Record<string, BusState>>;
  /** By region, bus and name (`ruleKey`). */
  readonly rules: Readonly<Record<string, RuleState>>;
  /** Calls that rules are interested in, on their way to the default bus, by the event's id. */
  readonly arriving: Readonly<Record<string, ArrivingEvent>>;
}

/** What a new account has; one object for all of them. */
export const emptyEventsState: EventsState = { buses: {}, rules: {}, arriving: {} };

export interface BusState {
  readonly name: string;
  readonly region: string;
  /** Resource policy, as a document. */
  readonly policy?: string;
  readonly description?: string;
  readonly kmsKey?: string;
  readonly deadLetterArn?: string;
  /** By the state's keys for their names. */
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export type RuleMode = 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

export interface RuleState {
  readonly name: string;
  readonly bus: string;
  readonly region: string;
  /** JSON text. */
  readonly pattern?: string;
  readonly schedule?: string;
  readonly mode: RuleMode;
  readonly description?: string;
  readonly roleArn?: string;
  readonly createdBy: string;
  /** By the state's keys for their names. */
  readonly tags: Readonly<Record<string, string>>;
  /** By their ids, under `stateKey`. */
  readonly targets: Readonly<Record<string, TargetState>>;
  /** What a rate counts from. */
  readonly anchor: number;
  /** Of a schedule the next time; absent where none comes any more. */
  readonly nextAt?: number;
}

export interface TargetState {
  readonly id: string;
  readonly arn: string;
  readonly roleArn?: string;
  /** What the target gets in place of the event: a constant, a part of it, or a text made of parts of it. */
  readonly input?:
    | { readonly kind: 'constant'; readonly text: string }
    | { readonly kind: 'path'; readonly path: string }
    | { readonly kind: 'template'; readonly paths: Readonly<Record<string, string>>; readonly template: string };
  /** Of a FIFO queue. */
  readonly messageGroupId?: string;
  readonly deadLetterArn?: string;
  readonly retries?: { readonly attempts?: number; readonly seconds?: number };
}

export interface ArrivingEvent {
  readonly id: string;
  readonly region: string;
  /** JSON text. */
  readonly event: string;
  readonly dueAt: number;
}
