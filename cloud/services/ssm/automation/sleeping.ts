/** `aws:sleep`: for a duration in ISO 8601, or until a time. */
import { textIn } from '../documents/content.ts';
import type { StepOutcome, StepRun } from './step-run.ts';

const DURATION = /^P(?:(\d{1,3})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/;
const second = 1000;
/** AWS's own: "The Automation action can sleep for at most seven days." */
const longest = 7 * 24 * 3600 * second;

export function sleepingUntil({ inputs, now, startedAt }: Pick<StepRun, 'inputs' | 'now' | 'startedAt'>): StepOutcome {
  const end = endOf(textIn(inputs, 'Duration'), textIn(inputs, 'Timestamp'), startedAt);
  if (end === undefined || Number.isNaN(end) || end - startedAt > longest) {
    return {
      kind: 'failed',
      message: 'The step says no duration or time to sleep for that can be read, or one of more than 7 days.',
    };
  }
  return end <= now ? { kind: 'done', outputs: [] } : { kind: 'waits', until: end };
}

function endOf(duration: string | undefined, timestamp: string | undefined, startedAt: number): number | undefined {
  if (duration === undefined) return timestamp === undefined ? undefined : Date.parse(timestamp);
  const parts = DURATION.exec(duration);
  if (parts === null || duration.length < 3) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return startedAt + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * second;
}
