// Holds comparisons of policies against drawn requests: npm run fuzz:analysis [requests] [seed]. 100,000 without arguments.
import { holdAgainstRequests } from '../iam/analyse/testing/hold.ts';

const PAIRS = 40;
const REQUESTS_EACH = 500;
const [wanted = '100000', from = String(Date.now() % 1_000_000_000)] = process.argv.slice(2);
const requests = Number(wanted);
const first = Number(from);
if (!Number.isSafeInteger(requests) || requests < 1 || !Number.isSafeInteger(first)) {
  console.error('usage: npm run fuzz:analysis -- [requests] [seed]');
  process.exit(2);
}

for (let done = 0, seed = first; done < requests; seed++) {
  const held = holdAgainstRequests(seed, PAIRS, REQUESTS_EACH);
  const [contradiction] = held.contradictions;
  if (contradiction !== undefined) {
    console.error(JSON.stringify(contradiction, undefined, 2));
    console.error(`again by: npm run fuzz:analysis -- 1 ${seed}`);
    process.exit(1);
  }
  done += held.requests;
  console.log(`${done} requests, no contradiction (seeds ${first} to ${seed}); ${JSON.stringify(held.answers)}`);
}
