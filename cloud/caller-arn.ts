import type { Caller } from '../iam/model.ts';

/** How services name a caller in texts and records: its ARN, that of the session for a role; `anonymous`, or the name of an AWS service. */
export function callerArn(caller: Caller): string {
  switch (caller.kind) {
    case 'anonymous':
      return 'anonymous';
    case 'root':
      return `arn:aws:iam::${caller.accountId}:root`;
    case 'user':
      return caller.arn;
    case 'role-session':
      return caller.sessionArn;
    case 'service':
      return caller.service;
  }
}
