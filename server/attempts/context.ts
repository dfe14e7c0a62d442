import type { Cloud } from '../../cloud/perform.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ContentStore } from '../catalogue/store.ts';
import type { Live } from '../live/live.ts';
import type { Sandboxes } from '../sandboxes/sandbox.ts';
import type { AttemptStore } from './store.ts';
import type { Turns } from './turns.ts';

/** What the use cases of the attempts work with. */
export interface AttemptsContext {
  readonly store: AttemptStore;
  readonly catalogue: Catalogue;
  readonly contents: ContentStore;
  readonly sandboxes: Sandboxes;
  readonly cloud: Cloud;
  readonly live: Live;
  readonly turns: Turns;
  /** What a client of a sandbox is given as its endpoint. */
  readonly endpoint: string;
}
