import type { Patch } from 'immer';
import type { World } from '../../cloud/world.ts';

/** An earlier state of a sandbox as it is gone back to: everything as it was, but the clock never goes backwards. */
export function rewound(now: World, earlier: World): World {
  return { ...earlier, clockOffset: Math.max(now.clockOffset, earlier.clockOffset) };
}

/** The patch that puts one state in the place of another. */
export function replacing(world: World): Patch[] {
  return [{ op: 'replace', path: [], value: world }];
}
