/** Schedule groups, and their tags: schedules have none. */
import type {
  CreateScheduleGroupInput,
  CreateScheduleGroupOutput,
  DeleteScheduleGroupInput,
  GetScheduleGroupInput,
  GetScheduleGroupOutput,
  ListScheduleGroupsInput,
  ListScheduleGroupsOutput,
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  ScheduleGroupSummary,
  Tag,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-scheduler';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { keptByKey, shownByName, stateKey } from '../../state-key.ts';
import { conflict, groupNotFound, quotaExceeded, validation } from './errors.ts';
import { schedulerLimits } from './limits.ts';
import { DEFAULT_GROUP, groupArn, groupKey, groupOf, placeOfGroupArn } from './names.ts';
import { pageOf } from './pages.ts';
import type { GroupState } from './state.ts';

type TagsByKey = Readonly<Record<string, string>>;

/** The tags after a request set some, as the state keeps them. @throws ValidationException, ServiceQuotaExceededException */
function withTags(current: TagsByKey, added: readonly Tag[]): Record<string, string> {
  const tags = shownByName(current);
  for (const { Key = '', Value = '' } of added) {
    if (/^aws:/i.test(Key)) throw validation(`Tag keys that begin with aws: are reserved: ${Key}`);
    tags[Key] = Value;
  }
  const most = schedulerLimits.tagsPerGroup;
  if (Object.keys(tags).length > most) throw quotaExceeded(`A resource has at most ${most} tags.`);
  return keptByKey(tags);
}

/** The default group as it is shown; it was there before all else, and has no tags of its own here. */
function defaultGroup(region: string): GroupState {
  return { name: DEFAULT_GROUP, region, tags: {}, createdAt: 0, modifiedAt: 0 };
}

function shownGroup(accountId: string, group: GroupState): ScheduleGroupSummary {
  return {
    Arn: groupArn(accountId, group),
    Name: group.name,
    State: 'ACTIVE',
    CreationDate: new Date(group.createdAt),
    LastModificationDate: new Date(group.modifiedAt),
  };
}

export const createScheduleGroup: ChangeOperation<CreateScheduleGroupInput, CreateScheduleGroupOutput> = {
  kind: 'change',
  handle(account, { Name: name = '', Tags }, call) {
    const { region } = call.request;
    const { groups } = account.scheduler;
    const key = groupKey(region, name);
    if (name === DEFAULT_GROUP || own(groups, key) !== undefined) {
      throw conflict(`Schedule group ${name} already exists.`);
    }
    if (Object.keys(groups).length >= schedulerLimits.groups) {
      throw quotaExceeded(`An account here has at most ${schedulerLimits.groups} schedule groups.`);
    }
    const made = { name, region, tags: withTags({}, Tags ?? []), createdAt: call.now, modifiedAt: call.now };
    groups[key] = made;
    return { ScheduleGroupArn: groupArn(account.id, made) };
  },
};

export const getScheduleGroup: ReadOperation<GetScheduleGroupInput, GetScheduleGroupOutput> = {
  kind: 'read',
  handle(account, { Name: name = '' }, call) {
    const { region } = call.request;
    const group = name === DEFAULT_GROUP ? defaultGroup(region) : groupOf(account, name, region);
    return shownGroup(account.id, group);
  },
};

/** Its schedules go with it. */
export const deleteScheduleGroup: ChangeOperation<DeleteScheduleGroupInput, object> = {
  kind: 'change',
  handle(account, { Name: name = '' }, call) {
    const { region } = call.request;
    if (name === DEFAULT_GROUP) throw validation('The default schedule group can not be deleted.');
    groupOf(account, name, region);
    const { groups, schedules } = account.scheduler;
    delete groups[groupKey(region, name)];
    for (const [key, schedule] of Object.entries(schedules)) {
      if (schedule.region === region && schedule.group === name) delete schedules[key];
    }
    return {};
  },
};

export const listScheduleGroups: ReadOperation<ListScheduleGroupsInput, ListScheduleGroupsOutput> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const made = Object.values(account.scheduler.groups).filter((group) => group.region === region);
    const found = [defaultGroup(region), ...made].filter(({ name }) => name.startsWith(input.NamePrefix ?? ''));
    const { page, NextToken } = pageOf(found, input, ({ name }) => name);
    return {
      ScheduleGroups: page.map((group) => shownGroup(account.id, group)),
      ...(NextToken !== undefined && { NextToken }),
    };
  },
};

/** The name of the group of an ARN. @throws ValidationException, ResourceNotFoundException */
function taggedName(arn: string | undefined, region: string): string {
  const place = placeOfGroupArn(arn ?? '');
  if (place === undefined) throw validation(`Invalid resource ARN: ${arn}`);
  if (place.region !== region) throw groupNotFound(place.name);
  return place.name;
}

export const tagResource: ChangeOperation<TagResourceInput, object> = {
  kind: 'change',
  handle(account, { ResourceArn, Tags }, call) {
    const { region } = call.request;
    const group = groupOf(account, taggedName(ResourceArn, region), region);
    group.tags = withTags(group.tags, Tags ?? []);
    return {};
  },
};

export const untagResource: ChangeOperation<UntagResourceInput, object> = {
  kind: 'change',
  handle(account, { ResourceArn, TagKeys = [] }, call) {
    const { region } = call.request;
    const group = groupOf(account, taggedName(ResourceArn, region), region);
    for (const key of TagKeys) delete group.tags[stateKey(key)];
    return {};
  },
};

export const listTagsForResource: ReadOperation<ListTagsForResourceInput, ListTagsForResourceOutput> = {
  kind: 'read',
  handle(account, { ResourceArn }, call) {
    const { region } = call.request;
    const name = taggedName(ResourceArn, region);
    const tags = name === DEFAULT_GROUP ? {} : shownByName(groupOf(account, name, region).tags);
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  },
};
