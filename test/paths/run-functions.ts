/** Functions of rows are really run: in child processes, whose calls come back to the row's sandbox. */
import { services } from '../../cloud/services/index.ts';
import { decodeRequest, encodeError, encodeResponse } from '../../cloud/wire/index.ts';
import type { WireRequest, WireResponse } from '../../cloud/wire/model.ts';
import { FunctionRunner } from '../../server/code/function-runner.ts';
import { claimedService, headerOf } from '../../server/gateway/front.ts';
import type { PathSandbox, RunCode } from './sandbox.ts';

/** What runs the functions of one row. */
export interface RowFunctions {
  readonly runCode: RunCode;
  close(): void;
}

export function rowFunctions(): RowFunctions {
  let playing: PathSandbox | undefined;
  const runner = new FunctionRunner({
    services,
    readBlob: async (digest) => found(playing?.blobs.get(digest), `body ${digest}`),
    gateway: { answer: (request) => answer(found(playing, 'sandbox'), request) },
  });
  return {
    runCode(order, sandbox) {
      if (order.kind !== 'function') throw new Error('Only functions run here');
      playing = sandbox;
      return runner.run(order, 'row');
    },
    close: () => runner.close(),
  };
}

/** As the gateway does, but for the signature. */
async function answer(sandbox: PathSandbox, request: WireRequest): Promise<WireResponse> {
  const { model } = found(services[claimedService(request) ?? ''], 'service');
  const { operation, input } = decodeRequest(model, request);
  const AccessKeyId = /Credential=([^/]+)\//.exec(headerOf(request, 'authorization') ?? '')?.[1];
  const caller = sandbox.callerOf('from:code', { code: { AccessKeyId } });
  const { outcome } = await sandbox.perform({ call: `${model.name}:${operation}`, with: input }, caller, {});
  return outcome.kind === 'error'
    ? encodeError(model, outcome.error, 'request')
    : encodeResponse(model, operation, outcome.output, 'request');
}

function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`There is no ${what}`);
  return value;
}
