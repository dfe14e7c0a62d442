/** Every operation of the four services against the AWS SDK: what it writes we read, what we write it reads. */
import { Readable } from 'node:stream';
import * as iam from '@aws-sdk/client-iam';
import * as s3 from '@aws-sdk/client-s3';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valuesOf } from '../testing/shape-values.ts';
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from './index.ts';
import type { ServiceModel, WireRequest, WireResponse } from './model.ts';
import { iamModel, s3Model, ssmModel, stsModel } from './models.ts';
import { type Member, structureOf } from './shape.ts';

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string | string[] | null>;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** A client of the SDK that hands its request over and is answered what the test says. */
function peer(answer: (request: WireRequest) => WireResponse) {
  const requestHandler = {
    async handle(request: SdkRequest) {
      const { status, headers, body } = answer(await wireOf(request));
      return { response: { statusCode: status, headers: { ...headers }, body: Readable.from([body]) } };
    },
  };
  const config = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' },
    requestHandler: requestHandler as never,
    maxAttempts: 1,
  };
  return {
    iam: new iam.IAMClient(config),
    sts: new sts.STSClient(config),
    ssm: new ssm.SSMClient(config),
    s3: new s3.S3Client({ ...config, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' }),
  };
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

const services = [
  { model: iamModel, module: iam as unknown as Record<string, unknown> },
  { model: stsModel, module: sts as unknown as Record<string, unknown> },
  { model: ssmModel, module: ssm as unknown as Record<string, unknown> },
  { model: s3Model, module: s3 as unknown as Record<string, unknown> },
];

/** Not in the SDK's ordinary way: another endpoint, event streams, or sessions of directory buckets. */
const elsewhere = new Set(['WriteGetObjectResponse', 'SelectObjectContent', 'CreateSession', 'ListDirectoryBuckets']);

/** What the SDK makes itself or changes by its middleware: digests, tokens, encryption keys, its own second form of a date. */
const changedBySdk =
  /^(ContentMD5|Checksum.*|SSECustomer.*|CopySourceSSECustomer.*|ClientToken|ClientRequestToken|IdempotencyToken|ExpiresString|Expires|ContentLength|ContentEncoding)$/;

function comparable(member: Member): boolean {
  return !changedBySdk.test(member.name);
}

function operationsOf(model: ServiceModel): string[] {
  return [...model.operations.keys()].filter((name) => !elsewhere.has(name));
}

/** The plain data of an SDK's output, without what every output has. */
async function plain(output: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { $metadata: _, ...members } = output;
  for (const [name, value] of Object.entries(members)) {
    const stream = value as { transformToByteArray?: () => Promise<Uint8Array> } | undefined;
    if (value === undefined) delete members[name];
    else if (value instanceof Uint8Array) members[name] = Uint8Array.from(value);
    else if (stream?.transformToByteArray) members[name] = Uint8Array.from(await stream.transformToByteArray());
  }
  return members;
}

for (const { model, module } of services) {
  const inputOf = (name: string) =>
    valuesOf(structureOf(model.operations.get(name)?.input), (member) => !comparable(member));
  const outputOf = (name: string) =>
    valuesOf(structureOf(model.operations.get(name)?.output), (member) => !comparable(member));

  describe(model.name, () => {
    test('the SDK writes, we read', async () => {
      for (const name of operationsOf(model)) {
        const Command = module[`${name}Command`] as new (input: object) => object;
        await fc.assert(
          fc.asyncProperty(inputOf(name), async (input) => {
            let decoded: unknown;
            const client = peer((request) => {
              decoded = decodeRequest(model, request);
              return encodeResponse(model, name, {}, 'request-id');
            })[model.name as 's3'];
            await client.send(new Command(input) as never).catch((error: unknown) => {
              if (decoded === undefined) throw error;
            });
            expect({ name, ...(decoded as object) }).toMatchObject({ name, operation: name, input });
          }),
          { numRuns: 3, seed: 7 },
        );
      }
    }, 120_000);

    test('we write, the SDK reads', async () => {
      for (const name of operationsOf(model)) {
        const Command = module[`${name}Command`] as new (input: object) => object;
        await fc.assert(
          fc.asyncProperty(inputOf(name), outputOf(name), async (input, output) => {
            const client = peer(() => encodeResponse(model, name, output, 'request-id'))[model.name as 's3'];
            const answer = await client.send(new Command(input) as never);
            expect({ name, ...(await plain(answer as unknown as Record<string, unknown>)) }).toMatchObject({
              name,
              ...output,
            });
          }),
          { numRuns: 3, seed: 8 },
        );
      }
    }, 120_000);

    test('what we write we read, as client and as server, and nothing else', () => {
      for (const name of operationsOf(model)) {
        fc.assert(
          fc.property(inputOf(name), outputOf(name), (input, output) => {
            const request = encodeRequest(model, name, input);
            const decoded = decodeRequest(model, { ...request, headers: Object.entries(request.headers) });
            expect(withoutEmpty(decoded.input)).toEqual(withoutEmpty(input));
            const answer = decodeResponse(model, name, encodeResponse(model, name, output, 'request-id'));
            expect(withoutEmpty(answer.kind === 'ok' ? answer.output : answer)).toEqual(withoutEmpty(output));
          }),
          { numRuns: 5, seed: 9 },
        );
      }
    }, 60_000);
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
