/** DescribeSessions: those that are on, or the history of the last 30 days. */
import type { DescribeSessionsRequest, DescribeSessionsResponse, Session, SessionFilter } from '@aws-sdk/client-ssm';
import { callerArn } from '../../../../iam/caller-arn.ts';
import { AwsError } from '../../../errors.ts';
import type { ReadOperation } from '../../../service.ts';
import { pageOf } from '../pages.ts';
import { endOf, historyDays, isOpen } from './life.ts';
import type { SessionState } from './state.ts';

const day = 86_400_000;
/** Newest first. */
const orderOf = ({ startedAt, id }: SessionState) => `${String(1e14 - startedAt).padStart(15, '0')} ${id}`;

export const describeSessions: ReadOperation<DescribeSessionsRequest, DescribeSessionsResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { State: state, Filters: filters = [] } = input;
    const found = Object.values(account.ssm.sessions)
      .filter((session) => session.region === call.request.region)
      .map((session) => ({ session, end: endOf(session, call.now) }))
      .filter(({ end }) =>
        state === 'Active' ? end === undefined : end !== undefined && end + historyDays * day > call.now,
      )
      .map(({ session, end }) => ({
        session,
        shown: shown(session, end, isOpen(session, account.id, call.world, call.now)),
      }))
      .filter(({ session, shown: each }) => filters.every((filter) => matches(session, each, filter)))
      .sort((a, b) => (orderOf(a.session) < orderOf(b.session) ? -1 : 1));
    const page = pageOf(found, { size: input.MaxResults ?? 200, token: input.NextToken }, ({ session }) =>
      orderOf(session),
    );
    return {
      Sessions: page.items.map((each) => each.shown),
      ...(page.token !== undefined && { NextToken: page.token }),
    };
  },
};

function shown(session: SessionState, end: number | undefined, isConnected: boolean): Session {
  return {
    SessionId: session.id,
    Target: session.instanceId,
    Status: end !== undefined ? 'Terminated' : isConnected ? 'Connected' : 'Disconnected',
    StartDate: new Date(session.startedAt),
    ...(end !== undefined && { EndDate: new Date(end) }),
    DocumentName: session.documentName,
    Owner: callerArn(session.caller),
    ...(session.reason !== undefined && { Reason: session.reason }),
    OutputUrl: {},
    ...(session.longestDuration !== undefined && { MaxSessionDuration: String(session.longestDuration) }),
    AccessType: 'Standard',
  };
}

/** @throws InvalidFilterKey */
function matches({ startedAt }: SessionState, session: Session, { key, value = '' }: SessionFilter): boolean {
  switch (key) {
    case 'InvokedAfter':
      return startedAt > Date.parse(value);
    case 'InvokedBefore':
      return startedAt < Date.parse(value);
    case 'Target':
      return session.Target === value;
    case 'Owner':
      return session.Owner === value;
    case 'Status':
      return session.Status === value;
    case 'SessionId':
      return session.SessionId === value;
    case 'AccessType':
      return session.AccessType === value;
    default:
      throw new AwsError('InvalidFilterKey', '', { status: 400 });
  }
}
