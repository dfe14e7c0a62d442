/** Learners who change their sandboxes without a pause, and know what was acknowledged. */
import { GetUserPolicyCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Attempt } from '../../contract/index.ts';
import { profileOf, type Visitor } from '../platform.ts';

/** Each writes one policy or one object of one sandbox, again and again, with a number that grows. */
const WRITERS_EACH = 2;

/** Milliseconds after a refusal. */
const PAUSE = 100;

const document = (n: number) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Sid: `S${n}`, Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
  });

interface Written {
  /** The number of the newest change that was sent: it may be there or not. */
  sent: number;
  /** … and of the newest that was acknowledged. */
  acknowledged: number;
}

/** One learner in a sandbox of the playground. */
export class Writers {
  readonly #visitor: Visitor;
  readonly #attempt: string;
  readonly #iam: IAMClient;
  readonly #s3: S3Client;
  readonly #bucket: string;
  readonly #written = new Map<string, Written>();
  /** Codes of the errors that were answered, by number. */
  readonly refusals = new Map<string, number>();
  #n = 0;
  #acknowledged = 0;
  #isStopped = true;
  #running: Promise<unknown> = Promise.resolve();

  private constructor(visitor: Visitor, attempt: string, iam: IAMClient, s3: S3Client, bucket: string) {
    this.#visitor = visitor;
    this.#attempt = attempt;
    this.#iam = iam;
    this.#s3 = s3;
    this.#bucket = bucket;
  }

  static async begin(visitor: Visitor): Promise<Writers> {
    const { id, sandbox } = await visitor.open('foundations/playground');
    const { accessKeyId, secretAccessKey } = profileOf(sandbox, 'admin');
    const credentials = { accessKeyId, secretAccessKey };
    const options = { endpoint: sandbox.endpoint, region: sandbox.region, credentials, maxAttempts: 1 };
    const bucket = `kept-${sandbox.accountId}`;
    const s3 = new S3Client({ ...options, forcePathStyle: true });
    const writers = new Writers(visitor, id, new IAMClient(options), s3, bucket);
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    return writers;
  }

  /** Changes that were acknowledged. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** What the sandbox is on now. */
  async backend(): Promise<Attempt['sandbox']['backend']> {
    const { status, body } = await this.#visitor.request('GET', `/api/attempts/${this.#attempt}`);
    if (status !== 200) throw new Error(`GET /api/attempts: ${status} ${JSON.stringify(body)}`);
    return (body as Attempt).sandbox.backend;
  }

  /** Goes on until it is stopped, whatever is answered. */
  go(): void {
    this.#isStopped = false;
    const names = Array.from({ length: WRITERS_EACH }, (_, n) => [`policy-${n}`, `object-${n}`]).flat();
    this.#running = Promise.all(names.map((name) => this.#write(name)));
  }

  /** Resolves when nothing is in flight any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  /** One change; rejects where it is refused. */
  async change(name: string): Promise<void> {
    this.#n += 1;
    const mine = this.#n;
    const written = this.#written.get(name) ?? { sent: 0, acknowledged: 0 };
    this.#written.set(name, written);
    written.sent = mine;
    if (name.startsWith('policy')) {
      const input = { UserName: 'Admin', PolicyName: name, PolicyDocument: document(mine) };
      await this.#iam.send(new PutUserPolicyCommand(input));
    } else await this.#s3.send(new PutObjectCommand({ Bucket: this.#bucket, Key: name, Body: `body ${mine}` }));
    written.acknowledged = mine;
    this.#acknowledged += 1;
  }

  /** Holds the sandbox to what was acknowledged, and to nothing that was never sent. */
  async check(): Promise<void> {
    for (const [name, { acknowledged, sent }] of this.#written) {
      if (acknowledged === 0) continue;
      const kept = await this.#read(name);
      expect(kept, `${name}: acknowledged ${acknowledged}, sent ${sent}`).toBeGreaterThanOrEqual(acknowledged);
      expect(kept, name).toBeLessThanOrEqual(sent);
    }
  }

  async #write(name: string): Promise<void> {
    while (!this.#isStopped) {
      try {
        await this.change(name);
      } catch (error) {
        const { name: code } = error as Error;
        this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
  }

  async #read(name: string): Promise<number> {
    if (name.startsWith('policy')) {
      const policy = await this.#iam.send(new GetUserPolicyCommand({ UserName: 'Admin', PolicyName: name }));
      return Number(/"S(\d+)"/.exec(decodeURIComponent(policy.PolicyDocument ?? ''))?.[1]);
    }
    const object = await this.#s3.send(new GetObjectCommand({ Bucket: this.#bucket, Key: name }));
    return Number((await object.Body?.transformToString())?.split(' ')[1]);
  }
}
