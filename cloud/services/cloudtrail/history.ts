/** All calls that an account is told of: those that were made in the sandbox, and those planted as its history. */
import { newestFirst, type PastCall, type RecallQuery, recordFor } from '../../ledger/past-call.ts';
import { recalling, type Step, seeing } from '../../process.ts';

/** Newest first, as `recalling` has them: at least `query.atMost` where there are that many. */
export function* pastCalls(accountId: string, query: RecallQuery): Generator<Step, readonly PastCall[], unknown> {
  const isTold = (call: PastCall) => recordFor(call, accountId) !== undefined && query.matches(call);
  const world = yield* seeing();
  const planted = Object.values(world.accounts)
    .flatMap(({ cloudtrail }) => cloudtrail.history)
    .filter((call) => call.at >= query.since && call.at <= query.until && isTold(call));
  const made = yield* recalling({ ...query, matches: isTold });
  return [...planted, ...made].sort(newestFirst);
}
