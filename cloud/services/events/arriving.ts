/**
 * Calls as events: what a trail records comes to the default bus of its region, about a second later, if a rule takes it. Amazon
 * EventBridge User Guide, "AWS service events delivered via AWS CloudTrail": a trail must log.
 */
import type { CallListener } from '../../call-listener.ts';
import { type PastCall, recordFor, type TrailRecord } from '../../ledger/past-call.ts';
import type { Account, World } from '../../world.ts';
import { isRecorded } from '../cloudtrail/selecting.ts';
import { takes } from './delivering.ts';
import { eventsLimits } from './limits.ts';
import { DEFAULT_BUS, EVENTS } from './names.ts';
import type { RuleMode, RuleState } from './state.ts';
import type { EventBody } from './target-input.ts';

/** Milliseconds between a call and its event. What an event sets off is later than it, so no circle stays in one moment. */
const delay = 1_000;

/** Reading calls by their names, as EventBridge tells them. User Guide, "Receiving read-only management events from AWS services". */
const READS = /^(Get|List|Describe)/;
const CHANGES = new Set(['GetFederationToken', 'GetSessionToken']);

export function isRead({ eventName }: Pick<TrailRecord, 'eventName'>): boolean {
  return READS.test(eventName) && !CHANGES.has(eventName);
}

/** The rules of an account that take calls at all: none where no trail logs. */
function rulesOn({ cloudtrail, events }: Account): readonly RuleState[] {
  const isLogging = Object.values(cloudtrail.trails).some((trail) => trail.isLogging);
  if (!isLogging) return [];
  return Object.values(events.rules).filter(
    ({ mode, bus, pattern }) => mode !== 'DISABLED' && bus === DEFAULT_BUS && pattern !== undefined,
  );
}

const ALL: readonly RuleMode[] = ['ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'];
const ANY: readonly RuleMode[] = [...ALL, 'ENABLED'];

interface Hearing {
  readonly accountId: string;
  readonly rules: readonly RuleState[];
}

const hearing = new WeakMap<World['accounts'], readonly Hearing[]>();

/** The accounts that hear calls. */
function hearers({ accounts }: World): readonly Hearing[] {
  const known = hearing.get(accounts);
  if (known !== undefined) return known;
  const found = Object.values(accounts)
    .map((account) => ({ accountId: account.id, rules: rulesOn(account) }))
    .filter(({ rules }) => rules.length > 0);
  hearing.set(accounts, found);
  return found;
}

/** An account's own event of a call; undefined where no trail of the account records it. */
function eventOf(world: World, call: PastCall, accountId: string): EventBody | undefined {
  const record = recordFor(call, accountId);
  const trails = Object.values(world.accounts[accountId]?.cloudtrail.trails ?? {});
  if (record === undefined || !trails.some((trail) => trail.isLogging && isRecorded(call, accountId, trail))) {
    return undefined;
  }
  return {
    version: '0',
    id: record.eventID,
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${record.eventSource.replace(/\.amazonaws\.com$/, '')}`,
    account: accountId,
    time: record.eventTime,
    region: record.awsRegion,
    resources: [],
    detail: record,
  };
}

export const eventsListener: CallListener = {
  hears(world, operation) {
    const wanted = isRead({ eventName: operation }) ? ALL : ANY;
    return hearers(world).some(({ rules }) => rules.some(({ mode }) => wanted.includes(mode)));
  },
  heard(world, call) {
    // Its own deliveries would set off the next.
    if (call.record.userIdentity.invokedBy === EVENTS) return [];
    return hearers(world).flatMap(({ accountId, rules }) => {
      const event = eventOf(world, call, accountId);
      if (event === undefined) return [];
      const arrival = { event, isRead: isRead(call.record) };
      const isTaken = rules.some((rule) => rule.region === event['region'] && takes(rule, arrival));
      return isTaken ? [{ accountId, keep: keeping(event, call.at) }] : [];
    });
  },
};

function keeping(event: EventBody, at: number): ReturnType<CallListener['heard']>[number]['keep'] {
  return ({ events }) => {
    const { arriving } = events;
    const oldest = Object.values(arriving).sort((a, b) => a.dueAt - b.dueAt);
    const surplus = oldest.length - eventsLimits.arriving + 1;
    for (const { id } of oldest.slice(0, Math.max(0, surplus))) delete arriving[id];
    const id = String(event['id']);
    arriving[id] = { id, region: String(event['region']), event: JSON.stringify(event), dueAt: at + delay };
  };
}
