/**
 * Times of several ways to do the same, taken by turns. Counted is the time that this process has on the processors, its collections and
 * its compiler included: on a machine where others are busy the clock on the wall tells more of them than of us.
 */

/** Does `calls` calls one after another. Asynchronous work is awaited, as its public call asks. */
export interface Contender {
  readonly calls: number;
  readonly pass: () => void | Promise<void>;
}

/** Milliseconds that this process has had on the processors. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** To ask for the time costs as much as a decision or two: it is asked for once in so many calls, or once a pass where that has more. */
const CALLS_BETWEEN = 256;

/** Runs whole passes until the time is over, at least one; answers nanoseconds a call. */
async function timed({ calls, pass }: Contender, milliseconds: number): Promise<number> {
  const atOnce = Math.ceil(CALLS_BETWEEN / calls);
  const start = processorTime();
  let passes = 0;
  let elapsed = 0;
  while (elapsed < milliseconds) {
    for (let n = 0; n < atOnce; n += 1) {
      const running = pass();
      if (running !== undefined) await running;
    }
    passes += atOnce;
    elapsed = processorTime() - start;
  }
  return (elapsed * 1e6) / (passes * calls);
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Nanoseconds a call of each contender, medians over the rounds. */
export async function byTurns(
  contenders: readonly Contender[],
  { rounds, milliseconds }: { readonly rounds: number; readonly milliseconds: number },
): Promise<readonly number[]> {
  const times = contenders.map((): number[] => []);
  for (const contender of contenders) await timed(contender, milliseconds);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, contender] of contenders.entries()) times[at]?.push(await timed(contender, milliseconds));
  }
  return times.map(median);
}
