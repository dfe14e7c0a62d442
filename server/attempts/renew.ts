import type { World } from '../../cloud/world.ts';
import { isDue, renewProfiles } from '../../grading/index.ts';
import type { AttemptsContext } from './context.ts';
import type { AttemptRecord } from './store.ts';

/** Gives the profiles of roles new sessions in the last hour of the old ones. Answers the attempt as it is then. */
export async function renew(context: AttemptsContext, attempt: AttemptRecord): Promise<AttemptRecord> {
  if (attempt.state === 'ended') return attempt;
  const sandbox = await context.sandboxes.get(attempt.sandboxId);
  const platform = { cloud: context.cloud, realNow: Date.now() };
  const isOneDue = (world: World) => attempt.profiles.some((profile) => isDue(profile, world, platform));
  if (sandbox === undefined || !isOneDue(sandbox.world)) return attempt;
  const profiles = await sandbox.act('renew-profiles', (now) => renewProfiles(now, attempt.profiles, platform));
  await context.store.saveProfiles(attempt.id, profiles);
  return { ...attempt, profiles };
}
