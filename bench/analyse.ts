/**
 * Time to compare two identity policies of ten statements for all requests. The floor is to decide drawn requests with both
 * instead: what the same time buys by trying, without a proof.
 */

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { identityPolicy, request, statement } from '../iam/analyse/testing/policies.ts';
import { type ActionCatalogue, compare, decide, type Policy, readServiceActions } from '../iam/index.ts';

const PAIRS = 100;
const REQUESTS = 500;

const ten = fc.array(statement, { minLength: 10, maxLength: 10 }).map(identityPolicy);
const pairs = fc.sample(fc.tuple(ten, ten), { numRuns: PAIRS, seed: 7 });
const requests = fc.sample(request, { numRuns: REQUESTS, seed: 7 });
const services = ['s3', 'sqs', 'iam', 'sts', 'ec2', 'kms', 'lambda', 'dynamodb'];
const actions: ActionCatalogue = new Map(
  services.map((service) => {
    const text = readFileSync(new URL(`../iam/generated/actions/${service}.json`, import.meta.url), 'utf8');
    return [service, readServiceActions(JSON.parse(text))];
  }),
);

function attached(policy: Policy) {
  return [{ layer: 'identity', name: 'Bench', kind: 'managed', attachedTo: 'user/Bench', policy }] as const;
}

function timesOf(work: (pair: readonly [Policy, Policy]) => void): readonly number[] {
  for (const pair of pairs.slice(0, PAIRS / 10)) work(pair);
  const times = pairs.map((pair) => {
    const before = performance.now();
    work(pair);
    return performance.now() - before;
  });
  return times.sort((a, b) => a - b);
}

const at = (times: readonly number[], share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
const shown = (times: readonly number[]) =>
  `p50 ${at(times, 0.5).toFixed(2)} ms, p95 ${at(times, 0.95).toFixed(2)} ms, most ${at(times, 1 - 1 / PAIRS).toFixed(2)} ms`;

const floor = timesOf(([a, b]) => {
  for (const asked of requests) {
    decide(asked, { identity: attached(a) });
    decide(asked, { identity: attached(b) });
  }
});
console.log(`trying ${REQUESTS} requests: ${shown(floor)}`);

for (const [name, options] of Object.entries({ 'any names': {}, 'with the actions of AWS': { actions } })) {
  const answers = { yes: 0, no: 0, unknown: 0 };
  const times = timesOf(([a, b]) => compare([a], [b], options));
  for (const [a, b] of pairs) answers[compare([a], [b], options).aInB]++;
  const ratio = (at(times, 0.95) / at(floor, 0.95)).toFixed(3);
  console.log(`compare, ${name}: ${shown(times)}; ratio: ${ratio} of the floor; aInB ${JSON.stringify(answers)}`);
}
