import type { PastCall, TrailRecord } from '../ledger/past-call.ts';

/** A call that was made, as tests need one. */
export function pastCall(at: number, record: Partial<TrailRecord> = {}, more: Partial<PastCall> = {}): PastCall {
  return {
    at,
    record: {
      eventVersion: '1.11',
      userIdentity: { type: 'IAMUser', accountId: '111122223333', userName: 'Bea' },
      eventTime: `${new Date(at).toISOString().slice(0, 19)}Z`,
      eventSource: 'iam.amazonaws.com',
      eventName: 'ListUsers',
      awsRegion: 'us-east-1',
      sourceIPAddress: '203.0.113.7',
      userAgent: 'test',
      requestParameters: null,
      responseElements: null,
      requestID: 'r',
      eventID: `event-${at}`,
      readOnly: true,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: '111122223333',
      eventCategory: 'Management',
      ...record,
    },
    actions: ['iam:ListUsers'],
    named: [],
    ...more,
  };
}
