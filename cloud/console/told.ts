/** An act in the console as CloudTrail tells of it. AWS CloudTrail User Guide, "AWS Management Console sign-in events". */
import type { AnyCaller } from '../../iam/model.ts';
import type { RequestFacts } from '../call.ts';
import type { PastCall } from '../ledger/past-call.ts';
import { toPastCall } from '../ledger/to-past-call.ts';
import type { CallRequest, Cloud } from '../perform.ts';
import { mfaDeviceArn } from '../services/iam/arns.ts';
import type { ConsoleAct, ConsoleDone } from './acts.ts';

/** Who signs in where nobody of that name is there: AWS does not write down what may be a password. */
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/** Where and when an act was done. */
export interface ConsoleFacts {
  readonly accountId: string;
  readonly request: RequestFacts;
  readonly requestId: string;
  /** Real time, epoch milliseconds. */
  readonly realNow: number;
  readonly clockOffset: number;
}

/** The act as a call of the sandbox's own: `console:SignIn`. Its input holds no secret. */
export function consoleRequest(act: ConsoleAct, { caller }: ConsoleDone, facts: ConsoleFacts): CallRequest {
  const { request, requestId, realNow } = facts;
  const input = act.name === 'SignIn' ? { user: act.user } : act.name === 'DeleteRootAccessKey' ? { ...act } : {};
  return {
    service: 'console',
    operation: act.name,
    input,
    caller: caller ?? { kind: 'anonymous' },
    request,
    requestId,
    realNow,
  };
}

/** The record of it. */
export function consoleRecord(
  cloud: Pick<Cloud, 'services' | 'hashes'>,
  act: ConsoleAct,
  done: ConsoleDone,
  facts: ConsoleFacts,
): PastCall {
  const { outcome, caller = { kind: 'anonymous' } as const } = done;
  const [service, operation, input] = calledFor(act, facts.accountId);
  const { request, requestId, realNow, accountId, clockOffset } = facts;
  // The console is one place, and so is IAM.
  const asked = { service, operation, input, caller, request: { ...request, region: 'us-east-1' }, requestId, realNow };
  const ended = outcome.kind === 'ok' ? ({ kind: 'ok', output: {} } as const) : outcome;
  const past = toPastCall(cloud, asked, { decisions: [], accountId, outcome: ended }, clockOffset);
  if (service !== 'signin') return past;
  const { errorCode: _code, ...record } = past.record;
  return { ...past, record: { ...record, ...signInElements(act, done, accountId, caller) } };
}

function calledFor(act: ConsoleAct, accountId: string): readonly [string, string, Readonly<Record<string, unknown>>] {
  const device = {
    UserName: 'root',
    SerialNumber: mfaDeviceArn(accountId, { path: '/', name: 'root-account-mfa-device' }),
  };
  switch (act.name) {
    case 'EnableRootMfa':
      return ['iam', 'EnableMFADevice', device];
    case 'DisableRootMfa':
      return ['iam', 'DeactivateMFADevice', device];
    case 'DeleteRootAccessKey':
      return ['iam', 'DeleteAccessKey', { AccessKeyId: act.accessKeyId }];
    case 'SetRootPassword':
      return ['signin', 'PasswordUpdated', {}];
    case 'SignIn':
      return ['signin', 'ConsoleLogin', {}];
  }
}

function signInElements(act: ConsoleAct, { outcome }: ConsoleDone, accountId: string, caller: AnyCaller) {
  const result = outcome.kind === 'ok' ? 'Success' : 'Failure';
  const identity =
    caller.kind === 'anonymous' ? { userIdentity: { type: 'IAMUser', accountId, userName: HIDDEN } } : {};
  const isSignIn = act.name === 'SignIn';
  return {
    ...identity,
    eventType: 'AwsConsoleSignIn' as const,
    readOnly: false,
    requestParameters: null,
    responseElements: { [isSignIn ? 'ConsoleLogin' : 'PasswordUpdated']: result },
    ...(outcome.kind === 'error' && {
      errorMessage: isSignIn ? 'Failed authentication' : outcome.error.message,
    }),
    ...(isSignIn && {
      additionalEventData: { MobileVersion: 'No', MFAUsed: outcome.kind === 'ok' && outcome.isMfa ? 'Yes' : 'No' },
    }),
  };
}
