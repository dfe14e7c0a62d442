/** Functions and scripts of rows are really run: in child processes, whose calls come back to the row's sandbox. */

import type { MetadataRequest, MetadataResponse } from '../../cloud/metadata/answer.ts';
import { asks } from '../../cloud/metadata/testing/asking.ts';
import { services } from '../../cloud/services/index.ts';
import { decodeRequest, encodeError, encodeResponse } from '../../cloud/wire/index.ts';
import type { WireRequest, WireResponse } from '../../cloud/wire/model.ts';
import { ChildCodeRunner } from '../../server/code/child-code-runner.ts';
import { FunctionRunner } from '../../server/code/function-runner.ts';
import type { GatewayPort } from '../../server/code/gateway-port.ts';
import { ShellRunner } from '../../server/code/shell-runner.ts';
import { claimedService, headerOf } from '../../server/gateway/front.ts';
import type { PathSandbox, RunCode } from './sandbox.ts';

/** What runs the functions and scripts of one row. */
export interface RowFunctions {
  readonly runCode: RunCode;
  close(): void;
}

export function rowFunctions(): RowFunctions {
  let playing: PathSandbox | undefined;
  const readBlob = async (digest: string) => found(playing?.blobs.get(digest), `body ${digest}`);
  const gateway: GatewayPort = { answer: (request) => answer(found(playing, 'sandbox'), request) };
  const runner = new ChildCodeRunner({
    function: new FunctionRunner({ services, readBlob, gateway }),
    shell: new ShellRunner({
      readBlob,
      gateway,
      gatewayUrl: 'http://127.0.0.1:4566',
      metadata: async (request, { instanceId }) => metadata(found(playing, 'sandbox'), instanceId, request),
    }),
  });
  return {
    runCode(order, sandbox) {
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

function metadata(sandbox: PathSandbox, instanceId: string, request: MetadataRequest): MetadataResponse {
  const { status, text, headers } = asks(sandbox, instanceId, request);
  if (status === 0) return { kind: 'unreachable' };
  return { kind: 'answered', status, headers, body: new TextEncoder().encode(text) };
}

function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`There is no ${what}`);
  return value;
}
