/** Event buses. */
import type {
  CreateEventBusRequest,
  CreateEventBusResponse,
  DeleteEventBusRequest,
  DescribeEventBusRequest,
  DescribeEventBusResponse,
  EventBus,
  ListEventBusesRequest,
  ListEventBusesResponse,
  UpdateEventBusRequest,
  UpdateEventBusResponse,
} from '@aws-sdk/client-eventbridge';
import type { AccountDraft, Call, Draft } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { principalNames } from '../iam/trust.ts';
import { alreadyExists, limitExceeded, validation } from './errors.ts';
import { eventsLimits } from './limits.ts';
import { busArn, busKey, busOf, DEFAULT_BUS } from './names.ts';
import { pageOf } from './pages.ts';
import type { BusState } from './state.ts';
import { withTags } from './tag-rules.ts';

/** A default bus of which nothing was said yet. */
export function unsaidBus(region: string): BusState {
  return { name: DEFAULT_BUS, region, tags: {}, createdAt: 0, modifiedAt: 0 };
}

/** A bus that a request names, also the default one. @throws ResourceNotFoundException */
export function busStateOf(account: Account, nameOrArn: string | undefined, region: string): BusState {
  const place = busOf(account, nameOrArn, region);
  return own(account.events.buses, busKey(place.region, place.name)) ?? unsaidBus(place.region);
}

/** A bus to be changed; of the default one something is said from now on. @throws ResourceNotFoundException */
export function changedBus(account: AccountDraft, nameOrArn: string | undefined, call: Call): Draft<BusState> {
  const place = busOf(account, nameOrArn, call.request.region);
  const key = busKey(place.region, place.name);
  const { buses } = account.events;
  const bus = own(buses, key) ?? { ...unsaidBus(place.region), createdAt: call.now };
  buses[key] = { ...bus, modifiedAt: call.now };
  const kept = own(buses, key);
  if (kept === undefined) throw new Error(`Bus ${key} was not kept`);
  return kept;
}

/** Resources that are AWS's or of no service here. @throws ValidationException */
function checkOffered({ EventSourceName }: CreateEventBusRequest): void {
  if (EventSourceName !== undefined) throw validation('Partner event sources are not offered here.');
}

function shownSettings({ description, kmsKey, deadLetterArn }: BusState) {
  return {
    ...(description !== undefined && { Description: description }),
    ...(kmsKey !== undefined && { KmsKeyIdentifier: kmsKey }),
    ...(deadLetterArn !== undefined && { DeadLetterConfig: { Arn: deadLetterArn } }),
  };
}

export const createEventBus: ChangeOperation<CreateEventBusRequest, CreateEventBusResponse> = {
  kind: 'change',
  handle(account, input, call) {
    const { Name: name = '', Description, KmsKeyIdentifier, DeadLetterConfig, Tags } = input;
    const { region } = call.request;
    checkOffered(input);
    if (name.includes('/')) throw validation(`Event bus name must not contain '/'.`);
    const { buses } = account.events;
    if (name === DEFAULT_BUS || own(buses, busKey(region, name)) !== undefined) {
      throw alreadyExists(`Event bus ${name} already exists.`);
    }
    if (Object.keys(buses).length >= eventsLimits.buses) throw limitExceeded();
    const deadLetterArn = DeadLetterConfig?.Arn;
    const bus: BusState = {
      name,
      region,
      ...(Description !== undefined && { description: Description }),
      ...(KmsKeyIdentifier !== undefined && { kmsKey: KmsKeyIdentifier }),
      ...(deadLetterArn !== undefined && { deadLetterArn }),
      tags: withTags({}, Tags ?? []),
      createdAt: call.now,
      modifiedAt: call.now,
    };
    buses[busKey(region, name)] = bus;
    return { EventBusArn: busArn({ region, accountId: account.id, name }), ...shownSettings(bus) };
  },
};

export const updateEventBus: ChangeOperation<UpdateEventBusRequest, UpdateEventBusResponse> = {
  kind: 'change',
  handle(account, { Name, Description, KmsKeyIdentifier, DeadLetterConfig }, call) {
    const bus = changedBus(account, Name, call);
    if (Description !== undefined) bus.description = Description;
    if (KmsKeyIdentifier !== undefined) bus.kmsKey = KmsKeyIdentifier;
    if (DeadLetterConfig?.Arn !== undefined) bus.deadLetterArn = DeadLetterConfig.Arn;
    const { name, region } = bus;
    return { Arn: busArn({ region, accountId: account.id, name }), Name: name, ...shownSettings(bus) };
  },
};

export const describeEventBus: ReadOperation<DescribeEventBusRequest, DescribeEventBusResponse> = {
  kind: 'read',
  handle(account, { Name }, call) {
    const bus = busStateOf(account, Name, call.request.region);
    return { ...shownBus(account.id, bus, call), ...shownSettings(bus) };
  },
};

function shownBus(accountId: string, bus: BusState, call: Call): EventBus {
  const { name, region, policy, description, createdAt, modifiedAt } = bus;
  return {
    Name: name,
    Arn: busArn({ region, accountId, name }),
    ...(description !== undefined && { Description: description }),
    ...(policy !== undefined && { Policy: principalNames(call.world).show(policy) }),
    CreationTime: new Date(createdAt),
    LastModifiedTime: new Date(modifiedAt),
  };
}

export const listEventBuses: ReadOperation<ListEventBusesRequest, ListEventBusesResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const said = Object.values(account.events.buses).filter((bus) => bus.region === region);
    const all = said.some(({ name }) => name === DEFAULT_BUS) ? said : [...said, unsaidBus(region)];
    const found = all.filter(({ name }) => name.startsWith(input.NamePrefix ?? ''));
    const { page, NextToken } = pageOf(found, input, ({ name }) => name);
    return {
      EventBuses: page.map((bus) => shownBus(account.id, bus, call)),
      ...(NextToken !== undefined && { NextToken }),
    };
  },
};

/** One that is not there is deleted already; its rules must be gone before. */
export const deleteEventBus: ChangeOperation<DeleteEventBusRequest, object> = {
  kind: 'change',
  handle(account, { Name: name = '' }, call) {
    const { region } = call.request;
    if (name === DEFAULT_BUS) throw validation('Cannot delete event bus default.');
    const { buses, rules } = account.events;
    const hasRules = Object.values(rules).some((rule) => rule.region === region && rule.bus === name);
    if (hasRules) throw validation("Event bus can't be deleted since it has rules.");
    delete buses[busKey(region, name)];
    return {};
  },
};
