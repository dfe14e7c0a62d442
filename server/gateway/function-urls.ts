/** Requests to function URLs: by their host, `<id>.lambda-url.us-east-1.on.aws`, or by the path `/_url/<id>/` where no such host resolves. */
import { AwsError } from '../../cloud/errors.ts';
import { findUrl } from '../../cloud/services/lambda/invoking-urls.ts';
import { accountOfUrlId } from '../../cloud/services/lambda/names.ts';
import { internalServerError, type UrlRequest, type UrlResponse } from '../../cloud/services/lambda/url-event.ts';
import type { WireRequest, WireResponse } from '../../cloud/wire/model.ts';
import type { AnyCaller } from '../../iam/model.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import { admit } from './admit.ts';
import { claimedService, headerOf } from './front.ts';
import type { GatewayParts, Sender } from './gateway.ts';

const HOST = /^([a-z2-7]{32})\.lambda-url\.([a-z0-9-]+)\./i;
const PATH = /^\/_url\/([a-z2-7]{32})(?=[/?]|$)/;

/** What a request to a function URL names. */
export interface FunctionUrlTarget {
  readonly id: string;
  /** Path and query, as the function sees them. */
  readonly target: string;
  readonly by: 'host' | 'path';
}

/** Undefined for a request to anything else. */
export function functionUrlOf(request: Pick<WireRequest, 'headers' | 'target'>): FunctionUrlTarget | undefined {
  const id = HOST.exec(headerOf(request, 'host') ?? '')?.[1];
  if (id !== undefined) return { id: id.toLowerCase(), target: request.target, by: 'host' };
  const path = PATH.exec(request.target);
  if (path?.[1] === undefined) return undefined;
  const rest = request.target.slice(path[0].length);
  return { id: path[1], target: rest.startsWith('/') ? rest : `/${rest}`, by: 'path' };
}

const FORBIDDEN = answer(403, {
  Message:
    'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
});
const NOT_FOUND = answer(404, { Message: null });
const TOO_MANY = answer(429, { Message: 'Rate Exceeded.' });

function answer(status: number, body: object): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
}

/**
 * Answers a request to a function URL. One with `AWS_IAM` must be signed for `lambda`, by its host; of one with `NONE` nobody asks who
 * calls, and the function's policy decides about everybody.
 * @param mayCall whether the sandbox has calls left in this second
 */
export async function answerFunctionUrl(
  parts: GatewayParts,
  url: FunctionUrlTarget,
  request: WireRequest,
  sender: Sender,
  call: { readonly requestId: string; readonly mayCall: (sandboxId: string) => boolean },
): Promise<WireResponse> {
  const { sandboxes, log } = parts;
  const accountId = accountOfUrlId(url.id);
  const sandbox = accountId === undefined ? undefined : await sandboxes.byAccount(accountId);
  const found = sandbox && findUrl(sandbox.world, url.id);
  if (sandbox === undefined || found === undefined) return NOT_FOUND;
  if (!call.mayCall(sandbox.id)) return TOO_MANY;
  const realNow = Date.now();
  const who =
    found.url.authType === 'NONE'
      ? nobody
      : url.by === 'path'
        ? undefined
        : await signer(parts, request, sandbox, realNow);
  if (who === undefined) return FORBIDDEN;
  const input: UrlRequest = {
    UrlId: url.id,
    Method: request.method,
    Target: url.target,
    Headers: request.headers.filter(([name]) => !/^(authorization|x-amz-security-token)$/i.test(name)),
    Body: request.body,
  };
  const { outcome } = await sandbox.call(
    {
      service: 'lambda',
      operation: 'InvokeFunctionUrl',
      input: { ...input },
      caller: who.caller,
      request: {
        sourceIp: sender.sourceIp,
        secureTransport: true,
        userAgent: headerOf(request, 'user-agent') ?? '',
        region: found.found.region,
      },
      requestId: call.requestId,
      realNow,
    },
    who.accessKeyId,
  );
  if (outcome.kind === 'error') {
    log.debug({ requestId: call.requestId, sandboxId: sandbox.id, code: outcome.error.code }, 'function URL refused');
    return refused(outcome.error);
  }
  const { status, headers, body } = outcome.output as UrlResponse;
  return { status, headers: { ...headers, 'x-amzn-requestid': call.requestId }, body };
}

interface Who {
  readonly caller: AnyCaller;
  readonly accessKeyId?: string;
}

const nobody: Who = { caller: { kind: 'anonymous' } };

/** Who signed a request; undefined where nobody of this sandbox did. */
async function signer(
  { cloud, sandboxes }: GatewayParts,
  request: WireRequest,
  sandbox: Sandbox,
  realNow: number,
): Promise<Who | undefined> {
  const service = cloud.services['lambda'];
  if (service === undefined || claimedService(request) !== service.name) return undefined;
  try {
    const admission = await admit(sandboxes, request, { service, model: service.model }, realNow);
    if (admission.sandbox !== sandbox || admission.accessKeyId === undefined) return undefined;
    return { caller: admission.caller, accessKeyId: admission.accessKeyId };
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

function refused({ code }: AwsError): WireResponse {
  switch (code) {
    case 'AccessDeniedException':
      return FORBIDDEN;
    case 'ResourceNotFoundException':
      return NOT_FOUND;
    case 'TooManyRequestsException':
      return TOO_MANY;
    default:
      return internalServerError();
  }
}
