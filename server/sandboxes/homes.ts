/**
 * Which process a sandbox lives in. It lives in one at a time, its home, by a lease; the journal's key (sandbox, sequence
 * number) lets a home that has lost the lease find out at its next write.
 */

/** The leases, as the sandboxes of a process ask for them. */
export interface Homes {
  /** Makes this process the home, before the state is loaded. */
  moveIn(sandboxId: string): Promise<void>;
  /** Gives the lease back, after the state has left memory with all of it stored. */
  moveOut(sandboxId: string): Promise<void>;
}

/** One process, which is everyone's home. */
export const soleHome: Homes = {
  moveIn: () => Promise.resolve(),
  moveOut: () => Promise.resolve(),
};
