/**
 * A request to a function URL. No operation of Lambda's API: the gateway makes this call of a request to the URL's host.
 * Who may is said of `lambda:InvokeFunctionUrl` and, of the same request, `lambda:InvokeFunction` with
 * `lambda:InvokedViaFunctionUrl` (Lambda Developer Guide, "Control access to Lambda function URLs").
 */
import { own } from '../../own.ts';
import type { Permission, PermissionFacts, ProcessOperation } from '../../service.ts';
import { nameOfKey } from '../../state-key.ts';
import type { World } from '../../world.ts';
import { noSuchResource, tooMany } from './errors.ts';
import { checkRunnable, execute } from './executing.ts';
import { versionOf } from './finding.ts';
import { accountOfUrlId, functionArn, LATEST } from './names.ts';
import type { FunctionState, UrlState } from './state.ts';
import { internalServerError, type UrlRequest, type UrlResponse, urlEvent, urlResponse } from './url-event.ts';

/** A function URL as it was found. */
export interface FoundUrl {
  readonly accountId: string;
  readonly found: FunctionState;
  readonly url: UrlState;
  /** Absent where the URL is the function's own. */
  readonly qualifier?: string;
  /** Of the function or the alias. */
  readonly arn: string;
}

export function findUrl(world: World, id: string): FoundUrl | undefined {
  const accountId = accountOfUrlId(id) ?? '';
  for (const found of Object.values(own(world.accounts, accountId)?.lambda.functions ?? {})) {
    const entry = Object.entries(found.urls).find(([, url]) => url.id === id);
    if (entry === undefined) continue;
    const [key, url] = entry;
    const qualifier = key === LATEST ? undefined : nameOfKey(key);
    const arn = functionArn({ region: found.region, accountId }, found.name, qualifier);
    return { accountId, found, url, arn, ...(qualifier !== undefined && { qualifier }) };
  }
  return undefined;
}

/** @throws ResourceNotFoundException */
function existing(world: World, { UrlId }: Pick<UrlRequest, 'UrlId'>): FoundUrl {
  const found = findUrl(world, UrlId);
  if (found === undefined) throw noSuchResource();
  return found;
}

function permissions(input: UrlRequest, { world }: PermissionFacts): readonly Permission[] {
  const { accountId: resourceAccountId, arn: resource, url } = existing(world, input);
  return [
    {
      action: 'lambda:InvokeFunctionUrl',
      resource,
      resourceAccountId,
      context: { 'lambda:FunctionUrlAuthType': url.authType, 'lambda:FunctionArn': resource },
    },
    {
      action: 'lambda:InvokeFunction',
      resource,
      resourceAccountId,
      context: { 'lambda:InvokedViaFunctionUrl': 'true' },
    },
  ];
}

export const invokeFunctionUrl: ProcessOperation<UrlRequest, UrlResponse> = {
  kind: 'process',
  owner: (input, { world }) => existing(world, input).accountId,
  permissions,
  *run(account, input, call) {
    const { found, url, qualifier, arn } = existing(call.world, input);
    const version = versionOf({ found, arn, ...(qualifier !== undefined && { qualifier }) });
    if (found.reservedConcurrency === 0) throw tooMany('Rate Exceeded.');
    const runnable = { accountId: account.id, found, version };
    checkRunnable(runnable);
    const event = urlEvent(input, {
      domain: `${url.id}.lambda-url.${found.region}.on.aws`,
      accountId: account.id,
      caller: call.caller,
      authType: url.authType,
      requestId: call.requestId,
      now: call.now,
      sourceIp: call.request.sourceIp,
    });
    const execution = yield* execute({ ...runnable, event: JSON.stringify(event), requestId: call.requestId }, call);
    return execution.kind === 'failed' ? internalServerError() : urlResponse(execution.payload);
  },
};
