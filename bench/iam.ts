/**
 * Decisions a second of the policy engine beside the best open simulator's public call, on the same requests in the same run, with
 * both verdicts compared. The engine is bundled, as the product's build has it. Its policies are parsed and compiled once, its requests are as `decide` takes them. Then what comes
 * before the first decision, an account of 500 principals, and all policies that AWS manages.
 * Run with `--expose-gc`: memory is measured after collections.
 */
import { decide, explain } from './iam/built-engine.ts';
import { toPolicies, toRequest } from './iam/engine.ts';
import { timeManagedPolicies } from './iam/managed-policies.ts';
import { timeMatrix } from './iam/matrix.ts';
import { megabytes } from './iam/memory.ts';
import { type Peer, toSimulation, withPeer } from './iam/peer.ts';
import { timePreparation } from './iam/preparation.ts';
import { byTurns, type Contender } from './iam/rounds.ts';
import type { Documents, Workload } from './iam/workload.ts';
import { asked, workloads } from './iam/workloads.ts';

const ROUNDS = 5;
const MILLISECONDS = Number(process.env['BENCH_MILLISECONDS'] ?? 200);

/** Where what was answered goes, so that nothing of it can be left out. */
let sink = 0;

interface Call {
  readonly request: ReturnType<typeof toRequest>;
  readonly policies: ReturnType<typeof toPolicies>;
}

function engineCalls(workload: Workload): readonly Call[] {
  const ready = new Map<Documents, Call['policies']>();
  return asked(workload).map(({ documents, request }) => {
    const policies = ready.get(documents) ?? toPolicies(documents, request.action);
    ready.set(documents, policies);
    return { request: toRequest(request), policies };
  });
}

/** How many verdicts were compared, and how many of them differ; each that does is printed with our reason. */
async function compareVerdicts(workload: Workload, peer: Peer): Promise<string> {
  const calls = engineCalls(workload);
  let differ = 0;
  for (const [at, { documents, request }] of asked(workload).entries()) {
    const { request: own, policies } = calls[at] as Call;
    const ours = decide(own, policies);
    const theirs = await peer.decide(toSimulation(documents, request));
    if (ours.verdict === theirs) continue;
    differ += 1;
    console.log(`  ${workload.name} differs: ${ours.reason} The peer: ${theirs}.`);
  }
  return `${calls.length} verdicts, ${differ} differ`;
}

function contenders(workload: Workload, peer: Peer): readonly [verdict: Contender, whole: Contender, peer: Contender] {
  const calls = engineCalls(workload);
  const simulations = asked(workload).map(({ documents, request }) => toSimulation(documents, request));
  const verdict = () => {
    for (const { request, policies } of calls) {
      const { verdict, statements } = decide(request, policies);
      sink += verdict.length + statements.length;
    }
  };
  const whole = () => {
    for (const { request, policies } of calls) sink += explain(request, policies).words.length;
  };
  const peers = async () => {
    for (const simulation of simulations) sink += (await peer.decide(simulation)).length;
  };
  return [
    { calls: calls.length, pass: verdict },
    { calls: calls.length, pass: whole },
    { calls: simulations.length, pass: peers },
  ];
}

async function measure(workload: Workload, peer: Peer): Promise<void> {
  const compared = await compareVerdicts(workload, peer);
  const turns = { rounds: ROUNDS, milliseconds: MILLISECONDS };
  const [verdict = 0, whole = 0, peers = 0] = await byTurns(contenders(workload, peer), turns);
  const { parse, compile } = timePreparation(workload);
  const perSecond = (nanoseconds: number) => Math.round(1e9 / nanoseconds).toLocaleString('en');
  console.log(`${workload.name}, ${workload.title} (${compared})`);
  console.log(`  peer: ${perSecond(peers)} a second, ${(peers / 1000).toFixed(0)} µs each`);
  console.log(
    `  decisions: ${perSecond(verdict)} a second, ${verdict.toFixed(0)} ns each; ratio: ${(peers / verdict).toFixed(0)}`,
  );
  console.log(
    `  with the whole explanation: ${perSecond(whole)} a second, ${(whole / 1000).toFixed(2)} µs each; ratio: ${(peers / whole).toFixed(0)}`,
  );
  console.log(
    `  one set: parsed in ${parse.toFixed(0)} µs, compiled with its first decision in ${compile.toFixed(0)} µs`,
  );
}

await withPeer(async (peer) => {
  console.log(`beside ${peer.name}, which is given the documents as objects`);
  for (const workload of workloads) await measure(workload, peer);
});

const matrix = await timeMatrix();
console.log(
  `${matrix.principals} principals, read in ${matrix.read.toFixed(0)} ms: ${matrix.cells.toLocaleString('en')} cells of a matrix in ` +
    `${(matrix.decide / 1000).toFixed(3)} s (${matrix.allowed} allowed), nothing compiled before; ${megabytes(matrix.heap)} of heap`,
);

const managed = await timeManagedPolicies();
console.log(
  `${managed.policies} policies that AWS manages (${managed.statements} statements, ${megabytes(managed.bytes)}): parsed in ` +
    `${managed.parse.toFixed(0)} ms, compiled in ${managed.compile.toFixed(0)} ms, checked in ${managed.check.toFixed(0)} ms; ` +
    `${megabytes(managed.heap)} of heap; error findings: ${JSON.stringify(managed.errors)}`,
);
if (sink === 0) throw new Error('nothing was decided');
