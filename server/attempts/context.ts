import type { Cloud } from '../../cloud/perform.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type ContentStore, contentStore } from '../catalogue/store.ts';
import { type Live, localLive } from '../live/live.ts';
import type { Platform } from '../platform.ts';
import { Reserve } from '../reserve/reserve.ts';
import { ReserveStore } from '../reserve/store.ts';
import type { Sandboxes } from '../sandboxes/sandbox.ts';
import { type AttemptStore, attemptStore } from './store.ts';
import { localTurns, type Turns } from './turns.ts';

/** What the use cases of the attempts work with. */
export interface AttemptsContext {
  readonly store: AttemptStore;
  readonly catalogue: Catalogue;
  readonly contents: ContentStore;
  readonly sandboxes: Sandboxes;
  /** Start states made ahead. */
  readonly reserve: Reserve;
  readonly cloud: Cloud;
  readonly live: Live;
  readonly turns: Turns;
  /** What a client of a sandbox is given as its endpoint. */
  readonly endpoint: string;
}

/** The attempts of one process on a platform. */
export function attemptsOn(
  { cloud, config, database, log, sandboxes }: Platform,
  catalogue: Catalogue,
): AttemptsContext {
  return {
    store: attemptStore(database),
    catalogue,
    contents: contentStore(database),
    sandboxes,
    reserve: new Reserve({
      wanted: config.reserve,
      catalogue,
      cloud,
      sandboxes,
      store: new ReserveStore(database),
      log,
    }),
    cloud,
    live: localLive(),
    turns: localTurns(),
    endpoint: config.gatewayUrl,
  };
}
