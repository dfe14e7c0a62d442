/**
 * A sandbox in memory with a door of its own: requests of the `aws` command in, AWS's answers out, through the same wire code
 * and the same policy engine as the gateway's. What the gateway has besides (verifying signatures, journal, events) has
 * tests of its own.
 */
import { BlobBody } from '../../cloud/call.ts';
import { resolveCredential } from '../../cloud/credentials.ts';
import { type Cloud, perform } from '../../cloud/perform.ts';
import { decodeRequest, encodeError, encodeResponse } from '../../cloud/wire/index.ts';
import type { WireResponse } from '../../cloud/wire/model.ts';
import type { World } from '../../cloud/world.ts';
import type { AnyCaller } from '../../iam/model.ts';
import type { HttpRequest, HttpResponse } from '../../shell/index.ts';

export class Account {
  world: World;
  readonly #cloud: Cloud;
  readonly #blobs: Map<string, Uint8Array>;

  constructor(cloud: Cloud, world: World, blobs: ReadonlyMap<string, Uint8Array>) {
    this.#cloud = cloud;
    this.world = world;
    this.#blobs = new Map(blobs);
  }

  async readBlob(digest: string): Promise<Uint8Array> {
    const bytes = this.#blobs.get(digest);
    if (bytes === undefined) throw new Error(`There is no blob ${digest}`);
    return bytes;
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const { caller, serviceName } = this.#signer(request.headers);
    const service = this.#cloud.services[serviceName];
    if (service === undefined) throw new Error(`The sandbox has no service ${serviceName}`);
    const url = new URL(request.url);
    const { operation, input } = decodeRequest(service.model, {
      method: request.method,
      target: `${url.pathname}${url.search}`,
      headers: Object.entries(request.headers),
      body: request.body ?? new Uint8Array(),
    });
    const performed = perform(this.#cloud, this.world, {
      service: serviceName,
      operation,
      input,
      caller,
      request: { sourceIp: '127.0.0.1', secureTransport: false, userAgent: 'test', region: this.world.region },
      requestId: 'request',
      realNow: Date.now(),
    });
    this.world = performed.world;
    for (const [digest, bytes] of performed.newBlobs) this.#blobs.set(digest, bytes);
    const { outcome } = performed;
    if (outcome.kind === 'error') {
      const context = { method: request.method, resource: url.pathname };
      return answer(encodeError(service.model, outcome.error, 'request', context));
    }
    return answer(encodeResponse(service.model, operation, await this.#withBytes(outcome.output), 'request'));
  }

  /** Who signed, by the credential scope of an Authorization header (AWS Signature Version 4). */
  #signer(headers: Readonly<Record<string, string>>): { caller: AnyCaller; serviceName: string } {
    const authorization = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
    const [, keyId = '', serviceName = ''] =
      /Credential=(\w+)\/\d{8}\/[\w-]+\/(\w+)\/aws4_request/.exec(authorization) ?? [];
    const credential = resolveCredential(this.world, keyId, Date.now() + this.world.clockOffset);
    if (credential.kind !== 'found') throw new Error(`The key ${keyId} is ${credential.kind}`);
    return { caller: credential.caller, serviceName };
  }

  async #withBytes(output: unknown): Promise<unknown> {
    if (typeof output !== 'object' || output === null || !('Body' in output)) return output;
    const { Body: body } = output;
    if (!(body instanceof BlobBody)) return output;
    const blobs = await Promise.all(body.blobs.map((blob) => this.readBlob(blob.digest)));
    return { ...output, Body: new Uint8Array(Buffer.concat(blobs)).subarray(body.from, body.to) };
  }
}

function answer({ status, headers, body }: WireResponse): HttpResponse {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { status, headers: Object.fromEntries(lower), body };
}
