/** PutEvents. Events are on their bus, and with the targets of its rules, when it is answered. */
import type {
  PutEventsRequest,
  PutEventsRequestEntry,
  PutEventsResponse,
  PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import type { Tags } from '../../../iam/model.ts';
import type { Call } from '../../call.ts';
import { own } from '../../own.ts';
import { permission } from '../../permissions/defaults.ts';
import { type Process, seeing } from '../../process.ts';
import { newRequestId } from '../../request-id.ts';
import type { Permission, PermissionFacts, ProcessOperation } from '../../service.ts';
import { deliver } from './delivering.ts';
import { validation } from './errors.ts';
import { eventsLimits } from './limits.ts';
import { busArn, EVENTS, hasBus, namedBus } from './names.ts';
import { tagsOf } from './permissions.ts';

export const putEvents: ProcessOperation<PutEventsRequest, PutEventsResponse> = {
  kind: 'process',
  owner: (_input, { callerAccountId }) => callerAccountId,
  permissions: putPermissions,
  *run(account, { Entries: entries = [] }, call) {
    if (entries.reduce((sum, entry) => sum + bytesOf(entry), 0) > eventsLimits.entriesBytes) {
      throw validation('Total size of the entries in the request is over the limit.');
    }
    const Entries: PutEventsResultEntry[] = [];
    for (const entry of entries) Entries.push(yield* put(entry, account.id, call));
    return { FailedEntryCount: Entries.filter(({ ErrorCode }) => ErrorCode !== undefined).length, Entries };
  },
};

/** Each entry is decided by itself: by its bus, its source and its type. */
function putPermissions({ Entries: entries = [] }: PutEventsRequest, facts: PermissionFacts): readonly Permission[] {
  const here = { region: facts.region, accountId: facts.callerAccountId };
  const asked = entries.map(({ EventBusName, Source, DetailType }) => {
    const bus = namedBus(EventBusName, here);
    const arn = busArn(bus);
    const context = {
      ...(Source !== undefined && { 'events:source': Source }),
      ...(DetailType !== undefined && { 'events:detail-type': DetailType }),
      'events:eventBusInvocation': String(facts.by?.service === EVENTS),
      ...tagKeys(tagsOf(facts.world, arn) ?? {}),
    };
    return permission('events:PutEvents', arn, facts, { owner: bus.accountId, context });
  });
  return [...new Map(asked.map((one) => [JSON.stringify(one), one])).values()];
}

function tagKeys(tags: Tags): Permission['context'] {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}

/** As AWS counts (User Guide, "Calculating PutEvents event entry size"). */
function bytesOf({ Time, Source = '', DetailType = '', Detail = '', Resources = [] }: PutEventsRequestEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + new TextEncoder().encode(text).length, Time === undefined ? 0 : 14);
}

/** What is wrong with an entry; undefined where nothing is. */
function faultOf(entry: PutEventsRequestEntry, { by }: Call): PutEventsResultEntry | undefined {
  const invalid = (name: string) => ({
    ErrorCode: 'InvalidArgument',
    ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
  });
  if (!entry.Source) return invalid('Source');
  // What EventBridge itself sends on from another bus is as it was.
  if (/^aws\./i.test(entry.Source) && by?.service !== EVENTS) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (!entry.DetailType) return invalid('DetailType');
  if (!entry.Detail) return invalid('Detail');
  return detailOf(entry.Detail) === undefined
    ? { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }
    : undefined;
}

function detailOf(text: string): object | undefined {
  try {
    const detail: unknown = JSON.parse(text);
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? detail : undefined;
  } catch {
    // No JSON is no detail.
    return undefined;
  }
}

/** An entry for a bus that is not there is taken, and lost. */
function* put(entry: PutEventsRequestEntry, accountId: string, call: Call): Process<PutEventsResultEntry> {
  const fault = faultOf(entry, call);
  if (fault !== undefined) return fault;
  const id = newRequestId(call.random);
  const { region } = call.request;
  const bus = namedBus(entry.EventBusName, { region, accountId });
  const owner = own((yield* seeing()).accounts, bus.accountId);
  if (owner === undefined || !hasBus(owner, bus)) return { EventId: id };
  const event = {
    version: '0',
    id,
    'detail-type': entry.DetailType,
    source: entry.Source,
    account: accountId,
    time: `${new Date(entry.Time?.getTime() ?? call.now).toISOString().slice(0, 19)}Z`,
    region,
    resources: entry.Resources ?? [],
    detail: detailOf(entry.Detail ?? ''),
  };
  yield* deliver({ bus, event, isRead: false }, call);
  return { EventId: id };
}
