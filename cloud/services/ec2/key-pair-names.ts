import type { KeyPairState, RegionState } from './state.ts';

/** A key pair by its name, which no other of the region has. */
export function keyPairNamed(state: Pick<RegionState, 'keyPairs'>, name: string): KeyPairState | undefined {
  return Object.values(state.keyPairs).find((pair) => pair.name === name);
}
