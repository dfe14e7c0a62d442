import type { World } from '../../cloud/world.ts';
import type { Attempt } from '../../contract/index.ts';
import { summaryOf } from '../catalogue/catalogue.ts';
import type { Content } from '../catalogue/content.ts';
import { ApiProblem } from '../problems/problems.ts';
import { consoleView } from './console.ts';
import type { AttemptsContext } from './context.ts';
import { renew } from './renew.ts';
import type { AttemptDetails } from './store.ts';
import { attemptView } from './view.ts';

/** An attempt of this learner. Another's is as unknown as one that never was. */
export async function findOwn(context: AttemptsContext, learnerId: string, attemptId: string): Promise<AttemptDetails> {
  const details = await context.store.find(attemptId);
  if (details === undefined || details.attempt.learnerId !== learnerId) throw new ApiProblem('attempt_not_found');
  return details;
}

/** What is told of an attempt's account. */
export interface AccountFacts {
  readonly accountId: string;
  readonly region: string;
  /** Milliseconds that its clock is ahead of real time. */
  readonly clockOffset: number;
  /** Of an ended one as it was at the start. */
  readonly world: World;
  /** Who carries its calls out; of an ended attempt nobody does. */
  readonly backend: Attempt['sandbox']['backend'];
}

/** The account of an attempt, also of an ended one. */
export async function accountOf(context: AttemptsContext, details: AttemptDetails): Promise<AccountFacts> {
  const { sandboxId } = details.attempt;
  const sandbox = await context.sandboxes.get(sandboxId);
  const world = sandbox?.world ?? (await context.store.stageStart(details.attempt.id, 0));
  const { primaryAccountId: accountId, region, clockOffset } = world;
  return { accountId, region, clockOffset, world, backend: sandbox?.backend ?? 'embedded' };
}

/** An attempt as its learner sees it, with credentials that are good for another hour at least. */
export async function readAttempt(context: AttemptsContext, learnerId: string, attemptId: string): Promise<Attempt> {
  const details = await findOwn(context, learnerId, attemptId);
  const content = await context.contents.get(details.attempt.contentDigest);
  const attempt = await context.turns.take(attemptId, () => renew(context, details.attempt));
  const account = await accountOf(context, details);
  return attemptView(
    { ...details, attempt },
    {
      ...account,
      summary: summaryFor(context, content),
      challenge: content.challenge,
      endpoint: context.endpoint,
      console: consoleView(content.challenge, account.world),
    },
  );
}

function summaryFor(context: AttemptsContext, content: Content) {
  const [packId = ''] = content.challengeId.split('/');
  const listed = context.catalogue.summary(content.challengeId);
  return listed ?? summaryOf(content, packId, { title: packId, tracks: [] });
}
