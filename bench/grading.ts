/**
 * Time to grade a stage of each challenge. The floor is one decision of the policy engine on the same account: a check cannot
 * cost less than the decision that it asks for.
 */
import { resolve } from 'node:path';
import { accountModel } from '../cloud/account-model.ts';
import { createCloud } from '../cloud/index.ts';
import { drawVariables, gradeStage, provision } from '../grading/index.ts';
import { decide } from '../iam/index.ts';
import { readCatalogue } from '../server/catalogue/catalogue.ts';
import { nodeHashes, nodeRandom } from '../server/hashes/node-hashes.ts';
import { readManagedPolicies } from '../server/sandboxes/managed-policies.ts';

const ROUNDS = 50;

const cloud = createCloud({ hashes: nodeHashes, random: nodeRandom, managedPolicies: await readManagedPolicies() });
const catalogue = await readCatalogue(resolve('challenges'), (problem) => console.error(problem));
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

for (const { id } of catalogue.list()) {
  const challenge = catalogue.content(id)?.challenge;
  const stage = challenge?.stages.at(-1);
  if (challenge === undefined || stage === undefined || stage.checks.length === 0) continue;
  const variables = drawVariables(challenge, cloud.random);
  const realNow = Date.now();
  const { world } = await provision(
    challenge,
    { accountId: '111122223333', region: 'us-east-1', variables },
    { cloud, realNow },
  );
  const readBlob = () => Promise.resolve(new Uint8Array());
  const grade = () =>
    gradeStage({ stage, world, start: async () => world, variables, answers: {}, cloud, realNow, readBlob });
  const request = {
    caller: { kind: 'root', accountId: '111122223333' } as const,
    action: 's3:ListBucket',
    resource: 'arn:aws:s3:::bench',
    resourceAccountId: '111122223333',
    context: {},
  };
  const model = accountModel(world, cloud.managedPolicies);
  const times: number[] = [];
  const floors: number[] = [];
  await grade();
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = performance.now();
    await grade();
    const between = performance.now();
    decide(request, model.policiesFor(request));
    floors.push(performance.now() - between);
    times.push(between - before);
  }
  const [time, floor] = [median(times), median(floors)];
  const each = `${stage.checks.length} checks in ${time.toFixed(2)} ms`;
  console.log(`${id}: ${each}; ratio: ${(time / stage.checks.length / floor).toFixed(0)} decisions a check`);
}
