/** What a service does when time passes, as it tells it to the drivers of the clock (cloud/time.ts). */
import type { Hashes, Random } from './call.ts';
import type { ManagedPolicyCatalogue } from './managed-policies.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

/** A moment at which something is due. All times are epoch milliseconds. */
export interface Tick {
  /** The sandbox's clock: the moment that was due, or later where many were missed. */
  readonly now: number;
  readonly realNow: number;
  readonly random: Random;
  readonly hashes: Hashes;
  readonly managedPolicies: ManagedPolicyCatalogue;
  /** The sandbox as it was before. */
  readonly world: World;
}

/** A service's work that falls due. What only compares times where it is read (a message that is visible again) is none. */
export interface Clockwork {
  /** When something is due next, on the sandbox's clock; undefined where nothing will be. Quick: it is asked before every call. */
  readonly nextDue: (world: World) => number | undefined;
  /**
   * Does all that is due at `tick.now` or before, as if it were done in time: what was missed often is done once. Afterwards
   * `nextDue` is later than `tick.now`. Change the state before `running` code, or the work is begun again meanwhile.
   */
  readonly tick: (tick: Tick) => Process<void>;
}
