/** `kill -9` at any moment loses no change that was acknowledged. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetUserPolicyCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectPath } from '../config/root.ts';

const KILLS = 6;
/** Changes in flight at the same time: half to IAM, half to S3. */
const WRITERS = 6;

const bundle = projectPath(`dist/kill-test-${process.pid}`);
let directory = '';

interface Child {
  readonly process: ChildProcess;
  readonly port: number;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
}

async function start(environment: Record<string, string>): Promise<Child> {
  const child = spawn(process.execPath, [join(bundle, 'gateway-child.js')], {
    env: {
      PATH: process.env['PATH'] ?? '',
      DATA_DIR: directory,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`The gateway did not start: exit code ${code}`);
  });
  const [line] = (await Promise.race([once(child.stdout, 'data'), died])) as [Buffer];
  died.catch(() => undefined);
  return { process: child, ...(JSON.parse(line.toString()) as Omit<Child, 'process'>) };
}

function clients(port: number, credentials: { accessKeyId: string; secretAccessKey: string }) {
  const options = { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials, maxAttempts: 1 };
  return { iam: new IAMClient(options), s3: new S3Client({ ...options, forcePathStyle: true }) };
}

const document = (n: number) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Sid: `S${n}`, Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
  });

describe('a gateway that is killed', () => {
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'leastwise-kill-'));
    await build({
      entryPoints: [projectPath('server/gateway/testing/gateway-child.ts')],
      outdir: bundle,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
    });
    await copyFile(projectPath('server/database/pglite-worker.mjs'), join(bundle, 'pglite-worker.mjs'));
  });
  afterAll(() => Promise.all([rm(directory, { recursive: true }), rm(bundle, { recursive: true })]));

  it('has every acknowledged change when it starts again', { timeout: 180_000 }, async () => {
    let child = await start({ NEW_SANDBOX: '1' });
    const { accessKeyId = '', secretAccessKey = '' } = child;
    let { iam, s3 } = clients(child.port, { accessKeyId, secretAccessKey });
    await s3.send(new CreateBucketCommand({ Bucket: 'kept' }));
    /** By name, the number of the newest change that was acknowledged. */
    const acknowledged = new Map<string, number>();
    /** By name, the newest that was sent: it may be there or not. */
    const sent = new Map<string, number>();
    let n = 0;

    for (let kill = 0; kill < KILLS; kill += 1) {
      const write = async (writer: number) => {
        for (;;) {
          n += 1;
          const mine = n;
          const name = `${writer % 2 === 0 ? 'policy' : 'object'}-${writer}`;
          sent.set(name, mine);
          if (writer % 2 === 0) {
            await iam.send(
              new PutUserPolicyCommand({ UserName: 'Admin', PolicyName: name, PolicyDocument: document(mine) }),
            );
          } else await s3.send(new PutObjectCommand({ Bucket: 'kept', Key: name, Body: `body ${mine}` }));
          acknowledged.set(name, mine);
        }
      };
      const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer).catch(() => undefined));
      await new Promise((resolve) => setTimeout(resolve, 150 + Math.random() * 700));
      child.process.kill('SIGKILL');
      await Promise.all([once(child.process, 'exit'), ...writers]);

      child = await start({});
      ({ iam, s3 } = clients(child.port, { accessKeyId, secretAccessKey }));
      for (const [name, number] of acknowledged) {
        const kept = name.startsWith('policy')
          ? Number(
              /"S(\d+)"/.exec(
                decodeURIComponent(
                  (await iam.send(new GetUserPolicyCommand({ UserName: 'Admin', PolicyName: name }))).PolicyDocument ??
                    '',
                ),
              )?.[1],
            )
          : Number(
              (
                await (await s3.send(new GetObjectCommand({ Bucket: 'kept', Key: name }))).Body?.transformToString()
              )?.split(' ')[1],
            );
        expect([number, sent.get(name)], name).toContain(kept);
      }
    }
    child.process.kill('SIGKILL');
    expect(acknowledged.size).toBe(WRITERS);
    expect(n).toBeGreaterThan(50);
  });
});
