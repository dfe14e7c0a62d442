import type { World } from '../../cloud/world.ts';
import { issueProfiles, type Platform, type Profile, type ProfileAct, type You } from '../../grading/index.ts';

/** The credentials of a stage: a user's key that the learner has already stays the same, everything else is new. */
export function profilesForStage(
  world: World,
  you: readonly You[],
  earlier: readonly Profile[],
  platform: Platform,
): ProfileAct<readonly Profile[]> {
  const isThere = (id: string) => Object.values(world.accounts).some(({ iam }) => Object.hasOwn(iam.accessKeys, id));
  const kept = (entry: You) =>
    earlier.find(
      (profile) =>
        profile.principal === entry.principal && profile.sessionToken === undefined && isThere(profile.accessKeyId),
    );
  const issued = issueProfiles(
    world,
    you.filter((entry) => kept(entry) === undefined),
    platform,
  );
  const fresh = [...issued.result];
  const result = you.flatMap((entry) => {
    const known = kept(entry);
    const profile = known === undefined ? fresh.shift() : { ...known, name: entry.profile };
    return profile === undefined ? [] : [profile];
  });
  return { ...issued, result };
}
