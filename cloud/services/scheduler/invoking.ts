/**
 * What schedules do when they are due: the target is called as the schedule's role, which Scheduler assumes for the schedule's group
 * (User Guide, "Confused deputy prevention"). What fails goes to the dead-letter queue, as the same role; see docs/assumptions.md.
 */
import type { Clockwork, Tick } from '../../clockwork.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import { type ActingAs, calling, changing, type Process } from '../../process.ts';
import { newRequestId } from '../../request-id.ts';
import type { World } from '../../world.ts';
import { placeOfArn as placeOfQueue, queueUrl } from '../sqs/names.ts';
import { assuming, shortestSession } from '../sts/assuming.ts';
import { groupArn, SCHEDULER, scheduleArn, scheduleKey } from './names.ts';
import type { ScheduleState } from './state.ts';
import { callOf, type Invocation, inputOf, shownSecond } from './target-calls.ts';
import { nextInvocation } from './when.ts';

interface Waiting {
  readonly accountId: string;
  readonly schedule: ScheduleState;
  readonly next: NonNullable<ScheduleState['next']>;
}

function* waiting({ accounts }: World): Iterable<Waiting> {
  for (const { id: accountId, scheduler } of Object.values(accounts)) {
    for (const schedule of Object.values(scheduler.schedules)) {
      if (schedule.isEnabled && schedule.next !== undefined) yield { accountId, schedule, next: schedule.next };
    }
  }
}

export const schedulerTime: Clockwork = {
  nextDue(world) {
    let earliest: number | undefined;
    for (const { next } of waiting(world)) if (earliest === undefined || next.dueAt < earliest) earliest = next.dueAt;
    return earliest;
  },
  *tick(tick) {
    const due = [...waiting(tick.world)].filter(({ next }) => next.dueAt <= tick.now);
    // All are moved on before the first is done: a target may run code, and other ticks come meanwhile.
    for (const one of due) yield* moveOn(one, tick);
    for (const { accountId, schedule, next } of due) {
      yield* invoke({ accountId, schedule, scheduledAt: next.scheduledAt, id: newRequestId(tick.random) }, tick);
    }
  },
};

function* moveOn({ accountId, schedule, next }: Waiting, { now, random }: Tick): Process<void> {
  const { region, group, name } = schedule;
  const key = scheduleKey(region, group, name);
  const following = nextInvocation(schedule, Math.max(now, next.scheduledAt), random);
  yield* changing(accountId, ({ scheduler }) => {
    const kept = own(scheduler.schedules, key);
    if (kept === undefined) return;
    if (following !== undefined) kept.next = following;
    else if (kept.isDeletedAfterwards) delete scheduler.schedules[key];
    else delete kept.next;
  });
}

function* invoke(invocation: Invocation, tick: Tick): Process<void> {
  const { accountId, schedule, id } = invocation;
  const { region, group } = schedule;
  const assumed = yield* assuming({
    by: SCHEDULER,
    roleArn: schedule.target.roleArn,
    sessionName: id.replaceAll('-', ''),
    source: { arn: groupArn(accountId, { region, name: group }), accountId },
    seconds: shortestSession,
    now: tick.now,
  });
  // Whose role may not be used any more has nobody's right to send anywhere.
  if (assumed.kind === 'refused') return;
  const as: As = { kind: 'session', caller: assumed.caller };
  const failed = yield* called(invocation, as);
  if (failed !== undefined) yield* leave(invocation, failed, as);
}

type As = Extract<ActingAs, { kind: 'session' }>;

/** Calls the target; answers why it could not. */
function* called(invocation: Invocation, as: As): Process<AwsError | undefined> {
  try {
    const { service, operation, region, input } = callOf(invocation);
    const outcome = yield* calling({ by: SCHEDULER, as, service, operation, region, input });
    return outcome.kind === 'error' ? outcome.error : undefined;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

/** Leaves what failed in the dead-letter queue. User Guide, "Configuring a dead-letter queue". */
function* leave(invocation: Invocation, { code, message }: AwsError, as: As): Process<void> {
  const { accountId, schedule, scheduledAt, id } = invocation;
  const { arn, deadLetterArn } = schedule.target;
  const place = placeOfQueue(deadLetterArn ?? '');
  if (place === undefined) return;
  const said = {
    ERROR_CODE: code,
    ERROR_MESSAGE: message,
    EXECUTION_ID: id,
    RETRY_ATTEMPTS: '0',
    SCHEDULED_TIME: shownSecond(scheduledAt),
    SCHEDULE_ARN: scheduleArn(accountId, schedule),
    TARGET_ARN: arn,
  };
  const MessageAttributes = Object.fromEntries(
    Object.entries(said).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
  yield* calling({
    by: SCHEDULER,
    as,
    service: 'sqs',
    operation: 'SendMessage',
    region: place.region,
    input: { QueueUrl: queueUrl({}, place), MessageBody: inputOf(invocation) ?? '{}', MessageAttributes },
  });
}
