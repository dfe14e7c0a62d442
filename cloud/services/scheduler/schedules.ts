/** Making, changing, describing and deleting schedules. */
import type {
  CreateScheduleInput,
  CreateScheduleOutput,
  DeleteScheduleInput,
  GetScheduleInput,
  GetScheduleOutput,
  ListSchedulesInput,
  ListSchedulesOutput,
  UpdateScheduleInput,
  UpdateScheduleOutput,
} from '@aws-sdk/client-scheduler';
import type { AccountDraft } from '../../call.ts';
import { own } from '../../own.ts';
import { passRole } from '../../permissions/pass-role.ts';
import type { ChangeOperation, Permission, PermissionFacts, ReadOperation } from '../../service.ts';
import { conflict, groupNotFound, quotaExceeded } from './errors.ts';
import { schedulerLimits } from './limits.ts';
import { DEFAULT_GROUP, hasGroup, SCHEDULER, scheduleArn, scheduleKey, scheduleOf } from './names.ts';
import { pageOf } from './pages.ts';
import { checkRole, readSettings, shownSchedule } from './settings.ts';
import type { ScheduleState } from './state.ts';
import { anchorOf, nextInvocation } from './when.ts';

function passed({ Target }: CreateScheduleInput, facts: PermissionFacts): readonly Permission[] {
  return [passRole(Target?.RoleArn ?? '', SCHEDULER, facts)];
}

/** @throws ServiceQuotaExceededException */
function checkRoom({ scheduler }: AccountDraft, key: string, input: string): void {
  const others = Object.entries(scheduler.schedules).filter(([other]) => other !== key);
  if (others.length >= schedulerLimits.schedules) {
    throw quotaExceeded(`An account here has at most ${schedulerLimits.schedules} schedules.`);
  }
  const characters = others.reduce((sum, [, { target }]) => sum + (target.input ?? '').length, input.length);
  if (characters > schedulerLimits.inputCharactersPerAccount) {
    throw quotaExceeded('The inputs of the schedules of this account are too long, all together.');
  }
}

export const createSchedule: ChangeOperation<CreateScheduleInput, CreateScheduleOutput> = {
  kind: 'change',
  alsoNeeds: passed,
  handle(account, input, call) {
    const { region } = call.request;
    const { Name: name = '', GroupName: group = DEFAULT_GROUP, ClientToken: clientToken } = input;
    const key = scheduleKey(region, group, name);
    const { schedules } = account.scheduler;
    const settings = readSettings(input);
    if (!hasGroup(account, group, region)) throw groupNotFound(group);
    const before = own(schedules, key);
    if (before !== undefined) {
      if (clientToken === undefined || before.clientToken !== clientToken) {
        throw conflict(`Schedule ${name} already exists.`);
      }
      return { ScheduleArn: scheduleArn(account.id, before) };
    }
    checkRoom(account, key, settings.target.input ?? '');
    checkRole(settings, { accountId: account.id, region, group }, call.world, call);
    const anchor = anchorOf(settings, call.now);
    // A rate begins at once.
    const next = nextInvocation({ ...settings, anchor }, call.now - 1, call.random);
    const made: ScheduleState = {
      ...settings,
      name,
      group,
      region,
      createdAt: call.now,
      modifiedAt: call.now,
      anchor,
      ...(next && { next }),
      ...(clientToken !== undefined && { clientToken }),
    };
    schedules[key] = made as (typeof schedules)[string];
    return { ScheduleArn: scheduleArn(account.id, made) };
  },
};

/** UpdateSchedule says the whole anew: what the request leaves out is as in a new schedule. */
export const updateSchedule: ChangeOperation<UpdateScheduleInput, UpdateScheduleOutput> = {
  kind: 'change',
  alsoNeeds: passed,
  handle(account, input, call) {
    const { region } = call.request;
    const before: ScheduleState = scheduleOf(account, input, region);
    const { name, group, createdAt, clientToken } = before;
    const settings = readSettings(input);
    const key = scheduleKey(region, group, name);
    checkRoom(account, key, settings.target.input ?? '');
    checkRole(settings, { accountId: account.id, region, group }, call.world, call);
    const anchor = anchorOf(settings, call.now);
    const next = nextInvocation({ ...settings, anchor }, call.now - 1, call.random);
    const changed: ScheduleState = {
      ...settings,
      name,
      group,
      region,
      createdAt,
      modifiedAt: call.now,
      anchor,
      ...(next && { next }),
      ...(clientToken !== undefined && { clientToken }),
    };
    const { schedules } = account.scheduler;
    schedules[key] = changed as (typeof schedules)[string];
    return { ScheduleArn: scheduleArn(account.id, changed) };
  },
};

export const getSchedule: ReadOperation<GetScheduleInput, GetScheduleOutput> = {
  kind: 'read',
  handle: (account, input, call) => shownSchedule(account.id, scheduleOf(account, input, call.request.region)),
};

export const deleteSchedule: ChangeOperation<DeleteScheduleInput, object> = {
  kind: 'change',
  handle(account, input, call) {
    const { region, group, name } = scheduleOf(account, input, call.request.region);
    delete account.scheduler.schedules[scheduleKey(region, group, name)];
    return {};
  },
};

/** In order of group and name. */
export const listSchedules: ReadOperation<ListSchedulesInput, ListSchedulesOutput> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const { GroupName, NamePrefix = '', State } = input;
    if (GroupName !== undefined && !hasGroup(account, GroupName, region)) throw groupNotFound(GroupName);
    const found = Object.values(account.scheduler.schedules).filter(
      (schedule) =>
        schedule.region === region &&
        schedule.name.startsWith(NamePrefix) &&
        (GroupName === undefined || schedule.group === GroupName) &&
        (State === undefined || schedule.isEnabled === (State === 'ENABLED')),
    );
    const { page, NextToken } = pageOf(found, input, ({ group, name }) => `${group}/${name}`);
    return {
      Schedules: page.map((schedule) => ({
        Arn: scheduleArn(account.id, schedule),
        Name: schedule.name,
        GroupName: schedule.group,
        State: schedule.isEnabled ? 'ENABLED' : 'DISABLED',
        CreationDate: new Date(schedule.createdAt),
        LastModificationDate: new Date(schedule.modifiedAt),
        Target: { Arn: schedule.target.arn },
      })),
      ...(NextToken !== undefined && { NextToken }),
    };
  },
};
