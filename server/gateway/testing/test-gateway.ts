/** The whole gateway without its port, over a database of its own: what it answers, and requests as clients sign them. */
import { pino } from 'pino';
import { createCloud } from '../../../cloud/index.ts';
import { presign, type Signer, SigningKeys, signRequest } from '../../../cloud/sigv4/index.ts';
import type { WireRequest, WireResponse } from '../../../cloud/wire/model.ts';
import { openTestDatabase } from '../../database/testing/database.ts';
import { nodeHashes, nodeRandom } from '../../hashes/node-hashes.ts';
import { BlobReader } from '../../sandboxes/blob-reader.ts';
import { soleHome } from '../../sandboxes/homes.ts';
import { JournalWriter } from '../../sandboxes/journal-writer.ts';
import { readManagedPolicies } from '../../sandboxes/managed-policies.ts';
import type { Sandbox } from '../../sandboxes/sandbox.ts';
import { HomeSandboxes } from '../../sandboxes/sandboxes.ts';
import { SandboxStore } from '../../sandboxes/store.ts';
import type { Services } from '../front.ts';
import { Gateway, type GatewayParts } from '../gateway.ts';
import { adminWorld } from './admin-world.ts';

export type Key = Pick<Signer, 'accessKeyId' | 'secret' | 'token'>;
export type ServiceName = 'iam' | 'sts' | 's3' | 'ssm';

const keys = new SigningKeys(nodeHashes);
const HOST = '127.0.0.1:4566';
const VERSIONS = { iam: '2010-05-08', sts: '2011-06-15' };
const PROTOCOLS = { iam: 'awsQuery', sts: 'awsQuery', s3: 'restXml', ssm: 'awsJson1_1' } as const;

const bytes = (text: string) => new TextEncoder().encode(text);

/** A call before it is signed. */
export interface PlainCall {
  readonly service: ServiceName;
  readonly request: WireRequest;
}

export function queryCall(service: 'iam' | 'sts', Action: string, parameters: Record<string, string> = {}): PlainCall {
  const form = new URLSearchParams({ Action, Version: VERSIONS[service], ...parameters }).toString();
  const headers = [
    ['host', HOST],
    ['content-type', 'application/x-www-form-urlencoded; charset=utf-8'],
  ] as const;
  return { service, request: { method: 'POST', target: '/', headers, body: bytes(form) } };
}

export function ssmCall(operation: string, input: object): PlainCall {
  const headers = [
    ['host', HOST],
    ['content-type', 'application/x-amz-json-1.1'],
    ['x-amz-target', `AmazonSSM.${operation}`],
  ] as const;
  return { service: 'ssm', request: { method: 'POST', target: '/', headers, body: bytes(JSON.stringify(input)) } };
}

export function s3Call(method: string, target: string, body = ''): PlainCall {
  return { service: 's3', request: { method, target, headers: [['host', HOST]], body: bytes(body) } };
}

function signer(service: ServiceName, key: Key, now: number): Signer {
  return { ...key, region: 'us-east-1', service, protocol: PROTOCOLS[service], now, keys };
}

export function signed({ service, request }: PlainCall, key: Key, now = Date.now()): WireRequest {
  return signRequest(request, signer(service, key, now));
}

export function presigned({ service, request }: PlainCall, key: Key, expires: number, now = Date.now()): WireRequest {
  return { ...request, target: presign(request, signer(service, key, now), expires), body: new Uint8Array(0) };
}

export interface TestGateway {
  readonly parts: GatewayParts;
  /** A new sandbox with an administrator. */
  newSandbox(): Promise<{ readonly sandbox: Sandbox; readonly admin: Key }>;
  answer(request: WireRequest): Promise<WireResponse>;
  /** Signs and sends; fails the test where the answer is an error. */
  succeed(call: PlainCall, key: Key): Promise<string>;
  /** The sandbox's journal, oldest row first. */
  journalOf(sandboxId: string): Promise<readonly { readonly name: string; readonly call: unknown }[]>;
  close(): Promise<void>;
}

/** @param services others than the cloud's own */
export async function startTestGateway(services?: Services): Promise<TestGateway> {
  const log = pino({ level: 'silent' });
  const database = await openTestDatabase();
  const managedPolicies = await readManagedPolicies();
  const whole = createCloud({ hashes: nodeHashes, random: nodeRandom, managedPolicies });
  const cloud = services === undefined ? whole : { ...whole, services };
  const store = new SandboxStore(database);
  const writer = new JournalWriter(store, log);
  const sandboxes = new HomeSandboxes({ cloud, store, writer, blobs: new BlobReader(store), log }, soleHome);
  const parts = { cloud, sandboxes, log };
  const gateway = new Gateway(parts);
  const answer = (request: WireRequest) => gateway.answer(request, { sourceIp: '127.0.0.1' });
  return {
    parts,
    answer,
    newSandbox: async () => {
      const { world, accessKeyId, secretAccessKey } = adminWorld(await sandboxes.drawAccountId());
      const sandbox = await sandboxes.create(world, new Map());
      return { sandbox, admin: { accessKeyId, secret: secretAccessKey } };
    },
    succeed: async (call, key) => {
      const { status, body } = await answer(signed(call, key));
      const text = bodyText(body);
      if (status >= 300) throw new Error(`${status} ${text}`);
      return text;
    },
    journalOf: (sandboxId) =>
      database.client.journalRow.findMany({
        where: { sandboxId },
        orderBy: { seq: 'asc' },
        select: { name: true, call: true, patches: true },
      }),
    close: async () => {
      await sandboxes.close();
      await database.close();
    },
  };
}

export function bodyText(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}

/** The code of an error's answer, whatever its form. */
export function errorCode({ headers, body, status }: WireResponse): string {
  const text = bodyText(body);
  const json = /"__type"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(text)?.[1];
  return /<Code>([^<]*)<\/Code>/.exec(text)?.[1] ?? json ?? headers['x-amzn-errortype'] ?? String(status);
}
