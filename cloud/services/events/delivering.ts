/**
 * An event on a bus: every rule that it meets sends it to its targets, as the role of the target or as EventBridge itself, for the rule.
 * Amazon EventBridge User Guide, "Using resource-based policies for Amazon EventBridge".
 */
import { parseArn } from '../../../iam/arn.ts';
import type { Random } from '../../call.ts';
import type { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import { type ActingAs, calling, type InnerOutcome, type Process, seeing } from '../../process.ts';
import { newRequestId } from '../../request-id.ts';
import { placeOfArn as placeOfGroup } from '../logs/names.ts';
import { placeOfArn as placeOfQueue, queueUrl } from '../sqs/names.ts';
import { assuming, shortestSession } from '../sts/assuming.ts';
import { type BusPlace, EVENTS, ruleArn } from './names.ts';
import { meetsPattern, readPattern } from './pattern.ts';
import type { RuleState, TargetState } from './state.ts';
import { type EventBody, inputFor } from './target-input.ts';

/** An event that has come to a bus. */
export interface Arrival {
  readonly bus: BusPlace;
  readonly event: EventBody;
  /** Whether it tells of a call that only reads: rules must ask for those. */
  readonly isRead: boolean;
}

export interface Moment {
  /** The sandbox's clock, epoch milliseconds. */
  readonly now: number;
  readonly random: Random;
}

/** Whether a rule takes an event. */
export function takes({ mode, pattern }: RuleState, { event, isRead }: Pick<Arrival, 'event' | 'isRead'>): boolean {
  if (mode === 'DISABLED' || pattern === undefined) return false;
  if (isRead && mode !== 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS') return false;
  return meetsPattern(readPattern(pattern), event);
}

/** Sends an event to the targets of all rules that take it. What cannot be delivered is nobody's error. */
export function* deliver(arrival: Arrival, moment: Moment): Process<void> {
  const { region, accountId, name } = arrival.bus;
  const account = own((yield* seeing()).accounts, accountId);
  const rules = Object.values(account?.events.rules ?? {})
    .filter((rule) => rule.region === region && rule.bus === name)
    .filter((rule) => takes(rule, arrival));
  for (const rule of rules) yield* send(arrival.event, rule, accountId, moment);
}

/** Sends an event to every target of a rule. */
export function* send(event: EventBody, rule: RuleState, accountId: string, moment: Moment): Process<void> {
  for (const target of Object.values(rule.targets)) yield* sendTo(event, { rule, target, accountId }, moment);
}

interface Route {
  readonly rule: RuleState;
  readonly target: TargetState;
  readonly accountId: string;
}

function* sendTo(event: EventBody, route: Route, moment: Moment): Process<void> {
  const as = yield* actingAs(route, moment);
  const outcome = as.kind === 'error' ? as : yield* called(event, route, as, moment);
  if (outcome.kind === 'error') yield* leave(event, route, outcome.error);
}

/** By what right EventBridge calls a target. */
function* actingAs(
  { rule, target, accountId }: Route,
  { now, random }: Moment,
): Process<ActingAs | Extract<InnerOutcome, { kind: 'error' }>> {
  const source = { arn: ruleArn(accountId, rule), accountId };
  const { service, accountId: owner } = parseArn(target.arn) ?? {};
  if (target.roleArn !== undefined) {
    const sessionName = newRequestId(random).replaceAll('-', '');
    const assumed = yield* assuming({
      by: EVENTS,
      roleArn: target.roleArn,
      sessionName,
      source,
      seconds: shortestSession,
      now,
    });
    return assumed.kind === 'refused'
      ? { kind: 'error', error: assumed.error }
      : { kind: 'session', caller: assumed.caller };
  }
  // The bus of another account lets in the account that sends (User Guide, "Sending and receiving events between AWS accounts").
  if (service === 'events' && owner !== accountId) return { kind: 'session', caller: { kind: 'root', accountId } };
  return { kind: 'service', source };
}

function* called(event: EventBody, route: Route, as: ActingAs, moment: Moment): Process<InnerOutcome> {
  const { target, rule, accountId } = route;
  const { arn, messageGroupId } = target;
  const { service = '', region = rule.region } = parseArn(arn) ?? {};
  const text = inputFor(event, target, { rule, accountId, now: moment.now });
  const call = (operation: string, input: Readonly<Record<string, unknown>>) =>
    calling({ by: EVENTS, as, service, operation, region, input });
  switch (service) {
    case 'lambda':
      return yield* call('Invoke', {
        FunctionName: arn,
        InvocationType: 'Event',
        Payload: new TextEncoder().encode(text),
      });
    case 'sns':
      return yield* call('Publish', { TopicArn: arn, Message: text });
    case 'events':
      return yield* call('PutEvents', { Entries: [entryOf(event, arn)] });
    case 'logs':
      return yield* log(text, arn, call, moment);
    default: {
      const place = placeOfQueue(arn);
      if (place === undefined) throw new Error(`${arn} was saved, and is no target`);
      const group = messageGroupId === undefined ? {} : { MessageGroupId: messageGroupId };
      return yield* call('SendMessage', { QueueUrl: queueUrl({}, place), MessageBody: text, ...group });
    }
  }
}

/** To another bus an event goes as it is. */
function entryOf(event: EventBody, bus: string) {
  return {
    EventBusName: bus,
    Time: new Date(String(event['time'])),
    Source: event['source'],
    DetailType: event['detail-type'],
    Resources: event['resources'],
    Detail: JSON.stringify(event['detail']),
  };
}

/** A log group gets a stream for each event. */
function* log(
  message: string,
  arn: string,
  call: (operation: string, input: Readonly<Record<string, unknown>>) => Process<InnerOutcome>,
  { now, random }: Moment,
): Process<InnerOutcome> {
  const logGroupName = placeOfGroup(arn)?.name;
  const stream = { logGroupName, logStreamName: newRequestId(random) };
  const made = yield* call('CreateLogStream', stream);
  if (made.kind === 'error') return made;
  return yield* call('PutLogEvents', { ...stream, logEvents: [{ timestamp: now, message }] });
}

/** Leaves what could not be delivered in the target's dead-letter queue, whose policy must let EventBridge in. */
function* leave(event: EventBody, { rule, target, accountId }: Route, { code, message }: AwsError): Process<void> {
  const place = placeOfQueue(target.deadLetterArn ?? '');
  if (place === undefined) return;
  const arn = ruleArn(accountId, rule);
  const said = {
    ERROR_CODE: code,
    ERROR_MESSAGE: message,
    RETRY_ATTEMPTS: '0',
    RULE_ARN: arn,
    TARGET_ARN: target.arn,
  };
  const MessageAttributes = Object.fromEntries(
    Object.entries(said).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
  yield* calling({
    by: EVENTS,
    as: { kind: 'service', source: { arn, accountId } },
    service: 'sqs',
    operation: 'SendMessage',
    region: place.region,
    input: { QueueUrl: queueUrl({}, place), MessageBody: JSON.stringify(event), MessageAttributes },
  });
}
