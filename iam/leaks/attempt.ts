/** One idea of how to get round a Deny, before it is known whether it works. */
import type { AnyRequest } from '../model.ts';
import type { Statement } from '../policy.ts';

export type LeakKind =
  /** Another action does the same, and the Deny does not list it. */
  | 'sibling-action'
  /** The Deny names the resource in a form in which the action is not asked, or not always. */
  | 'other-form'
  /** The condition is on a key that a request can lack. */
  | 'absent-key'
  /** Another condition key says the same, and the Deny does not ask for it. */
  | 'other-key'
  /** The condition is on the region, and the service has one for all. */
  | 'global-service'
  /** Who is denied may take the Deny away. */
  | 'removable';

export interface Attempt {
  readonly kind: LeakKind;
  /** The requests to look among for one that is allowed. */
  readonly among: Statement;
  /** The request that the Deny stops, made of the one that gets the same. Undefined: it stops none of the sort. */
  readonly deniedLike: ((wayRound: AnyRequest) => AnyRequest) | undefined;
  /** Why it gets the same, in one sentence. */
  readonly because: string;
  /** What must be so besides, where it is not the policies' matter. */
  readonly provided?: string;
  /** The page of AWS that says so. */
  readonly source: string;
}
