/** Whether a session is still on, when it ended, and how it is ended. */
import type { Draft } from '../../../call.ts';
import type { World } from '../../../world.ts';
import { hostAt } from '../../ec2/hosts.ts';
import type { SessionState } from './state.ts';

const minute = 60_000;
/** Days that the history of sessions is kept (User Guide, "View session history"). */
export const historyDays = 30;

/** When a session ended, by its end, its idle time or its longest duration; undefined while it is on. @param now epoch milliseconds */
export function endOf(session: SessionState, now: number): number | undefined {
  const { endedAt, usedAt, startedAt, idleTimeout, longestDuration } = session;
  if (endedAt !== undefined) return endedAt;
  const idle = usedAt + idleTimeout * minute;
  const longest = longestDuration === undefined ? idle : startedAt + longestDuration * minute;
  const end = Math.min(idle, longest);
  return end <= now ? end : undefined;
}

/** Whether something can be sent: the session is on, and its instance runs. */
export function isOpen(session: SessionState, accountId: string, world: World, now: number): boolean {
  const { region, instanceId } = session;
  return endOf(session, now) === undefined && hostAt(world, { accountId, region, instanceId })?.state === 'running';
}

/** What is not needed for the history goes. */
export function endSession(session: Draft<SessionState>, now: number): void {
  session.endedAt = now;
  session.token = '';
  delete session.shell;
  delete session.command;
}
