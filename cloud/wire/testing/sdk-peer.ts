/** Holds every operation of a service against the AWS SDK: what it writes we read, what we write it reads. */
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valuesOf } from '../../testing/shape-values.ts';
import { decodeResponse, encodeRequest } from '../client.ts';
import { decodeRequest, encodeResponse, spokenModel } from '../index.ts';
import type { ServiceModel, WireRequest, WireResponse } from '../model.ts';
import type { ServiceName } from '../service-model.ts';
import { type Member, structureOf } from '../shape.ts';
import { sdkClients } from './sdk-clients.ts';

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string | string[] | null>;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** A protocol of the SDK's: a client may be given another than its own. */
export type SdkProtocol = new (options: never) => unknown;

interface SdkClient {
  send(command: object): Promise<Record<string, unknown>>;
}

/** How a client is set up. */
export interface PeerOptions {
  /** Another protocol than the client's own. */
  readonly protocol?: SdkProtocol | undefined;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const anyCredentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };

/** A client of the SDK that hands its request over and is answered what the test says. */
export class SdkPeer {
  readonly client: SdkClient;
  answer: (request: WireRequest) => WireResponse | Promise<WireResponse> = () => ({
    status: 500,
    headers: {},
    body: new Uint8Array(0),
  });
  readonly #module: Readonly<Record<string, unknown>>;

  constructor(service: ServiceName, { protocol, credentials = anyCredentials }: PeerOptions = {}) {
    this.#module = sdkClients[service];
    const named = Object.keys(this.#module).find((name) => /^[A-Z]\w*Client$/.test(name)) ?? '';
    const Client = this.#module[named] as new (config: object) => SdkClient;
    this.client = new Client({
      region: 'us-east-1',
      // Some put the account id before the host's name, which an address has no place for.
      endpoint: 'http://localhost:1',
      credentials,
      requestHandler: {
        handle: async (request: SdkRequest) => {
          const { status, headers, body } = await this.answer(await wireOf(request));
          return { response: { statusCode: status, headers: { ...headers }, body: Readable.from([body]) } };
        },
      },
      maxAttempts: 1,
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      useQueueUrlAsEndpoint: false,
      // SQS's client holds answers against their digests, which random ones have not.
      ...(service === 'sqs' && { md5: false }),
      ...(protocol && { protocol }),
    });
  }

  /** The protocol that the client speaks by itself. */
  protocol(): SdkProtocol {
    const { protocol } = (this.client as unknown as { config: { protocol: object } }).config;
    return protocol.constructor as SdkProtocol;
  }

  /** Sends an operation's command, and gives the members of its output. */
  async call(operation: string, input: object): Promise<Record<string, unknown>> {
    const Command = this.#module[`${operation}Command`] as new (input: object) => object;
    return plain(await this.client.send(new Command(input)));
  }
}

async function wireOf(request: SdkRequest): Promise<WireRequest> {
  const query = Object.entries(request.query)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((item) => [name, item] as const))
    .map(([name, value]) => (value === null ? name : `${encodeURIComponent(name)}=${encodeURIComponent(value)}`))
    .join('&');
  const { body } = request;
  return {
    method: request.method,
    target: request.path + (query === '' ? '' : `?${query}`),
    headers: Object.entries(request.headers),
    body: body instanceof Uint8Array ? body : new TextEncoder().encode(typeof body === 'string' ? body : ''),
  };
}

/** Not in the SDK's ordinary way: another endpoint, event streams, discovered endpoints, or sessions of directory buckets. */
const elsewhere = new Set([
  'WriteGetObjectResponse',
  'SelectObjectContent',
  'CreateSession',
  'ListDirectoryBuckets',
  'InvokeWithResponseStream',
  'StartLiveTail',
  'GetLogObject',
]);

/** What the SDK makes itself, or takes for something of its own: digests, tokens, encryption keys, its second form of a date, an endpoint. */
const changedBySdk =
  /^(ContentMD5|Checksum.*|SSECustomer.*|CopySourceSSECustomer.*|ClientToken|ClientRequestToken|IdempotencyToken|ExpiresString|Expires|ContentLength|ContentEncoding|EndpointId|OutpostId)$/;

function isChanged(member: Member): boolean {
  return changedBySdk.test(member.name);
}

/** The plain data of an SDK's output, without what every output has. */
async function plain(output: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { $metadata: _, ...members } = output;
  for (const [name, value] of Object.entries(members)) {
    const stream = value as { transformToByteArray?: () => Promise<Uint8Array> } | undefined;
    if (value === undefined) delete members[name];
    else members[name] = plainBytes(stream?.transformToByteArray ? await stream.transformToByteArray() : value);
  }
  return members;
}

/** With Node's buffers as the bytes that they are. */
function plainBytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (Array.isArray(value)) return value.map(plainBytes);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainBytes(member)]));
}

/** How much is tried of a service. */
export interface PeerTrial {
  /** Values of each operation. */
  readonly values: number;
  /** Another protocol than the client's own. */
  readonly protocol?: new (
    options: never,
  ) => unknown;
  /** Members that the protocol writes under another's name. */
  readonly omit?: readonly string[];
}

/** Defines the tests of a service. */
export function holdAgainstSdk(model: ServiceModel, { values, protocol, omit = [] }: PeerTrial): void {
  const isOmitted = (member: Member) => isChanged(member) || omit.includes(member.name);
  const names = [...model.operations.keys()].filter((name) => !elsewhere.has(name));
  const inputOf = (name: string) => valuesOf(structureOf(model.operations.get(name)?.input), isOmitted);
  const outputOf = (name: string) => valuesOf(structureOf(model.operations.get(name)?.output), isOmitted);
  const peer = () => new SdkPeer(model.name as ServiceName, { protocol });

  describe(protocol === undefined ? model.name : `${model.name} by ${protocol.name}`, () => {
    test('the SDK writes, we read', async () => {
      const sdk = peer();
      for (const name of names) {
        await fc.assert(
          fc.asyncProperty(inputOf(name), async (input) => {
            let decoded: unknown;
            sdk.answer = (request) => {
              decoded = decodeRequest(spokenModel(model, request), request);
              return encodeResponse(spokenModel(model, request), name, {}, 'request-id');
            };
            await sdk.call(name, input).catch((error: unknown) => {
              if (decoded === undefined) throw error;
            });
            expect({ name, ...(decoded as object) }).toMatchObject({ name, operation: name, input });
          }),
          { numRuns: values, seed: 7 },
        );
      }
    }, 240_000);

    test('we write, the SDK reads', async () => {
      const sdk = peer();
      for (const name of names) {
        await fc.assert(
          fc.asyncProperty(inputOf(name), outputOf(name), async (input, output) => {
            sdk.answer = (request) => encodeResponse(spokenModel(model, request), name, output, 'request-id');
            expect({ name, ...(await sdk.call(name, input)) }).toMatchObject({ name, ...output });
          }),
          { numRuns: values, seed: 8 },
        );
      }
    }, 240_000);

    test('what we write we read, as client and as server, and nothing else', () => {
      for (const name of names) {
        fc.assert(
          fc.property(inputOf(name), outputOf(name), (input, output) => {
            const request = encodeRequest(model, name, input);
            const decoded = decodeRequest(model, { ...request, headers: Object.entries(request.headers) });
            expect({ name, input: withoutEmpty(decoded.input) }).toEqual({ name, input: withoutEmpty(input) });
            const answer = decodeResponse(model, name, encodeResponse(model, name, output, 'request-id'));
            const read = withoutEmpty(answer.kind === 'ok' ? answer.output : answer);
            expect({ name, output: read }).toEqual({ name, output: withoutEmpty(output) });
          }),
          { numRuns: values, seed: 9 },
        );
      }
    }, 240_000);
  });
}

/** Bodies without bytes and structures without members are the same on the wire whether they are there or not. */
function withoutEmpty(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.length === 0 ? undefined : value;
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(value)
    .map(([name, member]) => [name, withoutEmpty(member)] as const)
    .filter(([, member]) => member !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
