/** How schedules and their groups are named and found. */
import { own } from '../../own.ts';
import type { Account } from '../../world.ts';
import { groupNotFound, scheduleNotFound } from './errors.ts';
import type { GroupState, ScheduleState } from './state.ts';

export const SCHEDULER = 'scheduler.amazonaws.com';

/** The group that every region has. */
export const DEFAULT_GROUP = 'default';

/** A name has no slash: no key is one of JavaScript's own. */
export function groupKey(region: string, name: string): string {
  return `${region}/${name}`;
}

export function scheduleKey(region: string, group: string, name: string): string {
  return `${region}/${group}/${name}`;
}

export function groupArn(
  accountId: string,
  { region, name }: { readonly region: string; readonly name: string },
): string {
  return `arn:aws:scheduler:${region}:${accountId}:schedule-group/${name}`;
}

export function scheduleArn(
  accountId: string,
  { region, group, name }: { readonly region: string; readonly group: string; readonly name: string },
): string {
  return `arn:aws:scheduler:${region}:${accountId}:schedule/${group}/${name}`;
}

/** The group of an ARN; undefined for an ARN of something else. */
export function placeOfGroupArn(arn: string): { region: string; accountId: string; name: string } | undefined {
  const [, region, accountId, name] =
    /^arn:[^:]+:scheduler:([^:]+):(\d{12}):schedule-group\/([0-9a-zA-Z-_.]+)$/.exec(arn) ?? [];
  return region === undefined || accountId === undefined || name === undefined
    ? undefined
    : { region, accountId, name };
}

interface Holder<Schedule, Group> {
  readonly scheduler: {
    readonly schedules: Readonly<Record<string, Schedule>>;
    readonly groups: Readonly<Record<string, Group>>;
  };
}

/** @throws ResourceNotFoundException */
export function scheduleOf<Schedule extends ScheduleState>(
  { scheduler }: Holder<Schedule, GroupState>,
  input: { readonly Name?: string | undefined; readonly GroupName?: string | undefined },
  region: string,
): Schedule {
  const { Name: name = '', GroupName: group = DEFAULT_GROUP } = input;
  const found = own(scheduler.schedules, scheduleKey(region, group, name));
  if (found === undefined) throw scheduleNotFound(name);
  return found;
}

/** A group that was made. @throws ResourceNotFoundException */
export function groupOf<Group extends GroupState>(
  { scheduler }: Holder<ScheduleState, Group>,
  name: string,
  region: string,
): Group {
  const found = own(scheduler.groups, groupKey(region, name));
  if (found === undefined) throw groupNotFound(name);
  return found;
}

/** Whether schedules can be made in a group. */
export function hasGroup({ scheduler }: Pick<Account, 'scheduler'>, name: string, region: string): boolean {
  return name === DEFAULT_GROUP || own(scheduler.groups, groupKey(region, name)) !== undefined;
}
