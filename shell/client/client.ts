/** Calls a service: checks the parameters, encodes, signs, sends, tries again where that may help, and decodes. */
import { hexOf } from '../../cloud/hex.ts';
import { type DecodedResponse, decodeResponse, encodeRequest } from '../../cloud/wire/client.ts';
import type { ServiceModel } from '../../cloud/wire/model.ts';
import type { HttpRequest, HttpResponse } from '../environment.ts';
import { generalFault, ServiceFault } from '../faults.ts';
import { validateParameters } from '../parameters/validation.ts';
import type { Credentials } from '../profiles/key-pair.ts';
import { type CliService, inputShape, type Operation, type Shape } from '../service-description.ts';
import { binaryFormat, endpointOf, regionOf, requireRegion, type Session, validRegion } from '../session.ts';
import { isMap, type ValueMap } from '../value.ts';
import { wireInput } from './request.ts';
import { presentable } from './response.ts';
import { afterS3, beforeS3, s3Headers } from './s3-habits.ts';
import { signRequest } from './sign.ts';

/** A successful answer. */
export interface Answer {
  readonly status: number;
  /** As the CLI shows it. */
  readonly output: ValueMap;
  /** The bytes of the answer: an object's content. */
  readonly body: Uint8Array;
}

export interface Client {
  /** Throws a ServiceFault for an error of the service, and the CLI's usage fault for parameters that cannot be. */
  call(operation: Operation, parameters: ValueMap): Promise<Answer>;
  /** By the API's name: `ListObjectsV2`. */
  callNamed(name: string, parameters: ValueMap): Promise<Answer>;
  readonly service: CliService;
  readonly model: ServiceModel;
  readonly credentials: Credentials | undefined;
  readonly region: string;
  /** Without a slash at its end. */
  readonly endpoint: string;
}

/** Hosts, by prefix, of the services with one endpoint for all regions, signed for us-east-1 (botocore's endpoints.json). */
const GLOBAL_HOSTS: Readonly<Record<string, string>> = {
  iam: 'iam.amazonaws.com',
  organizations: 'organizations.us-east-1.amazonaws.com',
};
const MAX_RETRIES = 2;
const RETRIED = new Set([500, 502, 503, 504]);
const THROTTLED = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottledException',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'TransactionInProgressException',
  'RequestLimitExceeded',
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'RequestThrottled',
  'SlowDown',
  'PriorRequestNotComplete',
  'EC2ThrottledException',
  'RequestTimeout',
  'RequestTimeoutException',
]);

function wait(session: Session, attempt: number): Promise<void> {
  const [byte = 0] = session.environment.randomBytes(1);
  return session.environment.sleep?.((byte / 255) * 1000 * 2 ** attempt) ?? Promise.resolve();
}

interface Exchange {
  readonly response: HttpResponse;
  readonly decoded: DecodedResponse;
  /** How often it was tried again in vain. */
  readonly retries: number;
}

/** Sends until it is answered with other than a passing failure. Throws where there is no answer at all. */
async function sendPatiently(
  session: Session,
  model: ServiceModel,
  operation: string,
  url: string,
  make: () => HttpRequest,
): Promise<Exchange> {
  for (let attempt = 0; ; attempt += 1) {
    let response: HttpResponse | undefined;
    try {
      response = await session.environment.send(make());
    } catch {
      if (attempt >= MAX_RETRIES) throw generalFault(`Could not connect to the endpoint URL: "${url}"`);
    }
    if (response !== undefined) {
      const decoded = decodeResponse(model, operation, response);
      const isPassing = decoded.kind === 'error' && (RETRIED.has(response.status) || THROTTLED.has(decoded.code));
      if (!isPassing || attempt >= MAX_RETRIES) return { response, decoded, retries: isPassing ? attempt : 0 };
    }
    await wait(session, attempt);
  }
}

function uuid(bytes: Uint8Array): string {
  const digits = hexOf(bytes);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

function withTokens(session: Session, shape: Shape, parameters: ValueMap): ValueMap {
  const missing = (shape.tokens ?? []).filter((name) => !Object.hasOwn(parameters, name));
  const tokens = missing.map((name) => [name, uuid(session.environment.randomBytes(16))]);
  return { ...parameters, ...Object.fromEntries(tokens) };
}

class WireClient implements Client {
  readonly service: CliService;
  readonly model: ServiceModel;
  readonly credentials: Credentials | undefined;
  readonly region: string;
  readonly endpoint: string;
  readonly #session: Session;

  constructor(
    session: Session,
    service: CliService,
    model: ServiceModel,
    credentials: Credentials | undefined,
    region: string,
  ) {
    this.#session = session;
    this.service = service;
    this.model = model;
    this.credentials = credentials;
    this.region = region;
    const host = GLOBAL_HOSTS[service.endpointPrefix] ?? `${service.endpointPrefix}.${region}.amazonaws.com`;
    this.endpoint = (endpointOf(session, service.serviceId) ?? `https://${host}`).replace(/\/+$/, '');
  }

  callNamed(name: string, parameters: ValueMap): Promise<Answer> {
    const operation = Object.values(this.service.operations).find((known) => known.name === name);
    if (operation === undefined) throw new Error(`${this.service.name} has no operation ${name}`);
    return this.call(operation, parameters);
  }

  async call(operation: Operation, parameters: ValueMap): Promise<Answer> {
    const shape = inputShape(this.service, operation);
    const isS3 = this.model.name === 's3';
    let input = withTokens(this.#session, shape, parameters);
    if (isS3) input = beforeS3(operation, input);
    validateParameters(this.service, shape, input);
    const request = this.#encode(operation, shape, input);
    const scope = { model: this.model, region: this.region };
    const { response, decoded, retries } = await sendPatiently(
      this.#session,
      this.model,
      operation.name,
      request.url,
      () =>
        this.credentials === undefined
          ? request
          : signRequest(this.#session.environment, request, this.credentials, scope),
    );
    if (decoded.kind === 'error') {
      throw new ServiceFault(operation.name, decoded.code, decoded.message, decoded.status, retries);
    }
    const output = operation.output === undefined ? {} : presentable(this.service, operation.output, decoded.output);
    const shown = isMap(output) ? output : {};
    return {
      status: response.status,
      output: isS3 ? afterS3(operation, parameters, shown) : shown,
      body: response.body,
    };
  }

  #encode(operation: Operation, shape: Shape, input: ValueMap): HttpRequest {
    if (!this.model.operations.has(operation.name)) {
      throw generalFault(`Operation ${operation.name} is not known to this client.`);
    }
    const wire = wireInput(this.service, shape, input, binaryFormat(this.#session));
    const encoded = encodeRequest(this.model, operation.name, wire as Readonly<Record<string, unknown>>);
    const isS3 = this.model.name === 's3';
    return {
      method: encoded.method,
      url: `${this.endpoint}${encoded.target}`,
      headers: isS3 ? s3Headers(this.#session.environment, operation, encoded) : encoded.headers,
      body: encoded.body,
    };
  }
}

/** A client that signs by `credentials`, or not at all. Throws the CLI's fault where the region is missing. */
export async function connect(
  session: Session,
  service: CliService,
  credentials: Credentials | undefined,
): Promise<Client> {
  const model = await session.environment.loadService(service.name);
  if (model === undefined) throw generalFault(`The service ${service.name} is not offered here.`);
  const named = validRegion(regionOf(session) ?? 'us-east-1');
  const isGlobal = Object.hasOwn(GLOBAL_HOSTS, service.endpointPrefix);
  const isRegional = service.endpointPrefix !== 's3' && !isGlobal;
  if (isRegional) requireRegion(session);
  const region = isGlobal ? 'us-east-1' : named;
  return new WireClient(session, service, model, credentials, region);
}
