import { GetBucketPolicyCommand, ListBucketsCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import type { ClientOptions } from './account.ts';
import { refusalOf } from './refusal.ts';

/** The editor's S3 calls. Each rejects with an `AwsRefusal`. */
export class S3Calls {
  private readonly client: S3Client;

  constructor(options: ClientOptions) {
    // The endpoint has one name: buckets go into the path.
    this.client = new S3Client({ ...options, forcePathStyle: true });
  }

  async buckets(): Promise<string[]> {
    return await this.ask(async () =>
      ((await this.client.send(new ListBucketsCommand({}))).Buckets ?? []).map((bucket) => bucket.Name ?? ''),
    );
  }

  /** Undefined where the bucket has no policy. */
  async readPolicy(bucket: string): Promise<string | undefined> {
    return await this.ask(async () => {
      try {
        return (await this.client.send(new GetBucketPolicyCommand({ Bucket: bucket }))).Policy;
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal.code === 'NoSuchBucketPolicy') return undefined;
        throw refusal;
      }
    });
  }

  async putPolicy(bucket: string, document: string): Promise<void> {
    await this.ask(() => this.client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: document })));
  }

  private async ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw refusalOf(error);
    }
  }
}
