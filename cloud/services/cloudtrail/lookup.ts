/** The event history: management events of 90 days, in one region. AWS CloudTrail API, LookupEvents. */
import type { Event, LookupAttribute, LookupEventsRequest, LookupEventsResponse } from '@aws-sdk/client-cloudtrail';
import { AwsError } from '../../errors.ts';
import { newestFirst, type PastCall, recordFor, type TrailRecord } from '../../ledger/past-call.ts';
import { readToken, writeToken } from '../../opaque-token.ts';
import type { ProcessOperation } from '../../service.ts';
import { pastCalls } from './history.ts';

const DAYS_90 = 90 * 86_400_000;
const PAGE = 50;
const tokenMark = 'event history after ';

export const lookupEvents: ProcessOperation<LookupEventsRequest, LookupEventsResponse> = {
  kind: 'process',
  readOnly: true,
  *run(account, input, call) {
    const { LookupAttributes = [], MaxResults = PAGE, EventCategory } = input;
    const since = input.StartTime?.getTime() ?? 0;
    const until = input.EndTime?.getTime() ?? Number.POSITIVE_INFINITY;
    if (since > until) throw refused('InvalidTimeRangeException', 'The start time must be before the end time.');
    if (LookupAttributes.length > 1) {
      throw refused('InvalidLookupAttributesException', 'You can only specify one lookup attribute.');
    }
    const place = input.NextToken === undefined ? undefined : placeOf(input.NextToken);
    // No trail of a sandbox looks for unusual activity: there are no Insights events.
    if (EventCategory === 'insight') return { Events: [] };
    const [attribute] = LookupAttributes;
    const matches = (past: PastCall) => {
      const record = recordFor(past, account.id);
      return (
        record?.managementEvent === true &&
        record.awsRegion === call.request.region &&
        (attribute === undefined || hasAttribute(past, record, attribute)) &&
        (place === undefined || newestFirst(place, past) < 0)
      );
    };
    const query = {
      since: Math.max(since, call.now - DAYS_90),
      until: Math.min(until, place?.at ?? call.now, call.now),
      matches,
      atMost: MaxResults + 1,
    };
    const found = yield* pastCalls(account.id, query);
    const page = found.slice(0, MaxResults);
    const last = page.at(-1);
    return {
      Events: page.map((past) => shownEvent(past, account.id)),
      ...(last !== undefined && found.length > page.length && { NextToken: tokenOf(last) }),
    };
  },
};

function refused(code: string, message: string): AwsError {
  return new AwsError(code, message, { status: 400 });
}

function tokenOf({ at, record }: PastCall): string {
  return writeToken(tokenMark, `${at} ${record.eventID}`);
}

/** Where a page begins: behind this call. */
function placeOf(token: string): Parameters<typeof newestFirst>[0] {
  const [at = '', eventID] = readToken(tokenMark, token)?.split(' ') ?? [];
  if (eventID === undefined) throw refused('InvalidNextTokenException', 'Invalid token.');
  return { at: Number(at), record: { eventID } };
}

function hasAttribute(past: PastCall, record: TrailRecord, attribute: LookupAttribute): boolean {
  const { AttributeKey: key, AttributeValue: value } = attribute;
  switch (key) {
    case 'EventId':
      return record.eventID === value;
    case 'EventName':
      return record.eventName === value;
    case 'EventSource':
      return record.eventSource === value;
    case 'ReadOnly':
      return String(record.readOnly) === value;
    case 'AccessKeyId':
      return record.userIdentity.accessKeyId === value;
    case 'Username':
      return userName(record) === value;
    case 'ResourceType':
      return past.named.some(({ type }) => type === value);
    case 'ResourceName':
      return past.named.some(({ name }) => name === value);
    default:
      return false;
  }
}

/** Of a session its name. */
function userName({ userIdentity: { type, userName: name, principalId } }: TrailRecord): string | undefined {
  if (type === 'Root') return 'root';
  if (type === 'AssumedRole' || type === 'FederatedUser') return principalId?.split(':').slice(1).join(':');
  return name;
}

function shownEvent(past: PastCall, accountId: string): Event {
  const record = recordFor(past, accountId) ?? past.record;
  const user = userName(record);
  const { accessKeyId } = record.userIdentity;
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    ReadOnly: String(record.readOnly),
    ...(accessKeyId !== undefined && { AccessKeyId: accessKeyId }),
    EventTime: new Date(Math.floor(past.at / 1000) * 1000),
    EventSource: record.eventSource,
    ...(user !== undefined && { Username: user }),
    Resources: past.named.map(({ type, name }) => ({ ResourceType: type, ResourceName: name })),
    CloudTrailEvent: JSON.stringify(record),
  };
}
