/** What EventBridge does by the clock: rules with a schedule, and events of calls that have come to the bus. */
import type { Clockwork, Tick } from '../../clockwork.ts';
import { own } from '../../own.ts';
import { changing, type Process } from '../../process.ts';
import { newRequestId } from '../../request-id.ts';
import type { World } from '../../world.ts';
import { isRead } from './arriving.ts';
import { deliver, send } from './delivering.ts';
import { DEFAULT_BUS, ruleArn, ruleKey } from './names.ts';
import { scheduled } from './rules.ts';
import type { ArrivingEvent, RuleState } from './state.ts';
import type { EventBody } from './target-input.ts';

interface DueRule {
  readonly accountId: string;
  readonly rule: RuleState;
  readonly at: number;
}

function* scheduledRules({ accounts }: World): Iterable<DueRule> {
  for (const { id: accountId, events } of Object.values(accounts)) {
    for (const rule of Object.values(events.rules)) {
      if (rule.mode !== 'DISABLED' && rule.nextAt !== undefined) yield { accountId, rule, at: rule.nextAt };
    }
  }
}

function* arrivingEvents({ accounts }: World): Iterable<readonly [accountId: string, event: ArrivingEvent]> {
  for (const { id, events } of Object.values(accounts)) {
    for (const event of Object.values(events.arriving)) yield [id, event];
  }
}

export const eventsTime: Clockwork = {
  nextDue(world) {
    let next: number | undefined;
    for (const { at } of scheduledRules(world)) if (next === undefined || at < next) next = at;
    for (const [, { dueAt }] of arrivingEvents(world)) if (next === undefined || dueAt < next) next = dueAt;
    return next;
  },
  *tick(tick) {
    const rules = [...scheduledRules(tick.world)].filter(({ at }) => at <= tick.now);
    const arrived = [...arrivingEvents(tick.world)].filter(([, { dueAt }]) => dueAt <= tick.now);
    // All are taken out, and moved on, before the first is delivered.
    for (const due of rules) yield* moveOn(due, tick);
    for (const [accountId, { id }] of arrived) {
      yield* changing(accountId, ({ events }) => {
        delete events.arriving[id];
      });
    }
    for (const { accountId, rule, at } of rules) {
      yield* send(scheduledEvent(accountId, rule, at, tick), rule, accountId, tick);
    }
    for (const [accountId, { region, event }] of arrived.sort(([, a], [, b]) => a.dueAt - b.dueAt)) {
      const body = JSON.parse(event) as EventBody & { readonly detail: { readonly eventName: string } };
      yield* deliver({ bus: { region, accountId, name: DEFAULT_BUS }, event: body, isRead: isRead(body.detail) }, tick);
    }
  },
};

function* moveOn({ accountId, rule }: DueRule, { now }: Tick): Process<void> {
  yield* changing(accountId, ({ events }) => {
    const kept = own(events.rules, ruleKey(rule.region, rule.bus, rule.name));
    if (kept === undefined) return;
    const { nextAt } = scheduled(kept, now);
    if (nextAt === undefined) delete kept.nextAt;
    else kept.nextAt = nextAt;
  });
}

function scheduledEvent(accountId: string, rule: RuleState, at: number, { random }: Tick): EventBody {
  return {
    version: '0',
    id: newRequestId(random),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: accountId,
    time: `${new Date(at).toISOString().slice(0, 19)}Z`,
    region: rule.region,
    resources: [ruleArn(accountId, rule)],
    detail: {},
  };
}
