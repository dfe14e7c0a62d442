/** How fast each sandbox may call: a token bucket by sandbox, kept in memory while it is not full. */
export class CallRate {
  readonly #perSecond: number;
  readonly #atOnce: number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(limits: { readonly perSecond: number; readonly atOnce: number }) {
    this.#perSecond = limits.perSecond;
    this.#atOnce = limits.atOnce;
  }

  /**
   * Takes one call's token.
   * @param now milliseconds of any clock that only goes forward
   * @returns whether there was one
   */
  take(sandboxId: string, now: number): boolean {
    const bucket = this.#buckets.get(sandboxId) ?? { tokens: this.#atOnce, at: now };
    const tokens = Math.min(this.#atOnce, bucket.tokens + ((now - bucket.at) / 1000) * this.#perSecond);
    // Taken out and put back: the sandboxes that called longest ago come first.
    this.#buckets.delete(sandboxId);
    this.#forget(now);
    this.#buckets.set(sandboxId, { tokens: tokens < 1 ? tokens : tokens - 1, at: now });
    return tokens >= 1;
  }

  /** Drops buckets that have filled up again: one that is not there is full. */
  #forget(now: number): void {
    const full = (this.#atOnce / this.#perSecond) * 1000;
    for (const [id, { at }] of this.#buckets) {
      if (now - at < full) return;
      this.#buckets.delete(id);
    }
  }
}
