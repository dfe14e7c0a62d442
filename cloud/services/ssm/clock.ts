/** What falls due in Systems Manager: commands on their nodes, and runbooks that go on. */
import type { Clockwork } from '../../clockwork.ts';
import { seeing } from '../../process.ts';
import type { World } from '../../world.ts';
import { openExecutions, runDueExecutions } from './automation/running.ts';
import { openInvocations, runDueCommands } from './commands/running.ts';

const AGENT = 'ssm.amazonaws.com';

function earliest(world: World): number | undefined {
  let next: number | undefined;
  for (const { dueAt } of openInvocations(world)) if (next === undefined || dueAt < next) next = dueAt;
  for (const { dueAt } of openExecutions(world)) if (next === undefined || dueAt < next) next = dueAt;
  return next;
}

export const ssmTime: Clockwork = {
  nextDue: earliest,
  *tick(tick) {
    const { region } = tick.world;
    const moment = { ...tick, request: { sourceIp: AGENT, secureTransport: true, userAgent: AGENT, region } };
    // A runbook sends commands, and goes on when they have ended.
    for (
      let next = earliest(yield* seeing());
      next !== undefined && next <= tick.now;
      next = earliest(yield* seeing())
    ) {
      yield* runDueCommands(moment);
      yield* runDueExecutions(moment);
    }
  },
};
