/**
 * Time to compare two identity policies of ten statements for all requests. The floor is to decide drawn requests with both
 * instead: what the same time buys by trying, without a proof. Policies are read anew each time, so nothing is known of them. On a
 * shared machine the time is what others leave; the processor's own time, all threads of the process together, is told beside it.
 */

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { identityPolicy, request, statement } from '../iam/analyse/testing/policies.ts';
import { type ActionCatalogue, compare, decide, type Policy, readServiceActions } from '../iam/index.ts';

const PAIRS = 100;
/** Of each pair the middle one of so many is taken. */
const PASSES = 5;
const REQUESTS = 500;

const ten = fc.array(statement, { minLength: 10, maxLength: 10 });
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

/** Milliseconds, on the clock and of the processor. */
interface Spent {
  readonly clock: number;
  readonly processor: number;
}

type Work = (pair: readonly [Policy, Policy]) => void;

function timeOf(work: Work, [a, b]: (typeof pairs)[number]): Spent {
  const pair = [identityPolicy(a), identityPolicy(b)] as const;
  const [clock, processor] = [performance.now(), process.cpuUsage()];
  work(pair);
  const { user, system } = process.cpuUsage(processor);
  return { clock: performance.now() - clock, processor: (user + system) / 1000 };
}

/** The first pass, in which the program is still being compiled, and the middle of all passes, pair by pair. */
function timesOf(work: Work): { readonly first: readonly Spent[]; readonly middle: readonly Spent[] } {
  for (const pair of pairs.slice(0, PAIRS / 10)) timeOf(work, pair);
  const passes = Array.from({ length: PASSES }, () => pairs.map((pair) => timeOf(work, pair)));
  const middleOf = (part: keyof Spent, place: number) =>
    sorted(passes.map((pass) => pass[place]?.[part] ?? Number.NaN))[Math.floor(PASSES / 2)] ?? Number.NaN;
  const middle = pairs.map((_, place) => ({
    clock: middleOf('clock', place),
    processor: middleOf('processor', place),
  }));
  return { first: passes[0] ?? [], middle };
}

const sorted = (times: readonly number[]) => times.toSorted((a, b) => a - b);
const at = (times: readonly number[], share: number) => sorted(times)[Math.floor(times.length * share)] ?? Number.NaN;
const p95 = (spent: readonly Spent[]) =>
  at(
    spent.map(({ clock }) => clock),
    0.95,
  );

function shown(spent: readonly Spent[]): string {
  const of = (part: keyof Spent) => {
    const times = spent.map((one) => one[part]);
    return [0.5, 0.95, 1 - 1 / PAIRS].map((share) => at(times, share).toFixed(2)).join(' / ');
  };
  return `p50 / p95 / most ${of('clock')} ms, of the processor ${of('processor')} ms`;
}

const floor = timesOf(([a, b]) => {
  for (const asked of requests) {
    decide(asked, { identity: attached(a) });
    decide(asked, { identity: attached(b) });
  }
});
console.log(`trying ${REQUESTS} requests: ${shown(floor.middle)}; first pass: ${shown(floor.first)}`);

for (const [name, options] of Object.entries({ 'any names': {}, 'with the actions of AWS': { actions } })) {
  const { first, middle } = timesOf(([a, b]) => compare([a], [b], options));
  const answers = { yes: 0, no: 0, unknown: 0 };
  for (const [a, b] of pairs) answers[compare([identityPolicy(a)], [identityPolicy(b)], options).aInB]++;
  const ratio = (p95(middle) / p95(floor.middle)).toFixed(3);
  console.log(`compare, ${name}: ${shown(middle)}; first pass: ${shown(first)}`);
  console.log(`compare, ${name}: ratio: ${ratio} of the floor; aInB ${JSON.stringify(answers)}`);
}
