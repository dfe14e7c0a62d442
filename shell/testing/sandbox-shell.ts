/** The `aws` command in front of a whole sandbox, all in memory: signed requests in, decided answers out, files in a map. */

import { BlobBody } from '../../cloud/call.ts';
import { resolveCredential } from '../../cloud/credentials.ts';
import type { AwsError } from '../../cloud/errors.ts';
import { services } from '../../cloud/services/index.ts';
import { sessionOfTarget } from '../../cloud/services/ssm/sessions/stream.ts';
import { readSignature, SigningKeys, verifySignature } from '../../cloud/sigv4/index.ts';
import { anonymous, Sandbox } from '../../cloud/testing/sandbox.ts';
import { decodeRequest, encodeError, encodeResponse } from '../../cloud/wire/index.ts';
import type { ServiceModel, WireRequest, WireResponse } from '../../cloud/wire/model.ts';
import { accessanalyzerModel, s3controlModel, s3Model } from '../../cloud/wire/models.ts';
import type { AnyCaller } from '../../iam/model.ts';
import { nodeHashes } from '../../server/hashes/node-hashes.ts';
import type { AwsEnvironment, FileSystem, HttpRequest, HttpResponse } from '../environment.ts';
import { runAws } from '../index.ts';
import type { SessionStream } from '../session-stream.ts';

/** By the name in the cloud, and by the CLI's where that is another. */
const MODELS: ReadonlyMap<string, ServiceModel> = new Map([
  ...Object.values(services).map(({ name, model }): [string, ServiceModel] => [name, model]),
  ['s3api', s3Model],
  ['accessanalyzer', accessanalyzerModel],
  ['s3control', s3controlModel],
]);
const HOME = '/home/learner';
const ENDPOINT = 'http://sandbox.test';

/** Files by their absolute path; a directory is there while something is below it, or where it was made. */
export class MemoryFiles implements FileSystem {
  readonly files = new Map<string, Uint8Array>();
  readonly times = new Map<string, number>();
  readonly #made = new Set<string>();

  async readFile(path: string): Promise<Uint8Array> {
    const bytes = this.files.get(path);
    if (bytes === undefined) throw new Error(`no such file: ${path}`);
    return bytes;
  }

  async writeFile(path: string, bytes: Uint8Array): Promise<void> {
    this.files.set(path, bytes);
  }

  async exists(path: string): Promise<boolean> {
    return this.files.has(path) || (await this.isDirectory(path));
  }

  async isDirectory(path: string): Promise<boolean> {
    const start = path.endsWith('/') ? path : `${path}/`;
    return this.#made.has(start) || [...this.files.keys()].some((name) => name.startsWith(start));
  }

  async list(path: string): Promise<readonly string[]> {
    const start = path.endsWith('/') ? path : `${path}/`;
    const below = [...this.files.keys()].filter((name) => name.startsWith(start));
    return [...new Set(below.map((name) => name.slice(start.length).split('/')[0] ?? ''))];
  }

  async makeDirectory(path: string): Promise<void> {
    this.#made.add(path.endsWith('/') ? path : `${path}/`);
  }

  async remove(path: string): Promise<void> {
    this.files.delete(path);
  }

  async modified(path: string): Promise<number> {
    return this.times.get(path) ?? 0;
  }

  async setModified(path: string, milliseconds: number): Promise<void> {
    this.times.set(path, milliseconds);
  }
}

/** What a command printed, as text. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export class SandboxShell {
  readonly sandbox = new Sandbox();
  readonly files = new MemoryFiles();
  /** Requests as they were sent: `POST /`. */
  readonly sent: string[] = [];
  variables: Record<string, string> = { HOME, AWS_ENDPOINT_URL: ENDPOINT };
  stdin = '';
  /** Sessions on hosts that what is typed went over to; undefined: nobody types. */
  attached: SessionStream[] | undefined;
  readonly #keys = new SigningKeys(nodeHashes);
  /** How often bytes were drawn: every draw has its own. */
  #drawn = 0;

  /** A user with AdministratorAccess, whose keys are those of the default profile. */
  constructor() {
    this.sandbox.user('admin', { Effect: 'Allow', Action: '*', Resource: '*' });
    const { AccessKey: key } = this.sandbox.call('iam:CreateAccessKey', { UserName: 'admin' });
    this.write(
      '.aws/credentials',
      `[default]\naws_access_key_id = ${key.AccessKeyId}\naws_secret_access_key = ${key.SecretAccessKey}\n`,
    );
    this.write('.aws/config', '[default]\nregion = us-east-1\n');
  }

  /** Writes a file below the home directory. */
  write(name: string, text: string): void {
    this.files.files.set(`${HOME}/${name}`, new TextEncoder().encode(text));
  }

  /** The text of a file below the home directory. */
  read(name: string): string {
    return new TextDecoder().decode(this.files.files.get(`${HOME}/${name}`));
  }

  get environment(): AwsEnvironment {
    return {
      files: this.files,
      workingDirectory: HOME,
      variables: this.variables,
      stdin: new TextEncoder().encode(this.stdin),
      send: async (request) => this.#answer(request),
      loadService: async (name) => MODELS.get(name),
      hashes: nodeHashes,
      now: () => this.sandbox.now,
      randomBytes: (count) => {
        this.#drawn += 1;
        return new Uint8Array(count).fill(this.#drawn);
      },
      sleep: async (milliseconds) => {
        this.sandbox.now += milliseconds;
      },
      ...(this.attached && { attach: (stream) => void this.attached?.push(stream) }),
    };
  }

  /** Runs `aws` with the words, each as it stands. */
  async aws(...words: readonly string[]): Promise<Printed> {
    const { stdout, stderr, exitCode } = await runAws(words, this.environment);
    return { stdout: new TextDecoder().decode(stdout), stderr, exitCode };
  }

  /** The output of a command that must succeed. */
  async ok(...words: readonly string[]): Promise<string> {
    const { stdout, stderr, exitCode } = await this.aws(...words);
    if (exitCode !== 0) throw new Error(`aws ${words.join(' ')}: ${stderr}`);
    return stdout;
  }

  #answer(request: HttpRequest): HttpResponse {
    const { method, url, body = new Uint8Array() } = request;
    const session = sessionOfTarget(new URL(url).pathname);
    if (session !== undefined) return this.#input(session, body);
    const target = url.slice(ENDPOINT.length);
    this.sent.push(`${method} ${target}`);
    const headers: [string, string][] = [['host', ENDPOINT.replace('http://', '')], ...Object.entries(request.headers)];
    const wire: WireRequest = { method, target, headers, body };
    const model = modelOf(wire);
    const caller = this.#callerOf(wire, model);
    if (!('kind' in caller)) return encodeError(model, caller, 'request-1', { method });
    return this.#perform(model, wire, caller);
  }

  /** As the gateway takes what is typed into a session. */
  #input({ accountId, sessionId }: { accountId: string; sessionId: string }, body: Uint8Array): HttpResponse {
    const { TokenValue, Input } = JSON.parse(new TextDecoder().decode(body));
    const input = { AccountId: accountId, SessionId: sessionId, Token: TokenValue, Input };
    const { outcome } = this.sandbox.perform('ssm:OpenDataChannel', input);
    const answer = outcome.kind === 'ok' ? outcome.output : { message: outcome.error.message };
    const bytes = new TextEncoder().encode(JSON.stringify(answer));
    return { status: outcome.kind === 'ok' ? 200 : 403, headers: {}, body: bytes };
  }

  #callerOf(wire: WireRequest, model: ServiceModel): AnyCaller | AwsError {
    const reading = readSignature(wire, model.signingName ?? model.name, model.protocol);
    if (reading.kind === 'anonymous') return anonymous;
    if (reading.kind === 'refused') return reading.error;
    if (reading.kind === 'presigned-v2') throw new Error('the shell presigns by version 4');
    const { signature } = reading;
    const credential = resolveCredential(this.sandbox.world, signature.accessKeyId, this.sandbox.now);
    if (credential.kind !== 'found') throw new Error(`the key ${signature.accessKeyId} is ${credential.kind}`);
    const { secret, token, caller } = credential;
    const verified = verifySignature(wire, signature, {
      secret,
      ...(token !== undefined && { token }),
      protocol: model.protocol,
      now: this.sandbox.now,
      keys: this.#keys,
    });
    return verified.kind === 'refused' ? verified.error : caller;
  }

  #perform(model: ServiceModel, wire: WireRequest, caller: AnyCaller): WireResponse {
    const { operation, input } = decodeRequest(model, wire);
    const { outcome } = this.sandbox.perform(`${model.name}:${operation}`, input, caller);
    if (outcome.kind === 'error') return encodeError(model, outcome.error, 'request-1', { method: wire.method });
    const output = Object.entries((outcome.output ?? {}) as Record<string, unknown>).map(([name, value]) => [
      name,
      value instanceof BlobBody ? this.sandbox.bytes(value) : value,
    ]);
    return encodeResponse(model, operation, Object.fromEntries(output), 'request-1');
  }
}

/** The service that a request is signed for; S3 where it is not signed, and S3 Control where its requests name an account. */
function modelOf(wire: WireRequest): ServiceModel {
  if (wire.headers.some(([name]) => name.toLowerCase() === 'x-amz-account-id')) return s3controlModel;
  const authorization = wire.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
  return MODELS.get(/\/([a-z0-9-]+)\/aws4_request/.exec(authorization)?.[1] ?? 's3') ?? s3Model;
}
