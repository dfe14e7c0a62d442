/** Whether a trail records, and how its deliveries go. */
import type {
  GetTrailStatusRequest,
  GetTrailStatusResponse,
  StartLoggingRequest,
  StopLoggingRequest,
} from '@aws-sdk/client-cloudtrail';
import { isoSeconds } from '../../ledger/times.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { ownTrailOf, trailOf } from './names.ts';

export const startLogging: ChangeOperation<StartLoggingRequest, object> = {
  kind: 'change',
  handle(account, { Name }, call) {
    const trail = ownTrailOf(account, Name, call.request.region);
    if (trail.isLogging) return {};
    trail.isLogging = true;
    trail.startedAt = call.now;
    trail.delivery.until = call.now;
    trail.delivery.idle = 0;
    return {};
  },
};

/** What was called until now is still delivered. */
export const stopLogging: ChangeOperation<StopLoggingRequest, object> = {
  kind: 'change',
  handle(account, { Name }, call) {
    const trail = ownTrailOf(account, Name, call.request.region);
    if (!trail.isLogging) return {};
    trail.isLogging = false;
    trail.stoppedAt = call.now;
    return {};
  },
};

export const getTrailStatus: ReadOperation<GetTrailStatusRequest, GetTrailStatusResponse> = {
  kind: 'read',
  handle(account, { Name }, call) {
    const { isLogging, startedAt, stoppedAt, delivery } = trailOf(account, Name, call.request.region);
    const { lastAt, attemptedAt, error } = delivery;
    const text = (at: number | undefined) => (at === undefined ? '' : isoSeconds(at));
    return {
      IsLogging: isLogging,
      ...(error !== undefined && { LatestDeliveryError: error }),
      ...(lastAt !== undefined && { LatestDeliveryTime: new Date(lastAt) }),
      ...(startedAt !== undefined && { StartLoggingTime: new Date(startedAt) }),
      ...(stoppedAt !== undefined && { StopLoggingTime: new Date(stoppedAt) }),
      LatestDeliveryAttemptTime: text(attemptedAt),
      LatestNotificationAttemptTime: '',
      LatestNotificationAttemptSucceeded: '',
      LatestDeliveryAttemptSucceeded: text(lastAt),
      TimeLoggingStarted: text(startedAt),
      TimeLoggingStopped: text(stoppedAt),
    };
  },
};
