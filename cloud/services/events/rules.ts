/** Rules. */
import type {
  DeleteRuleRequest,
  DescribeRuleRequest,
  DescribeRuleResponse,
  DisableRuleRequest,
  EnableRuleRequest,
  ListRuleNamesByTargetRequest,
  ListRuleNamesByTargetResponse,
  ListRulesRequest,
  ListRulesResponse,
  PutRuleRequest,
  PutRuleResponse,
  Rule,
  TestEventPatternRequest,
  TestEventPatternResponse,
} from '@aws-sdk/client-eventbridge';
import type { AccountDraft, Call } from '../../call.ts';
import { own } from '../../own.ts';
import { passRole } from '../../permissions/pass-role.ts';
import { nextOf, readScheduleExpression } from '../../schedules/schedule-expression.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { limitExceeded, validation } from './errors.ts';
import { eventsLimits } from './limits.ts';
import { busOf, DEFAULT_BUS, EVENTS, ruleArn, ruleKey, ruleOf } from './names.ts';
import { pageOf } from './pages.ts';
import { meetsPattern, readPattern } from './pattern.ts';
import type { RuleMode, RuleState } from './state.ts';
import { withTags } from './tag-rules.ts';

/** When a rule is due next, and what its rate counts from. */
export function scheduled(rule: Pick<RuleState, 'schedule' | 'anchor'>, after: number): { readonly nextAt?: number } {
  const expression = rule.schedule === undefined ? undefined : readScheduleExpression(rule.schedule);
  const nextAt = expression && nextOf(expression, { after, anchor: rule.anchor, zone: 'UTC' });
  return nextAt === undefined ? {} : { nextAt };
}

/** @throws ValidationException */
function checkSchedule(text: string, bus: string): void {
  const expression = readScheduleExpression(text);
  const isGood = expression?.kind === 'cron' || (expression?.kind === 'rate' && expression.isWellWorded);
  if (!isGood) throw validation('Parameter ScheduleExpression is not valid.');
  if (bus !== DEFAULT_BUS) throw validation('ScheduleExpression is supported only on the default event bus.');
}

/** @throws LimitExceededException */
function checkRoom({ events }: AccountDraft, region: string, bus: string): void {
  const rules = Object.values(events.rules);
  const onBus = rules.filter((rule) => rule.region === region && rule.bus === bus);
  if (rules.length >= eventsLimits.rules || onBus.length >= eventsLimits.rulesPerBus) throw limitExceeded();
}

/** PutRule says a rule's own members anew; its targets and tags stay. */
export const putRule: ChangeOperation<PutRuleRequest, PutRuleResponse> = {
  kind: 'change',
  alsoNeeds: ({ RoleArn }, facts) => (RoleArn === undefined ? [] : [passRole(RoleArn, EVENTS, facts)]),
  handle(account, input, call) {
    const { Name: name = '', EventPattern: pattern, State = 'ENABLED', Description, RoleArn } = input;
    const schedule = input.ScheduleExpression === '' ? undefined : input.ScheduleExpression;
    const { region, name: bus } = busOf(account, input.EventBusName, call.request.region);
    if (pattern === undefined && schedule === undefined) {
      throw validation('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    }
    if (pattern !== undefined) readPattern(pattern);
    if (schedule !== undefined) checkSchedule(schedule, bus);
    const key = ruleKey(region, bus, name);
    const before: RuleState | undefined = own(account.events.rules, key);
    if (before === undefined) checkRoom(account, region, bus);
    const isSame = before !== undefined && before.schedule === schedule && before.mode === State;
    // A rate begins with the rule, and is due one interval later.
    const anchor = isSame ? before.anchor : call.now;
    const rule: RuleState = {
      name,
      bus,
      region,
      ...(pattern !== undefined && { pattern }),
      ...(schedule !== undefined && { schedule }),
      mode: State,
      ...(Description !== undefined && { description: Description }),
      ...(RoleArn !== undefined && { roleArn: RoleArn }),
      createdBy: before?.createdBy ?? creatorOf(call) ?? account.id,
      tags: before?.tags ?? withTags({}, input.Tags ?? []),
      targets: before?.targets ?? {},
      anchor,
      ...scheduled({ ...(schedule !== undefined && { schedule }), anchor }, call.now),
    };
    account.events.rules[key] = rule as (typeof account.events.rules)[string];
    return { RuleArn: ruleArn(account.id, rule) };
  },
};

function creatorOf({ caller }: Call): string | undefined {
  return 'accountId' in caller ? caller.accountId : undefined;
}

function shownRule(accountId: string, rule: RuleState): Rule {
  const { pattern, schedule, description, roleArn } = rule;
  return {
    Name: rule.name,
    Arn: ruleArn(accountId, rule),
    ...(pattern !== undefined && { EventPattern: pattern }),
    ...(schedule !== undefined && { ScheduleExpression: schedule }),
    State: rule.mode,
    ...(description !== undefined && { Description: description }),
    ...(roleArn !== undefined && { RoleArn: roleArn }),
    EventBusName: rule.bus,
  };
}

export const describeRule: ReadOperation<DescribeRuleRequest, DescribeRuleResponse> = {
  kind: 'read',
  handle(account, { Name, EventBusName }, call) {
    const rule = ruleOf(account, { name: Name, bus: EventBusName }, call.request.region);
    return { ...shownRule(account.id, rule), CreatedBy: rule.createdBy };
  },
};

export const listRules: ReadOperation<ListRulesRequest, ListRulesResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { region, name: bus } = busOf(account, input.EventBusName, call.request.region);
    const found = Object.values(account.events.rules).filter(
      (rule) => rule.region === region && rule.bus === bus && rule.name.startsWith(input.NamePrefix ?? ''),
    );
    const { page, NextToken } = pageOf(found, input, ({ name }) => name);
    return {
      Rules: page.map((rule) => shownRule(account.id, rule)),
      ...(NextToken !== undefined && { NextToken }),
    };
  },
};

export const listRuleNamesByTarget: ReadOperation<ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { region, name: bus } = busOf(account, input.EventBusName, call.request.region);
    const found = Object.values(account.events.rules).filter(
      (rule) =>
        rule.region === region &&
        rule.bus === bus &&
        Object.values(rule.targets).some(({ arn }) => arn === input.TargetArn),
    );
    const { page, NextToken } = pageOf(found, input, ({ name }) => name);
    return { RuleNames: page.map(({ name }) => name), ...(NextToken !== undefined && { NextToken }) };
  },
};

/** One that is not there is deleted already; its targets must be gone before. */
export const deleteRule: ChangeOperation<DeleteRuleRequest, object> = {
  kind: 'change',
  handle(account, { Name: name = '', EventBusName }, call) {
    const { region, name: bus } = busOf(account, EventBusName, call.request.region);
    const key = ruleKey(region, bus, name);
    const rule = own(account.events.rules, key);
    if (rule !== undefined && Object.keys(rule.targets).length > 0) {
      throw validation("Rule can't be deleted since it has targets.");
    }
    delete account.events.rules[key];
    return {};
  },
};

function setMode(account: AccountDraft, input: EnableRuleRequest, call: Call, mode: RuleMode): object {
  const rule = ruleOf(account, { name: input.Name, bus: input.EventBusName }, call.request.region);
  if (rule.mode === mode) return {};
  rule.mode = mode;
  rule.anchor = call.now;
  const { nextAt } = scheduled(rule, call.now);
  if (nextAt === undefined) delete rule.nextAt;
  else rule.nextAt = nextAt;
  return {};
}

export const enableRule: ChangeOperation<EnableRuleRequest, object> = {
  kind: 'change',
  handle: (account, input, call) => setMode(account, input, call, 'ENABLED'),
};

export const disableRule: ChangeOperation<DisableRuleRequest, object> = {
  kind: 'change',
  handle: (account, input, call) => setMode(account, input, call, 'DISABLED'),
};

/** What every event has (API Reference, TestEventPattern). */
const REQUIRED = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

export const testEventPattern: ReadOperation<TestEventPatternRequest, TestEventPatternResponse> = {
  kind: 'read',
  handle(_account, { EventPattern = '', Event = '' }) {
    const event = eventOf(Event);
    if (event === undefined || !REQUIRED.every((name) => Object.hasOwn(event, name))) {
      throw validation('Parameter Event is not valid.');
    }
    return { Result: meetsPattern(readPattern(EventPattern), event) };
  },
};

function eventOf(text: string): object | undefined {
  try {
    const event: unknown = JSON.parse(text);
    return typeof event === 'object' && event !== null && !Array.isArray(event) ? event : undefined;
  } catch {
    // No JSON is no event.
    return undefined;
  }
}
