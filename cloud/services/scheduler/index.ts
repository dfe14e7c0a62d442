/** Amazon EventBridge Scheduler: schedules that call any operation of the sandbox as the role that they were passed. */
import type { Service } from '../../service.ts';
import { schedulerModel } from '../../wire/models.ts';
import {
  createScheduleGroup,
  deleteScheduleGroup,
  getScheduleGroup,
  listScheduleGroups,
  listTagsForResource,
  tagResource,
  untagResource,
} from './groups.ts';
import { schedulerTime } from './invoking.ts';
import { schedulerResources } from './permissions.ts';
import { createSchedule, deleteSchedule, getSchedule, listSchedules, updateSchedule } from './schedules.ts';

export const schedulerService: Service = {
  name: 'scheduler',
  model: schedulerModel,
  resources: schedulerResources,
  time: schedulerTime,
  operations: {
    CreateSchedule: createSchedule,
    CreateScheduleGroup: createScheduleGroup,
    DeleteSchedule: deleteSchedule,
    DeleteScheduleGroup: deleteScheduleGroup,
    GetSchedule: getSchedule,
    GetScheduleGroup: getScheduleGroup,
    ListScheduleGroups: listScheduleGroups,
    ListSchedules: listSchedules,
    ListTagsForResource: listTagsForResource,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateSchedule: updateSchedule,
  },
};
