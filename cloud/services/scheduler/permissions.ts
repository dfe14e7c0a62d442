/** What the rule for permissions cannot tell of schedules. */
import { own } from '../../own.ts';
import type { ResourceRules } from '../../service.ts';
import { shownByName } from '../../state-key.ts';
import { DEFAULT_GROUP, groupKey, placeOfGroupArn, scheduleArn } from './names.ts';

export const schedulerResources: ResourceRules = {
  /** A schedule by its name is of the default group, where the request names none. */
  named({ Name, GroupName = DEFAULT_GROUP }, { region, callerAccountId }, { type }) {
    if (type !== 'schedule') return undefined;
    return scheduleArn(callerAccountId, { region, group: String(GroupName), name: String(Name) });
  },
  tagsOf(world, arn) {
    const place = placeOfGroupArn(arn);
    const groups = place && own(world.accounts, place.accountId)?.scheduler.groups;
    const group = place && groups && own(groups, groupKey(place.region, place.name));
    return group && shownByName(group.tags);
  },
};
