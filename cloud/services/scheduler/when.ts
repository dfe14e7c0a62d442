/** When a schedule is due. EventBridge Scheduler User Guide, "Schedule types" and "Configuring flexible time windows". */
import type { Random } from '../../call.ts';
import { nextOf, readScheduleExpression } from '../../schedules/schedule-expression.ts';
import type { ScheduleSettings, ScheduleState } from './state.ts';

/** The next invocation later than a moment; undefined where there is none any more. */
export function nextInvocation(
  schedule: ScheduleSettings & Pick<ScheduleState, 'anchor'>,
  after: number,
  random: Random,
): ScheduleState['next'] {
  const { expression: text, zone, anchor, startsAt, endsAt, windowMinutes = 0 } = schedule;
  const expression = readScheduleExpression(text);
  if (expression === undefined) throw new Error(`${text} was saved, and is no schedule expression`);
  const isOnce = expression.kind === 'at';
  // Start and end are of schedules that recur.
  const from = isOnce || startsAt === undefined ? after : Math.max(after, startsAt - 1);
  const scheduledAt = nextOf(expression, { after: from, anchor, zone });
  if (scheduledAt === undefined || (!isOnce && endsAt !== undefined && scheduledAt > endsAt)) return undefined;
  return { scheduledAt, dueAt: scheduledAt + late(windowMinutes, random) };
}

/** A moment within the window, whole seconds. */
function late(minutes: number, random: Random): number {
  if (minutes === 0) return 0;
  const [a = 0, b = 0, c = 0] = random.bytes(3);
  return Math.floor((((a * 256 + b) * 256 + c) / 0x1000000) * minutes * 60) * 1000;
}

/** What a rate counts from: the start, and where there is none the moment at which it was made. */
export function anchorOf({ startsAt }: Pick<ScheduleSettings, 'startsAt'>, now: number): number {
  return startsAt === undefined || startsAt < now ? now : startsAt;
}
