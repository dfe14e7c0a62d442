/** The call that a target is: what a templated target sends, or the operation of a universal one. */
import { parseArn } from '../../../iam/arn.ts';
import { placeOfArn as placeOfQueue, queueUrl } from '../sqs/names.ts';
import { validation } from './errors.ts';
import { scheduleArn } from './names.ts';
import type { ScheduleState, TargetState } from './state.ts';
import { isUniversal, universalInput, universalTarget } from './universal-targets.ts';

export interface TargetCall {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** One invocation of a schedule. Times are epoch milliseconds. */
export interface Invocation {
  readonly accountId: string;
  readonly schedule: ScheduleState;
  readonly scheduledAt: number;
  /** A UUID. */
  readonly id: string;
}

/** Holds a target to what can be one here. @throws ValidationException */
export function checkTarget(target: TargetState): void {
  const { arn, input, event, messageGroupId } = target;
  if (isUniversal(arn)) {
    universalInput(universalTarget(arn), input);
    return;
  }
  const { service, resource = '' } = parseArn(arn) ?? {};
  switch (service) {
    case 'lambda':
      if (!resource.startsWith('function:')) throw badArn(arn);
      return;
    case 'sqs':
      if (placeOfQueue(arn) === undefined) throw badArn(arn);
      if (arn.endsWith('.fifo') && messageGroupId === undefined) {
        throw validation('SqsParameters.MessageGroupId is required for a FIFO queue.');
      }
      return;
    case 'sns':
      return;
    case 'events':
      if (!resource.startsWith('event-bus/')) throw badArn(arn);
      if (event === undefined) throw validation('EventBridgeParameters are required for an event bus.');
      checkDetail(input);
      return;
    default:
      throw badArn(arn);
  }
}

function badArn(arn: string) {
  return validation(
    `Provided Arn is not in correct format: ${arn} names no function, queue, topic, event bus or universal target.`,
  );
}

/** The detail of an event is a JSON object. */
function checkDetail(input = '{}'): void {
  try {
    const detail: unknown = JSON.parse(input);
    if (typeof detail === 'object' && detail !== null && !Array.isArray(detail)) return;
  } catch {
    // Refused below, as what is JSON and no object.
  }
  throw validation('Input must be a JSON object for an event bus.');
}

/** @throws ValidationException for an input that does not fit the operation, once its attributes are filled in */
export function callOf(invocation: Invocation): TargetCall {
  const { schedule } = invocation;
  const { arn, event, messageGroupId } = schedule.target;
  const text = inputOf(invocation);
  if (isUniversal(arn)) {
    const target = universalTarget(arn);
    const { service, operation } = target;
    return { service, operation: operation.name, region: schedule.region, input: universalInput(target, text) };
  }
  const { service = '', region = schedule.region } = parseArn(arn) ?? {};
  const body = text ?? defaultEvent(invocation);
  switch (service) {
    case 'lambda': {
      const Payload = new TextEncoder().encode(body);
      return { service, operation: 'Invoke', region, input: { FunctionName: arn, InvocationType: 'Event', Payload } };
    }
    case 'sqs': {
      const place = placeOfQueue(arn);
      if (place === undefined) throw badArn(arn);
      const group = messageGroupId === undefined ? {} : { MessageGroupId: messageGroupId };
      const input = { QueueUrl: queueUrl({}, place), MessageBody: body, ...group };
      return { service, operation: 'SendMessage', region, input };
    }
    case 'sns':
      return { service, operation: 'Publish', region, input: { TopicArn: arn, Message: body } };
    default: {
      const entry = { EventBusName: arn, Source: event?.source, DetailType: event?.detailType, Detail: text ?? '{}' };
      return { service: 'events', operation: 'PutEvents', region, input: { Entries: [entry] } };
    }
  }
}

/** The input with its context attributes filled in. User Guide, "Adding context attributes". */
export function inputOf({ accountId, schedule, scheduledAt, id }: Invocation): string | undefined {
  return schedule.target.input
    ?.replaceAll('<aws.scheduler.schedule-arn>', scheduleArn(accountId, schedule))
    .replaceAll('<aws.scheduler.scheduled-time>', shownSecond(scheduledAt))
    .replaceAll('<aws.scheduler.execution-id>', id)
    .replaceAll('<aws.scheduler.attempt-number>', '1');
}

/** What a target gets whose schedule says nothing. */
function defaultEvent({ accountId, schedule, scheduledAt, id }: Invocation): string {
  return JSON.stringify({
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: accountId,
    time: shownSecond(scheduledAt),
    region: schedule.region,
    resources: [scheduleArn(accountId, schedule)],
    detail: '{}',
  });
}

export function shownSecond(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
