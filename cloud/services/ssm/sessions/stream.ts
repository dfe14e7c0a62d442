/**
 * The stream of a session. At AWS it is a web socket with a binary protocol of its own; here a client posts one input after another to the
 * session's address, with the token that the session gave it.
 */
import type { RequestFacts } from '../../../call.ts';
import { AwsError } from '../../../errors.ts';
import { own } from '../../../own.ts';
import { changing, type Process, seeing } from '../../../process.ts';
import type { ProcessOperation } from '../../../service.ts';
import type { World } from '../../../world.ts';
import { runOnHost } from '../../ec2/hosts.ts';
import { ssmLimits } from '../limits.ts';
import { endOf, endSession, isOpen } from './life.ts';
import type { SessionState } from './state.ts';

const PATH = /^\/_session\/(\d{12})\/([\w+=,.@-]{1,96})$/;

/** Where inputs go: on the endpoint that the client has called. */
export function streamUrl(accountId: string, { id, region }: SessionState, request: RequestFacts): string {
  const endpoint = request.endpoint ?? `https://ssmmessages.${region}.amazonaws.com`;
  return `${endpoint}/_session/${accountId}/${id}`;
}

/** The session that a request's path names. */
export function sessionOfTarget(
  target: string,
): { readonly accountId: string; readonly sessionId: string } | undefined {
  const [, accountId, sessionId] = PATH.exec(target) ?? [];
  return accountId === undefined || sessionId === undefined ? undefined : { accountId, sessionId };
}

/** One input. */
export interface StreamInput {
  readonly AccountId: string;
  readonly SessionId: string;
  readonly Token: string;
  /** Bash; of a session for one command it is not looked at. */
  readonly Input: string;
}

/** What came of it. */
export interface StreamOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** Whether the session goes on. */
  readonly state: 'open' | 'ended';
}

/** Where the agent starts shells. */
const agentDirectory = '/usr/bin';
/** An input that ends a shell. */
const EXIT = /^\s*(?:exit|logout)(?:\s+(\d{1,3}))?\s*;?\s*$/;

/** @throws AccessDeniedException for a session that is not there, over, or has another token */
export function openSession(world: World, { AccountId, SessionId, Token }: StreamInput, now: number): SessionState {
  const session = own(own(world.accounts, AccountId)?.ssm.sessions ?? {}, SessionId);
  if (session === undefined || !isSame(session.token, Token) || !isOpen(session, AccountId, world, now)) {
    throw new AwsError('AccessDeniedException', 'The session is over, or the token is not its own.', { status: 403 });
  }
  return session;
}

/** Compares all characters, however many are the same. */
function isSame(expected: string, given: string): boolean {
  let difference = expected.length ^ given.length;
  for (let i = 0; i < expected.length; i++) difference |= expected.charCodeAt(i) ^ given.charCodeAt(i);
  return expected !== '' && difference === 0;
}

/** No operation of the API: the gateway makes this call of a request to a session's address. The token is the whole permission. */
export const openDataChannel: ProcessOperation<StreamInput, StreamOutput> = {
  kind: 'process',
  owner: ({ AccountId }) => AccountId,
  permissions: () => [],
  *run(account, input, call) {
    const session = openSession(yield* seeing(), input, call.now);
    const { region, instanceId, user } = session;
    if (input.Input.length > ssmLimits.sessionInputCharacters) {
      throw new AwsError('ValidationException', 'The input is too long.', { status: 400 });
    }
    const exit = session.kind === 'shell' ? EXIT.exec(input.Input) : null;
    if (exit !== null) {
      const said = { stdout: '', stderr: '', exitCode: Number(exit[1] ?? 0) };
      return yield* ended(account.id, session, said, call.now);
    }
    const script = session.kind === 'command' ? (session.command ?? '') : shellScript(session, input.Input);
    const ran = yield* runOnHost({
      accountId: account.id,
      region,
      instanceId,
      user,
      directory: agentDirectory,
      ...(session.shell !== undefined && { session: session.shell }),
      script,
      timeoutMilliseconds: ssmLimits.sessionInputMilliseconds,
    });
    switch (ran.kind) {
      case 'unreachable':
        return yield* ended(account.id, session, { stdout: '', stderr: '', exitCode: 255 }, call.now);
      case 'stopped':
        return { stdout: ran.stdout, stderr: `${ran.stderr}Killed\n`, exitCode: 137, state: 'open' };
      case 'finished': {
        const said = { stdout: ran.stdout, stderr: ran.stderr, exitCode: ran.exitCode };
        if (session.kind === 'command') return yield* ended(account.id, session, said, call.now);
        yield* changing(account.id, (draft) => {
          const current = own(draft.ssm.sessions, session.id);
          if (current === undefined || endOf(current as SessionState, call.now) !== undefined) return;
          current.shell = ran.session;
          current.usedAt = call.now;
        });
        return { ...said, state: 'open' };
      }
    }
  },
};

/** The profile runs with the first input. */
function shellScript({ shell, profile }: SessionState, input: string): string {
  return shell === undefined && profile !== undefined ? `${profile}\n${input}` : input;
}

function* ended(
  accountId: string,
  { id }: SessionState,
  said: Omit<StreamOutput, 'state'>,
  now: number,
): Process<StreamOutput> {
  yield* changing(accountId, (draft) => {
    const current = own(draft.ssm.sessions, id);
    if (current !== undefined && current.endedAt === undefined) endSession(current, now);
  });
  return { ...said, state: 'ended' };
}
