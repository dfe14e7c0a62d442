/** A connection to one emulator: plain AWS calls, signed with a key of the account that they are about, and its own pages. */
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { makeAccessKeyId } from '../../../../cloud/access-key.ts';
import { SigningKeys, signRequest } from '../../../../cloud/sigv4/index.ts';
import { decodeResponse, encodeRequest } from '../../../../cloud/wire/client.ts';
import type { ServiceModel, WireResponse } from '../../../../cloud/wire/model.ts';
import type { DecodedResponse } from '../../../../cloud/wire/protocol.ts';
import { nodeHashes } from '../../../hashes/node-hashes.ts';

/** Milliseconds that an emulator may take to answer: it loads a service at the first call, and answers nothing else meanwhile. */
const TIMEOUT = 30_000;
/** Calls at a time: it answers with threads. */
const SOCKETS = 16;

/** The emulator cannot be reached, or is another run of it than the one that held the sandbox. */
export class LostError extends Error {
  constructor(url: string, cause?: unknown) {
    super(`The emulator at ${url} is lost`, { cause });
    this.name = 'LostError';
  }
}

/** One call. */
export interface EmulatorCall {
  readonly model: ServiceModel;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The account that it is made in. */
  readonly accountId: string;
  readonly region: string;
}

interface Answer extends WireResponse {
  /** Whether the connection was open before: then nothing can have been started anew meanwhile. */
  readonly isSameConnection: boolean;
}

const keys = new SigningKeys(nodeHashes);
/** The secret is nobody's: an emulator goes by the account in the key's id. */
const SECRET = 'of-no-account';
const zeros = { bytes: (count: number) => new Uint8Array(count) };

/** Speaks to the emulator at one base address. */
export class Connection {
  readonly url: string;
  readonly #base: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });

  constructor(url: string) {
    this.url = url;
    this.#base = new URL(url);
  }

  /**
   * Makes a call in the run that is named `session`.
   * @throws LostError
   */
  async call(call: EmulatorCall, session: string): Promise<DecodedResponse> {
    const { model, operation } = call;
    const answer = await this.#sendSigned(call);
    if (!answer.isSameConnection && (await this.session()) !== session) throw new LostError(this.url);
    try {
      return decodeResponse(model, operation, answer);
    } catch (error) {
      throw new LostError(this.url, error);
    }
  }

  /** Names the run that answers now; undefined where none does. */
  async session(): Promise<string | undefined> {
    try {
      const { status, body } = await this.#send('GET', '/_localstack/info', [], undefined);
      const info: unknown = status === 200 ? JSON.parse(new TextDecoder().decode(body)) : undefined;
      const session = typeof info === 'object' && info !== null && 'session_id' in info ? info.session_id : undefined;
      return typeof session === 'string' ? session : undefined;
    } catch {
      return undefined;
    }
  }

  /** Ends the run; who watches over its process starts another. */
  async end(): Promise<void> {
    const body = new TextEncoder().encode('{"action":"kill"}');
    await this.#send('POST', '/_localstack/health', [['content-type', 'application/json']], body);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #sendSigned({ model, operation, input, accountId, region }: EmulatorCall): Promise<Answer> {
    const { method, target, headers, body } = encodeRequest(model, operation, input);
    // S3 takes some documents with a digest only.
    const digest = model.addressing === 'buckets' && body.length > 0 ? { 'content-md5': md5Of(body) } : {};
    const told = Object.entries({ ...headers, ...digest });
    const signed = signRequest(
      { method, target, headers: [['host', this.#base.host], ...told], body },
      {
        accessKeyId: makeAccessKeyId('AKIA', accountId, zeros),
        secret: SECRET,
        region,
        service: model.signingName ?? model.name,
        protocol: model.protocol,
        now: Date.now(),
        keys,
      },
    );
    try {
      return await this.#send(method, target, signed.headers, body);
    } catch (error) {
      throw new LostError(this.url, error);
    }
  }

  #send(
    method: string,
    path: string,
    headers: readonly (readonly [string, string])[],
    body: Uint8Array | undefined,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.#base;
      const length = body === undefined || body.length === 0 ? {} : { 'content-length': String(body.length) };
      const request = httpRequest(
        {
          agent: this.#agent,
          host: hostname.replace(/^\[|\]$/g, ''),
          port,
          method,
          path,
          headers: { ...Object.fromEntries(headers), ...length },
          timeout: TIMEOUT,
        },
        (response) => {
          readAnswer(response, request.reusedSocket).then(resolve, reject);
        },
      );
      request.on('timeout', () => request.destroy(new Error(`No answer within ${TIMEOUT} ms`)));
      request.on('error', (error: NodeJS.ErrnoException) => {
        // An idle connection that was closed just now: the request never arrived.
        const isStale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        if (isStale) this.#send(method, path, headers, body).then(resolve, reject);
        else reject(error);
      });
      request.end(body);
    });
  }
}

function md5Of(body: Uint8Array): string {
  return Buffer.from(nodeHashes.md5(body)).toString('base64');
}

async function readAnswer(response: IncomingMessage, isSameConnection: boolean): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const whole = Buffer.concat(chunks);
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );
  const body = new Uint8Array(whole.buffer, whole.byteOffset, whole.length);
  return { status: response.statusCode ?? 0, headers, body, isSameConnection };
}
