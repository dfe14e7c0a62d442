/** Inputs to sessions on hosts, at the addresses that StartSession gives out (cloud/services/ssm/sessions/stream.ts). */
import { AwsError } from '../../cloud/errors.ts';
import {
  openSession,
  type StreamInput,
  type StreamOutput,
  sessionOfTarget,
} from '../../cloud/services/ssm/sessions/stream.ts';
import type { WireRequest, WireResponse } from '../../cloud/wire/model.ts';
import { headerOf } from './front.ts';
import type { GatewayParts, Sender } from './gateway.ts';

const GONE = 'The session is over, or the token is not its own.';

function answer(status: number, body: object): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
}

/** Whether a request is for the stream of a session. */
export function isSessionStream({ target }: Pick<WireRequest, 'target'>): boolean {
  return target.startsWith('/_session/');
}

/**
 * Has an input run on the session's host: `{"TokenValue": "…", "Input": "…"}`, answered by what the script wrote, its exit code, and
 * whether the session goes on. Whoever has the token has the session; which sandbox it is of, the address says.
 * @param mayCall whether the sandbox has calls left in this second
 */
export async function answerSessionStream(
  { sandboxes, log }: GatewayParts,
  request: WireRequest,
  sender: Sender,
  call: { readonly requestId: string; readonly mayCall: (sandboxId: string) => boolean },
): Promise<WireResponse> {
  const named = sessionOfTarget(request.target);
  const sandbox = named && (await sandboxes.byAccount(named.accountId));
  if (named === undefined || sandbox === undefined) return answer(403, { message: GONE });
  if (request.method !== 'POST') return answer(405, { message: 'Inputs are posted.' });
  const read = readInput(request.body);
  if (read === undefined) return answer(400, { message: 'An input is JSON: {"TokenValue": "…", "Input": "…"}.' });
  if (!call.mayCall(sandbox.id)) return answer(429, { message: 'Rate exceeded' });
  const input: StreamInput = { AccountId: named.accountId, SessionId: named.sessionId, ...read };
  const realNow = Date.now();
  try {
    const session = openSession(sandbox.world, input, realNow + sandbox.world.clockOffset);
    const { outcome } = await sandbox.call({
      service: 'ssm',
      operation: 'OpenDataChannel',
      input: { ...input },
      caller: session.caller,
      request: {
        sourceIp: sender.sourceIp,
        secureTransport: true,
        userAgent: headerOf(request, 'user-agent') ?? '',
        region: session.region,
      },
      requestId: call.requestId,
      realNow,
    });
    if (outcome.kind === 'error') throw outcome.error;
    return answer(200, outcome.output as StreamOutput);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    log.debug({ requestId: call.requestId, sandboxId: sandbox.id, code: error.code }, 'input to a session refused');
    return answer(error.status ?? 400, { message: error.message });
  }
}

function readInput(body: Uint8Array): { readonly Token: string; readonly Input: string } | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    const { TokenValue, Input } = (json ?? {}) as Readonly<Record<string, unknown>>;
    return typeof TokenValue === 'string' && typeof Input === 'string' ? { Token: TokenValue, Input } : undefined;
  } catch {
    // Neither UTF-8 nor JSON.
    return undefined;
  }
}
