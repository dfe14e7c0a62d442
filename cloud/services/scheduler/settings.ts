/** What requests say of a schedule, read and shown. EventBridge Scheduler API Reference, CreateSchedule. */
import type { CreateScheduleInput, GetScheduleOutput, Target } from '@aws-sdk/client-scheduler';
import type { Call } from '../../call.ts';
import { readScheduleExpression } from '../../schedules/schedule-expression.ts';
import { isTimeZone } from '../../schedules/time-zone.ts';
import type { World } from '../../world.ts';
import { mayAssume } from '../sts/may-assume.ts';
import { validation } from './errors.ts';
import { schedulerLimits } from './limits.ts';
import { groupArn, SCHEDULER, scheduleArn } from './names.ts';
import type { ScheduleSettings, ScheduleState, TargetState } from './state.ts';
import { checkTarget } from './target-calls.ts';

type Input = Omit<CreateScheduleInput, 'Name' | 'GroupName' | 'ClientToken'>;

/** The settings of a request. @throws ValidationException */
export function readSettings(input: Input): ScheduleSettings {
  const { ScheduleExpression: expression = '', ScheduleExpressionTimezone: zone = 'UTC' } = input;
  const read = readScheduleExpression(expression);
  if (read === undefined) throw validation(`Invalid Schedule Expression ${expression}.`);
  if (!isTimeZone(zone)) throw validation(`Invalid Schedule Expression Timezone ${zone}.`);
  const { StartDate, EndDate, Description, KmsKeyArn } = input;
  if (StartDate !== undefined && EndDate !== undefined && EndDate <= StartDate) {
    throw validation('The EndDate must be after the StartDate.');
  }
  const windowMinutes = readWindow(input);
  const target = readTarget(input.Target ?? { Arn: undefined, RoleArn: undefined });
  checkTarget(target);
  return {
    expression,
    zone,
    isEnabled: input.State !== 'DISABLED',
    target,
    ...(windowMinutes !== undefined && { windowMinutes }),
    ...(StartDate !== undefined && { startsAt: StartDate.getTime() }),
    ...(EndDate !== undefined && { endsAt: EndDate.getTime() }),
    ...(Description !== undefined && { description: Description }),
    ...(KmsKeyArn !== undefined && { kmsKeyArn: KmsKeyArn }),
    isDeletedAfterwards: input.ActionAfterCompletion === 'DELETE',
  };
}

/** @throws ValidationException */
function readWindow({ FlexibleTimeWindow: window }: Input): number | undefined {
  const minutes = window?.MaximumWindowInMinutes;
  if (window?.Mode === 'OFF' && minutes !== undefined) {
    throw validation('MaximumWindowInMinutes must not be set where the mode of the FlexibleTimeWindow is OFF.');
  }
  if (window?.Mode === 'FLEXIBLE' && minutes === undefined) {
    throw validation('MaximumWindowInMinutes must be set where the mode of the FlexibleTimeWindow is FLEXIBLE.');
  }
  return minutes;
}

/** @throws ValidationException */
function readTarget(target: Target): TargetState {
  const { Input: input, DeadLetterConfig, RetryPolicy, SqsParameters, EventBridgeParameters: event } = target;
  if ((input ?? '').length > schedulerLimits.inputCharacters) {
    throw validation(`The input of a target has at most ${schedulerLimits.inputCharacters} characters.`);
  }
  const deadLetterArn = DeadLetterConfig?.Arn;
  const { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: seconds } = RetryPolicy ?? {};
  const messageGroupId = SqsParameters?.MessageGroupId;
  return {
    arn: target.Arn ?? '',
    roleArn: target.RoleArn ?? '',
    ...(input !== undefined && { input }),
    ...(deadLetterArn !== undefined && { deadLetterArn }),
    ...(RetryPolicy && {
      retries: { ...(attempts !== undefined && { attempts }), ...(seconds !== undefined && { seconds }) },
    }),
    ...(messageGroupId !== undefined && { messageGroupId }),
    ...(event && { event: { detailType: event.DetailType ?? '', source: event.Source ?? '' } }),
  };
}

/** Scheduler tries whether it may use the role before it keeps a schedule. @throws ValidationException */
export function checkRole(
  { target }: ScheduleSettings,
  place: { readonly accountId: string; readonly region: string; readonly group: string },
  world: World,
  call: Call,
): void {
  const { accountId, region, group } = place;
  const source = { arn: groupArn(accountId, { region, name: group }), accountId };
  if (mayAssume(SCHEDULER, target.roleArn, source, world, call)) return;
  throw validation('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
}

const DEFAULT_ATTEMPTS = 185;
const DEFAULT_SECONDS = 86_400;

/** A target with what holds where a request said nothing. */
export function shownTarget({
  arn,
  roleArn,
  input,
  deadLetterArn,
  retries,
  messageGroupId,
  event,
}: TargetState): Target {
  return {
    Arn: arn,
    RoleArn: roleArn,
    ...(input !== undefined && { Input: input }),
    ...(deadLetterArn !== undefined && { DeadLetterConfig: { Arn: deadLetterArn } }),
    RetryPolicy: {
      MaximumRetryAttempts: retries?.attempts ?? DEFAULT_ATTEMPTS,
      MaximumEventAgeInSeconds: retries?.seconds ?? DEFAULT_SECONDS,
    },
    ...(messageGroupId !== undefined && { SqsParameters: { MessageGroupId: messageGroupId } }),
    ...(event && { EventBridgeParameters: { DetailType: event.detailType, Source: event.source } }),
  };
}

export function shownSchedule(accountId: string, schedule: ScheduleState): GetScheduleOutput {
  const { windowMinutes, startsAt, endsAt, description, kmsKeyArn } = schedule;
  return {
    Arn: scheduleArn(accountId, schedule),
    Name: schedule.name,
    GroupName: schedule.group,
    ScheduleExpression: schedule.expression,
    ScheduleExpressionTimezone: schedule.zone,
    State: schedule.isEnabled ? 'ENABLED' : 'DISABLED',
    FlexibleTimeWindow:
      windowMinutes === undefined ? { Mode: 'OFF' } : { Mode: 'FLEXIBLE', MaximumWindowInMinutes: windowMinutes },
    Target: shownTarget(schedule.target),
    ActionAfterCompletion: schedule.isDeletedAfterwards ? 'DELETE' : 'NONE',
    ...(startsAt !== undefined && { StartDate: new Date(startsAt) }),
    ...(endsAt !== undefined && { EndDate: new Date(endsAt) }),
    ...(description !== undefined && { Description: description }),
    ...(kmsKeyArn !== undefined && { KmsKeyArn: kmsKeyArn }),
    CreationDate: new Date(schedule.createdAt),
    LastModificationDate: new Date(schedule.modifiedAt),
  };
}
