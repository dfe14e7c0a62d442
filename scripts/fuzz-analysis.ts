// Holds comparisons against drawn requests: npm run fuzz:analysis [requests] [seed]. 100,000 without arguments.
import { holdAgainstRequests } from '../iam/analyse/testing/hold.ts';
import { holdAccessAgainstRequests } from '../iam/analyse/testing/hold-access.ts';

const PAIRS = 40;
const REQUESTS_EACH = 500;
const [wanted = '100000', from = String(Date.now() % 1_000_000_000)] = process.argv.slice(2);
const requests = Number(wanted);
const first = Number(from);
if (!Number.isSafeInteger(requests) || requests < 1 || !Number.isSafeInteger(first)) {
  console.error('usage: npm run fuzz:analysis -- [requests] [seed]');
  process.exit(2);
}

/** Pairs of identity policies, and of callers before what has lists, blocks or grants beside its policy. */
const kinds = { policies: holdAgainstRequests, access: holdAccessAgainstRequests };

for (let done = 0, seed = first; done < requests; seed++) {
  for (const [kind, hold] of Object.entries(kinds)) {
    const held = hold(seed, PAIRS, REQUESTS_EACH);
    const [contradiction] = held.contradictions;
    if (contradiction !== undefined) {
      console.error(JSON.stringify(contradiction, undefined, 2));
      console.error(`again by: npm run fuzz:analysis -- 1 ${seed}`);
      process.exit(1);
    }
    done += held.requests;
    console.log(
      `${done} requests, no contradiction (seeds ${first} to ${seed}); ${kind}: ${JSON.stringify(held.answers)}`,
    );
  }
}
