/** What one caller may do through all layers together, compared for all requests. */
import type { AnyCaller, AnyRequest, ApplicablePolicies, Organization, Tags } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { KnownActions } from './actions.ts';
import type { Comparison } from './compare.ts';

/** What one caller may do, all layers together. */
export interface Access {
  readonly caller: AnyCaller;
  /** Layers that speak whatever the resource is. */
  readonly policies: Pick<ApplicablePolicies, 'identity' | 'boundary' | 'session' | 'serviceControl' | 'vpcEndpoint'>;
  /** Resources that have layers of their own, the first that covers an ARN counts. What none covers has none, and belongs to the account in its ARN, else to the caller's. */
  readonly resources: readonly ProtectedResource[];
  readonly organization?: Organization;
}

/** Resources with policies, lists or tags of their own. */
export interface ProtectedResource {
  /** As in a Resource element, without variables: `arn:aws:s3:::archive` and `arn:aws:s3:::archive/*` for a bucket; a role's own ARN. */
  readonly arns: readonly string[];
  readonly accountId: string;
  readonly policies: Pick<ApplicablePolicies, 'resource' | 'resourceControl' | 'grants' | 'acl' | 'publicAccessBlocks'>;
  /** `aws:ResourceTag/…`; where absent they are keys as any other. */
  readonly tags?: Tags;
}

/** An upper or lower bound: the requests that these statements allow by themselves, whoever asks. */
export interface Bound {
  readonly bound: readonly Policy[];
}

/** Keys that requests bring with them, as far as they are settled. Those that follow from the caller and the resource are so anyway. */
export interface HeldKeys {
  /** Keys that hold these values, also in place of one that follows from the caller. */
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  /** Keys that may hold whatever AWS could send. Every other key is absent; `all`: none is. */
  readonly open: 'all' | readonly string[];
}

export interface AccessComparisonOptions {
  /** The actions of AWS, for real names, resource types and keys. Without it every name is possible. */
  readonly actions?: KnownActions;
  /** Every key is open where absent. */
  readonly keys?: HeldKeys;
  /** How many boxes, and how many states of one automaton, are looked at before the answer is `unknown`. 20,000 where absent. */
  readonly budget?: number;
  /** Told of each request that the engine answers otherwise than its class: keys that contradict each other, or a bug. */
  readonly onUnreplayed?: (request: AnyRequest) => void;
}

/** One of them, or several: then a request is allowed where one of them allows it. */
export type Side = Access | Bound | readonly (Access | Bound)[];

/**
 * Compares what two sides allow, for all requests. Total. A witness is a request of its side's caller, decided with all its layers
 * before it is returned; the other side is asked for the same request by its own caller.
 */
export function compareAccess(_a: Side, _b: Side, _options: AccessComparisonOptions = {}): Comparison {
  return { aInB: 'unknown', bInA: 'unknown', disjoint: 'unknown' };
}
