/** Services that take an interest in calls that were made, by whomever: EventBridge's rules on what CloudTrail records. */
import type { AccountDraft } from './call.ts';
import type { PastCall } from './ledger/past-call.ts';
import type { World } from './world.ts';

/** What a service keeps of a call. */
export interface Heard {
  readonly accountId: string;
  /** Notes in the account what is to be done; the service does it by its clockwork. */
  readonly keep: (account: AccountDraft) => void;
}

export interface CallListener {
  /** Whether a call of this operation (`GetUser`) may be of interest. Quick: it is asked of every call. */
  readonly hears: (world: World, operation: string) => boolean;
  /** What is kept of a call that has ended, allowed or denied. So also a call that only reads may change the sandbox. */
  readonly heard: (world: World, call: PastCall) => readonly Heard[];
}
