/**
 * How fast each sandbox may call: a token bucket by sandbox, kept in memory while it is not full. A call that asks for much takes several
 * tokens, of those to come where there are too few: it is answered, and the next ones have to wait.
 */
export class CallRate {
  readonly #perSecond: number;
  readonly #atOnce: number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(limits: { readonly perSecond: number; readonly atOnce: number }) {
    this.#perSecond = limits.perSecond;
    this.#atOnce = limits.atOnce;
  }

  /**
   * Takes a call's tokens.
   * @param now milliseconds of any clock that only goes forward
   * @param cost tokens, 1 or more
   * @returns whether there was one
   */
  take(sandboxId: string, now: number, cost = 1): boolean {
    const bucket = this.#buckets.get(sandboxId) ?? { tokens: this.#atOnce, at: now };
    const tokens = Math.min(this.#atOnce, bucket.tokens + ((now - bucket.at) / 1000) * this.#perSecond);
    // Taken out and put back: the sandboxes that called longest ago come first.
    this.#buckets.delete(sandboxId);
    this.#forget(now);
    this.#buckets.set(sandboxId, { tokens: tokens < 1 ? tokens : tokens - cost, at: now });
    return tokens >= 1;
  }

  /** Whether a call would be let through now; takes nothing. */
  has(sandboxId: string, now: number): boolean {
    const bucket = this.#buckets.get(sandboxId);
    return bucket === undefined || bucket.tokens + ((now - bucket.at) / 1000) * this.#perSecond >= 1;
  }

  /** Drops buckets that have filled up again: one that is not there is full. */
  #forget(now: number): void {
    const full = (this.#atOnce / this.#perSecond) * 1000;
    for (const [id, { at, tokens }] of this.#buckets) {
      if (now - at < full) return;
      // One that owes takes longer.
      if (tokens + ((now - at) / 1000) * this.#perSecond >= this.#atOnce) this.#buckets.delete(id);
    }
  }
}
