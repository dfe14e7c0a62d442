import { isDue, renewProfiles } from '../../grading/index.ts';
import type { AttemptsContext } from './context.ts';
import type { AttemptRecord } from './store.ts';

/** Gives the profiles of roles new sessions in the last hour of the old ones. Answers the attempt as it is then. */
export async function renew(context: AttemptsContext, attempt: AttemptRecord): Promise<AttemptRecord> {
  const realNow = Date.now();
  if (attempt.state === 'ended' || !attempt.profiles.some((profile) => isDue(profile, realNow))) return attempt;
  const sandbox = await context.sandboxes.get(attempt.sandboxId);
  if (sandbox === undefined) return attempt;
  const platform = { cloud: context.cloud, realNow };
  const profiles = await sandbox.act('renew-profiles', (now) => renewProfiles(now, attempt.profiles, platform));
  await context.store.saveProfiles(attempt.id, profiles);
  return { ...attempt, profiles };
}
