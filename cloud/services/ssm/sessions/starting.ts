/** StartSession, ResumeSession, TerminateSession. */
import type {
  ResumeSessionRequest,
  ResumeSessionResponse,
  StartSessionRequest,
  StartSessionResponse,
  TerminateSessionRequest,
  TerminateSessionResponse,
} from '@aws-sdk/client-ssm';
import { toBase64 } from '@smithy/core/serde';
import type { AnyCaller } from '../../../../iam/model.ts';
import type { Call, Draft } from '../../../call.ts';
import { AwsError } from '../../../errors.ts';
import { hexOf } from '../../../hex.ts';
import { own } from '../../../own.ts';
import type { ChangeOperation } from '../../../service.ts';
import type { Account } from '../../../world.ts';
import { identityOf } from '../../sts/identity.ts';
import { contentOf } from '../documents/content.ts';
import { documentFailure, noSuchDocument } from '../documents/errors.ts';
import { documentKey, documentNamed, versionOf } from '../documents/finding.ts';
import { readValues } from '../documents/values.ts';
import { ssmLimits } from '../limits.ts';
import { takesSessions } from '../nodes/describing.ts';
import { PREFERENCES, planOf, type SessionPlan, usualPlan } from './document.ts';
import { endOf, endSession, historyDays, isOpen } from './life.ts';
import { checkPreferences, onSession, startPermissions } from './permissions.ts';
import type { SessionState } from './state.ts';
import { streamUrl } from './stream.ts';

const day = 86_400_000;

export const startSession: ChangeOperation<StartSessionRequest, StartSessionResponse> = {
  kind: 'change',
  owner: (_input, facts) => facts.callerAccountId,
  permissions: startPermissions,
  handle(account, input, call) {
    checkPreferences(input, call, account.id);
    const { region } = call.request;
    const { Target: instanceId = '' } = input;
    const seen = own(call.world.accounts, account.id);
    if (seen === undefined || !takesSessions(call.world, seen, region, instanceId, call)) {
      throw new AwsError('TargetNotConnected', `${instanceId} is not connected.`, { status: 400 });
    }
    const { sessions } = account.ssm;
    forgetOld(sessions, call.now);
    const { kind, user, idleTimeout, longestDuration, command, profile } = planFor(account, input, call);
    const id = `${nameOf(call.caller)}-0${hexOf(call.random.bytes(8))}`;
    const session: SessionState = {
      id,
      region,
      instanceId,
      documentName: input.DocumentName ?? PREFERENCES,
      caller: call.caller,
      userId: identityOf(call.caller).UserId,
      ...(input.Reason !== undefined && { reason: input.Reason }),
      startedAt: call.now,
      usedAt: call.now,
      token: newToken(call),
      kind,
      user,
      idleTimeout,
      ...(longestDuration !== undefined && { longestDuration }),
      ...(command !== undefined && { command }),
      ...(profile !== undefined && { profile }),
    };
    sessions[id] = session as Draft<SessionState>;
    return { SessionId: id, TokenValue: session.token, StreamUrl: streamUrl(account.id, session, call.request) };
  },
};

function newToken(call: Call): string {
  return toBase64(call.random.bytes(48));
}

/** The id of a session begins with who started it. */
function nameOf(caller: AnyCaller): string {
  switch (caller.kind) {
    case 'user':
    case 'federated-user':
      return caller.name;
    case 'role-session':
      return caller.sessionName;
    default:
      return 'root';
  }
}

/** @throws InvalidDocument, InvalidParameters, InvalidDocumentContent */
function planFor(account: Pick<Account, 'id' | 'ssm'>, input: StartSessionRequest, call: Call): SessionPlan {
  const { region } = call.request;
  const { DocumentName: name = PREFERENCES, Parameters: given = {} } = input;
  const hasNone = name === PREFERENCES && own(account.ssm.documents, documentKey(region, PREFERENCES)) === undefined;
  if (hasNone) {
    if (Object.keys(given).length > 0)
      throw documentFailure('InvalidParameters', `document ${name} does not support parameters.`);
    return usualPlan;
  }
  const { document } = documentNamed(name, { world: call.world, accountId: account.id, region });
  if (document.type !== 'Session') throw noSuchDocument(name);
  const content = contentOf('Session', versionOf(document, {}).content);
  const read = readValues(content.parameters, given);
  if (read.kind === 'ok') return planOf(content, read.values);
  throw documentFailure(
    'InvalidParameters',
    `These parameters are ${read.problem === 'missing' ? 'missing' : 'not valid'}: ${read.names.join(', ')}`,
  );
}

/** @throws ThrottlingException where there are too many that are on */
function forgetOld(sessions: Record<string, Draft<SessionState>>, now: number): void {
  const all = Object.values(sessions) as readonly SessionState[];
  for (const session of all) {
    const end = endOf(session, now);
    if (end !== undefined && end + historyDays * day <= now) delete sessions[session.id];
  }
  if (Object.keys(sessions).length < ssmLimits.sessionsPerAccount) return;
  const [oldest] = all.filter((session) => endOf(session, now) !== undefined).sort((a, b) => a.startedAt - b.startedAt);
  if (oldest === undefined) throw new AwsError('ThrottlingException', 'Rate exceeded', { status: 400 });
  delete sessions[oldest.id];
}

/** A new token for a session that is on. */
export const resumeSession: ChangeOperation<ResumeSessionRequest, ResumeSessionResponse> = {
  kind: 'change',
  permissions: onSession('ssm:ResumeSession'),
  handle(account, input, call) {
    const { SessionId: id = '' } = input;
    const session = own(account.ssm.sessions, id);
    const isThere = session !== undefined && session.region === call.request.region;
    if (!isThere || !isOpen(session as SessionState, account.id, call.world, call.now)) {
      throw new AwsError('DoesNotExistException', `Session ${id} does not exist.`, { status: 400 });
    }
    session.token = newToken(call);
    session.usedAt = call.now;
    return {
      SessionId: id,
      TokenValue: session.token,
      StreamUrl: streamUrl(account.id, session as SessionState, call.request),
    };
  },
};

/** One that is not there, or over, is as good as ended. */
export const terminateSession: ChangeOperation<TerminateSessionRequest, TerminateSessionResponse> = {
  kind: 'change',
  permissions: onSession('ssm:TerminateSession'),
  handle(account, input, call) {
    const { SessionId: id = '' } = input;
    const session = own(account.ssm.sessions, id);
    if (session?.region === call.request.region && endOf(session as SessionState, call.now) === undefined) {
      endSession(session, call.now);
    }
    return { SessionId: id };
  },
};
