import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda';
import { toBase64 } from '@smithy/core/serde';
import type { Random } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { changing } from '../../process.ts';
import type { ProcessOperation } from '../../service.ts';
import { entityTooLarge, tooMany } from './errors.ts';
import { checkRunnable, execute } from './executing.ts';
import { aliasOf, type FoundFunction, findFunction, versionOf } from './finding.ts';
import { lambdaLimits } from './limits.ts';
import type { VersionState } from './state.ts';

/** Of a log what an answer carries (Lambda API Reference, "Invoke": LogResult). */
const logTail = 4096;

/** Invoke: answered when the code has run, queued, or only asked for. */
export const invoke: ProcessOperation<InvocationRequest, InvocationResponse> = {
  kind: 'process',
  action: 'InvokeFunction',
  *run(account, input, call) {
    const { region } = call.request;
    const named = findFunction(account, input, region);
    const { found, qualifier } = named;
    const version = drawnVersion(named, call.random);
    const event = readEvent(input);
    const runnable = { accountId: account.id, found, version };
    if (input.InvocationType === 'DryRun') return { StatusCode: 204 };
    if (found.reservedConcurrency === 0) throw tooMany('Rate Exceeded.');
    checkRunnable(runnable);
    if (input.InvocationType === 'Event') {
      yield* changing(account.id, (draft) => {
        const { queued } = draft.lambda;
        if (Object.keys(queued).length >= lambdaLimits.queuedEvents) throw tooMany('Rate Exceeded.');
        queued[call.requestId] = {
          requestId: call.requestId,
          region,
          functionName: found.name,
          ...(qualifier !== undefined && { qualifier }),
          event,
          dueAt: call.now,
          queuedAt: call.now,
          failures: 0,
        };
      });
      return { StatusCode: 202 };
    }
    const { kind, payload, log } = yield* execute({ ...runnable, event, requestId: call.requestId }, call);
    return {
      StatusCode: 200,
      ExecutedVersion: version.version,
      Payload: new TextEncoder().encode(payload),
      ...(kind === 'failed' && { FunctionError: 'Unhandled' }),
      ...(input.LogType === 'Tail' && { LogResult: toBase64(new TextEncoder().encode(log).slice(-logTail)) }),
    };
  },
};

/** An alias with weights leads to its other version as often as they say. */
function drawnVersion(named: FoundFunction, random: Random): VersionState {
  const { weights = {} } = aliasOf(named.found, named.qualifier ?? '') ?? {};
  const [byte = 0, more = 0] = random.bytes(2);
  let drawn = (byte * 256 + more) / 65_536;
  for (const [version, weight] of Object.entries(weights)) {
    if (drawn < weight) return versionOf({ ...named, qualifier: version });
    drawn -= weight;
  }
  return versionOf(named);
}

/** The event as JSON text. @throws InvalidRequestContentException, RequestTooLargeException */
function readEvent({ Payload: payload, InvocationType: type }: InvocationRequest): string {
  const bytes = payload ?? new Uint8Array(0);
  const most = type === 'Event' ? lambdaLimits.queuedBytes : lambdaLimits.requestBytes;
  if (bytes.length > most) {
    throw entityTooLarge(
      `${bytes.length} byte payload is too large for the ${type ?? 'RequestResponse'} invocation type (limit ${most} bytes)`,
    );
  }
  if (bytes.length === 0) return '{}';
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    JSON.parse(text);
    return text;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: Could not parse payload into json: ${reason}`,
      { details: { Type: 'User' } },
    );
  }
}
