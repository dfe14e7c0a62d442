/**
 * Start states of sandboxes, made ahead. One belongs to a learner only from the claim on: its clocks start then, and nothing leads
 * to it before. Filled in the background, a call at a time and with rests, so that nobody who works has to wait for it.
 */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Cloud } from '../../cloud/perform.ts';
import type { World } from '../../cloud/world.ts';
import type { Variables } from '../../grading/index.ts';
import { prepareStart, startedAt } from '../../grading/prepared-start.ts';
import { drawLearner } from '../attempts/draw-learner.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Content } from '../catalogue/content.ts';
import type { Sandboxes } from '../sandboxes/sandbox.ts';
import { reserveLimits } from './limits.ts';
import type { ReserveStore } from './store.ts';
import type { WantedReserve } from './wanted.ts';

const MINUTE = 60_000;

export interface ReserveParts {
  readonly wanted: WantedReserve;
  readonly catalogue: Pick<Catalogue, 'content' | 'list'>;
  readonly cloud: Cloud;
  readonly sandboxes: Pick<Sandboxes, 'drawAccountId' | 'keepBlobs'>;
  readonly store: ReserveStore;
  readonly log: Logger;
}

/** A start state as a new attempt takes it. */
export interface ReadyStart {
  readonly world: World;
  readonly variables: Variables;
  /** Bodies that the state names and that are not kept yet. */
  readonly newBlobs: ReadonlyMap<string, Uint8Array>;
}

/** The reserve, as a process fills it and takes from it. */
export class Reserve {
  readonly #parts: ReserveParts;
  /** Contents whose start states cannot be made ahead: said once, and not tried again. */
  readonly #unfit = new Set<string>();
  readonly #closing = new AbortController();
  #filling: Promise<void> | undefined;
  #isWanting = false;
  /** On the process's own clock, milliseconds. */
  #claimedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: ReserveParts) {
    this.#parts = parts;
  }

  /** Takes one that was made of just this content; undefined where there is none. Another is made in its place. */
  async claim({ digest, challengeId }: Content, realNow: number): Promise<ReadyStart | undefined> {
    if (!this.#isKept(challengeId)) return undefined;
    const reserved = await this.#parts.store.take(digest);
    this.#fillSoon();
    if (reserved === undefined) return undefined;
    this.#claimedAt = performance.now();
    return { world: startedAt(reserved.start, realNow), variables: reserved.variables, newBlobs: new Map() };
  }

  /** Begins to fill, and goes on until it is closed. */
  open(): void {
    const { wanted, catalogue, log } = this.#parts;
    for (const challenge of Object.keys(wanted.challenges).filter((id) => catalogue.content(id) === undefined))
      log.warn({ challenge }, 'RESERVE names a challenge that is not there');
    this.#timer = setInterval(() => this.#fillSoon(), reserveLimits.lookEvery).unref();
    this.#fillSoon();
  }

  /** Resolves when nothing is under way any more. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#timer);
    await this.#filling;
  }

  #isKept(challengeId: string): boolean {
    const { popular, challenges } = this.#parts.wanted;
    return popular > 0 || Object.hasOwn(challenges, challengeId);
  }

  #fillSoon(): void {
    if (this.#closing.signal.aborted) return;
    this.#isWanting = true;
    this.#filling ??= this.#fill()
      .catch((error: unknown) => this.#parts.log.error({ err: error }, 'The reserve cannot be filled'))
      .finally(() => {
        this.#filling = undefined;
      });
  }

  async #fill(): Promise<void> {
    const { store, catalogue } = this.#parts;
    while (this.#isWanting && !this.#closing.signal.aborted) {
      this.#isWanting = false;
      const now = Date.now();
      const current = catalogue.list().flatMap(({ id }) => catalogue.content(id)?.digest ?? []);
      await store.drop(
        new Date(now - reserveLimits.hoursKept * 60 * MINUTE),
        new Date(now - reserveLimits.minutesOfOtherContent * MINUTE),
        current,
      );
      for (const [content, count] of await this.#lacking()) {
        for (let made = 0; made < count && !this.#closing.signal.aborted; made += 1) {
          await this.#quiet();
          const began = performance.now();
          if (!(await this.#make(content))) break;
          await this.#rest((performance.now() - began) * reserveLimits.restTimes);
        }
      }
    }
  }

  /** How many are to be made of which content. */
  async #lacking(): Promise<readonly (readonly [Content, number])[]> {
    const { wanted, store, catalogue } = this.#parts;
    const since = new Date(Date.now() - reserveLimits.popularDays * 24 * 60 * MINUTE);
    const popular = wanted.popular > 0 ? await store.popular(since, reserveLimits.popularChallenges) : [];
    const byChallenge = { ...Object.fromEntries(popular.map((id) => [id, wanted.popular])), ...wanted.challenges };
    const counts = await store.counts();
    let room = reserveLimits.inAll - [...counts.values()].reduce((sum, count) => sum + count, 0);
    const lacking: [Content, number][] = [];
    for (const [challengeId, count] of Object.entries(byChallenge)) {
      const content = catalogue.content(challengeId);
      if (content === undefined || this.#unfit.has(content.digest)) continue;
      const making = Math.min(room, count - (counts.get(content.digest) ?? 0));
      if (making <= 0) continue;
      lacking.push([content, making]);
      room -= making;
    }
    return lacking;
  }

  /** Makes one; false where it cannot be. */
  async #make(content: Content): Promise<boolean> {
    const { cloud, sandboxes, store, log } = this.#parts;
    const { challenge, challengeId, digest } = content;
    const learner = await drawLearner({ cloud, sandboxes }, challenge);
    const prepared = await prepareStart(challenge, learner, { cloud, realNow: Date.now() }, giveWay).catch(
      (error: unknown) => {
        log.error({ err: error, challenge: challengeId }, 'A start state cannot be made');
        return undefined;
      },
    );
    if (prepared === undefined) {
      this.#unfit.add(digest);
      log.warn({ challenge: challengeId }, 'Sandboxes of this challenge cannot be kept in reserve');
      return false;
    }
    await sandboxes.keepBlobs(prepared.newBlobs);
    await store.add(
      randomUUID(),
      { challengeId, contentDigest: digest },
      { start: prepared.start, variables: prepared.variables },
    );
    return true;
  }

  /** Resolves when nobody has claimed one for a while. */
  async #quiet(): Promise<void> {
    for (;;) {
      const left = this.#claimedAt + reserveLimits.restAfterClaim - performance.now();
      if (left <= 0 || this.#closing.signal.aborted) return;
      await this.#rest(left);
    }
  }

  #rest(milliseconds: number): Promise<void> {
    const { signal } = this.#closing;
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done);
    });
  }
}

/** Lets everything that waits on the event loop go first. */
function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
