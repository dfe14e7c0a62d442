/**
 * The door of every sandbox: finds out who asks and in which sandbox, has the call decided and carried out there, and answers
 * in the service's own wire format. Nothing in here knows whether a page, a CLI or an SDK is calling.
 */
import { randomUUID } from 'node:crypto';
import type { RequestFacts } from '../../cloud/call.ts';
import { AwsError } from '../../cloud/errors.ts';
import { type HostPlace, hostAt } from '../../cloud/services/ec2/hosts.ts';
import { publicAddressOf } from '../../cloud/services/ec2/outgoing.ts';
import { internalServerError } from '../../cloud/services/lambda/url-event.ts';
import { unknownOperation } from '../../cloud/wire/errors.ts';
import { decodeRequest, encodeError, encodeResponse, spokenModel } from '../../cloud/wire/index.ts';
import type { WireRequest, WireResponse } from '../../cloud/wire/model.ts';
import type { World } from '../../cloud/world.ts';
import { isDatabaseUnavailable } from '../database/unavailable.ts';
import type { Platform } from '../platform.ts';
import { RetiredSandboxError } from '../sandboxes/kept-state.ts';
import { type Admission, admit, type FrontEnd, unsignedOperation } from './admit.ts';
import { answerDownload } from './code-downloads.ts';
import { frontError } from './errors.ts';
import { claimedService, frontOf, headerOf, inOriginForm, signingName } from './front.ts';
import { answerFunctionUrl, type FunctionUrlTarget, functionUrlOf } from './function-urls.ts';
import { gatewayLimits } from './limits.ts';
import { withBody } from './output-body.ts';
import { CallRate } from './rate.ts';
import { answerSessionStream, isSessionStream } from './session-streams.ts';
import { signingOf } from './signing.ts';

/** Where a request came from. */
export interface Sender {
  readonly sourceIp: string;
  /** The instance whose script it came from. */
  readonly host?: HostPlace;
}

/** What the gateway stands on. */
export type GatewayParts = Pick<Platform, 'cloud' | 'sandboxes' | 'log'>;

/** What answers AWS calls, for every service and sandbox; `server.ts` gives it a port. */
export class Gateway {
  readonly #parts: GatewayParts;
  readonly #rate = new CallRate({ perSecond: gatewayLimits.callsPerSecond, atOnce: gatewayLimits.callsAtOnce });

  readonly #mayCall = (sandboxId: string, body: Uint8Array) =>
    this.#rate.take(sandboxId, performance.now(), 1 + Math.floor(body.length / gatewayLimits.bytesPerCall));

  constructor(parts: GatewayParts) {
    this.#parts = parts;
  }

  /** Answers a request. Never rejects: a fault of the platform is the service's own internal error. */
  async answer(received: WireRequest, sender: Sender): Promise<WireResponse> {
    const request = inOriginForm(received);
    const requestId = randomUUID();
    const url = functionUrlOf(request);
    if (url !== undefined) return this.#answerUrl(url, request, sender, requestId);
    if (isSessionStream(request)) return this.#answerSession(request, sender, requestId);
    const download = await this.#answerDownload(request, requestId);
    if (download !== undefined) return download;
    const front = this.#frontOf(request);
    try {
      return await this.#call(request, sender, front, requestId);
    } catch (error) {
      return this.#refuse(request, front, error, requestId);
    }
  }

  /** The answer to a request whose body is larger than any service takes. */
  refuseBody(received: WireRequest): WireResponse {
    const request = inOriginForm(received);
    const front = this.#frontOf(request);
    return this.#refuse(request, front, frontError('bodyTooLarge', front.model), randomUUID());
  }

  async #answerDownload(request: WireRequest, requestId: string): Promise<WireResponse | undefined> {
    try {
      return await answerDownload(request, this.#parts.sandboxes);
    } catch (error) {
      this.#parts.log.error({ err: error, requestId }, 'A download of code failed');
      return internalServerError();
    }
  }

  async #answerSession(request: WireRequest, sender: Sender, requestId: string) {
    try {
      return await answerSessionStream(this.#parts, request, sender, {
        requestId,
        mayCall: (sandboxId) => this.#mayCall(sandboxId, request.body),
      });
    } catch (error) {
      this.#parts.log.error({ err: error, requestId }, 'An input to a session failed');
      return internalServerError();
    }
  }

  async #answerUrl(url: FunctionUrlTarget, request: WireRequest, sender: Sender, requestId: string) {
    try {
      return await answerFunctionUrl(this.#parts, url, request, sender, {
        requestId,
        mayCall: (sandboxId) => this.#mayCall(sandboxId, request.body),
      });
    } catch (error) {
      this.#parts.log.error({ err: error, requestId }, 'A request to a function URL failed');
      return internalServerError();
    }
  }

  #frontOf(request: WireRequest): FrontEnd {
    const service = frontOf(this.#parts.cloud.services, request);
    return { service, model: spokenModel(service.model, request) };
  }

  async #call(request: WireRequest, sender: Sender, front: FrontEnd, requestId: string): Promise<WireResponse> {
    const realNow = Date.now();
    const { service, model } = front;
    const admission = await admit(this.#parts.sandboxes, request, front, realNow, (sandboxId) =>
      this.#rate.has(sandboxId, performance.now()),
    );
    const { sandbox, accessKeyId } = admission;
    if (!this.#mayCall(sandbox.id, admission.request.body)) throw frontError('tooManyCalls', model);
    const { operation, input } = decode(front, admission);
    const { world } = sandbox;
    const named = unsignedOperation(service, operation)?.callerOf?.(input, world, realNow + world.clockOffset);
    const caller = named ?? admission.caller;
    service.checkDigests?.(operation, admission.request, this.#parts.cloud.hashes);
    const performed = await sandbox.call(
      {
        service: service.name,
        operation,
        input,
        caller,
        request: {
          ...sentFrom(sender, world),
          // The endpoint stands in for AWS's own, which speak HTTPS: a policy that denies everything else must work here as there.
          secureTransport: true,
          userAgent: headerOf(request, 'user-agent') ?? '',
          region: admission.region,
          ...endpointOf(request),
          ...signingOf(request, realNow),
        },
        requestId,
        realNow,
      },
      accessKeyId,
    );
    if (performed.outcome.kind === 'error') throw performed.outcome.error;
    const output = await withBody(performed.outcome.output, sandbox);
    const response = encodeResponse(model, operation, output, requestId);
    this.#parts.log.debug(
      { requestId, sandboxId: sandbox.id, service: service.name, operation, status: response.status },
      'call',
    );
    return response;
  }

  #refuse(request: WireRequest, { service, model }: FrontEnd, error: unknown, requestId: string): WireResponse {
    const known = knownError(error, model);
    if (known === undefined) this.#parts.log.error({ err: error, requestId, service: service.name }, 'A call failed');
    else this.#parts.log.debug({ requestId, service: service.name, code: known.code }, 'call refused');
    return encodeError(model, known ?? frontError('internal', model), requestId, {
      method: request.method,
      resource: request.target.split('?')[0] ?? '/',
    });
  }
}

/** Where the client sent its request. A proxy that ends TLS says so; it is believed, as only the client's own answers hold it. */
/** An instance is one of the sandbox that its keys lead to, or it is anybody's machine. */
function sentFrom({ sourceIp, host }: Sender, world: World): Pick<RequestFacts, 'sourceIp' | 'from'> {
  const isOfSandbox = host !== undefined && hostAt(world, host) !== undefined;
  return isOfSandbox ? { sourceIp: publicAddressOf(world, host) ?? sourceIp, from: host } : { sourceIp };
}

function endpointOf(request: WireRequest): Pick<RequestFacts, 'endpoint'> {
  const host = headerOf(request, 'host');
  if (host === undefined || !/^[\w.:[\]-]+$/.test(host)) return {};
  const scheme = headerOf(request, 'x-forwarded-proto') === 'https' ? 'https' : 'http';
  return { endpoint: `${scheme}://${host}` };
}

/** An error that AWS would answer; undefined where the platform is at fault. */
function knownError(error: unknown, model: FrontEnd['model']): AwsError | undefined {
  if (error instanceof AwsError) return error;
  // Clients try such a call again by themselves.
  if (isDatabaseUnavailable(error)) return frontError('unavailable', model);
  // Retired between finding it and calling it.
  return error instanceof RetiredSandboxError ? frontError('unknownKey', model) : undefined;
}

function decode({ model }: FrontEnd, { request }: Admission): { operation: string; input: Record<string, unknown> } {
  const claimed = claimedService(request);
  if (claimed === undefined || claimed === signingName(model)) return decodeRequest(model, request);
  // Signed for a service that is not offered: it is told so by the front end that speaks its protocol.
  const form = new URLSearchParams(new TextDecoder().decode(request.body.subarray(0, 10_000)));
  const version = form.get('Version') ?? model.version;
  throw unknownOperation(
    { protocol: model.protocol, version },
    form.get('Action') ?? `${request.method} ${request.target.split('?')[0]}`,
  );
}
