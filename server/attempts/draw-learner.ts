import type { Cloud } from '../../cloud/perform.ts';
import { type Challenge, drawVariables, type Learner, neighbourNames } from '../../grading/index.ts';
import { SANDBOX_REGION } from '../sandboxes/region.ts';
import type { Sandboxes } from '../sandboxes/sandbox.ts';

/** What is drawn for one learner of a challenge: names, and the ids of their account and of its neighbours. */
export async function drawLearner(
  { cloud, sandboxes }: { readonly cloud: Cloud; readonly sandboxes: Pick<Sandboxes, 'drawAccountId'> },
  challenge: Challenge,
): Promise<Learner> {
  const variables = drawVariables(challenge, cloud.random);
  const accountId = await sandboxes.drawAccountId();
  const neighbours: Record<string, string> = {};
  for (const name of neighbourNames) {
    if (Object.hasOwn(challenge.neighbours, name)) neighbours[name] = await sandboxes.drawAccountId();
  }
  return { accountId, region: SANDBOX_REGION, variables, neighbours };
}
