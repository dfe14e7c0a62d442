import type { AnyCaller } from './model.ts';

/** How AWS names a caller in texts and records: its ARN, that of the session for a role; `anonymous`, the name of an AWS service, or the subject of a token. */
export function callerArn(caller: AnyCaller): string {
  switch (caller.kind) {
    case 'anonymous':
      return 'anonymous';
    case 'root':
      return `arn:aws:iam::${caller.accountId}:root`;
    case 'user':
    case 'federated-user':
      return caller.arn;
    case 'role-session':
      return caller.sessionArn;
    case 'service':
      return caller.service;
    case 'federated-identity':
      return caller.subject;
  }
}
