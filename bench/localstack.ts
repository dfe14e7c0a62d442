/**
 * LocalStack beside the sandboxes: how long opening a challenge takes, and what the gateway adds to a call that LocalStack carries. The floor
 * is the same call, signed in the same way, straight to the same LocalStack, in turn with it; each over a connection that stays.
 * Needs `LOCALSTACK_PYTHON`, the Python of `scripts/localstack/localstack.sh install`.
 */
import { makeAccessKeyId } from '../cloud/access-key.ts';
import { type Signer, SigningKeys, signRequest } from '../cloud/sigv4/index.ts';
import { encodeRequest } from '../cloud/wire/client.ts';
import type { ServiceModel } from '../cloud/wire/model.ts';
import { kmsModel, s3Model, secretsmanagerModel, sqsModel, ssmModel } from '../cloud/wire/models.ts';
import { nodeHashes, nodeRandom } from '../server/hashes/node-hashes.ts';
import { startEmulator } from '../test/localstack/emulator.ts';
import { profileOf, startPlatform, Visitor } from '../test/platform.ts';

const STARTS = Number(process.env['COUNT'] ?? 100);
const CALLS = Number(process.env['CALLS'] ?? 1000);
const CHALLENGES = ['first-policy', 'deny-wins', 'managed-too-wide', 'self-service-admin', 'playground'];

type Input = Readonly<Record<string, unknown>>;
type Key = Pick<Signer, 'accessKeyId' | 'secret'>;

const keys = new SigningKeys(nodeHashes);

async function send(base: string, key: Key, model: ServiceModel, operation: string, input: Input): Promise<number> {
  const { method, target, headers, body } = encodeRequest(model, operation, input);
  const signed = signRequest(
    { method, target, headers: [['host', new URL(base).host], ...Object.entries(headers)], body },
    { ...key, region: 'us-east-1', service: model.name, protocol: model.protocol, now: Date.now(), keys },
  );
  const before = performance.now();
  const response = await fetch(`${base}${target}`, {
    method,
    headers: signed.headers.filter(([name]) => name !== 'host').map(([name, value]): [string, string] => [name, value]),
    ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
  });
  await response.arrayBuffer();
  const took = performance.now() - before;
  if (!response.ok) throw new Error(`${operation} at ${base}: ${response.status}`);
  return took;
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length * share)] ?? Number.NaN;
}

const emulator = await startEmulator();
const platform = await startPlatform({
  SANDBOX_BACKEND: 'localstack',
  LOCALSTACK_URLS: emulator.url,
  LOCALSTACK_CAPACITY: '10000',
});
try {
  const starts: number[] = [];
  for (let n = 0; n < STARTS; n += 1) {
    const before = performance.now();
    const { sandbox } = await new Visitor(platform.url).open(`foundations/${CHALLENGES[n % CHALLENGES.length]}`);
    starts.push(performance.now() - before);
    if (sandbox.backend !== 'localstack') throw new Error('A sandbox did not begin on LocalStack');
  }
  console.log(`opening a challenge, ${STARTS} of ${CHALLENGES.length} challenges, the first ones included:`);
  console.log(`  p50 ${quantile(starts, 0.5).toFixed(0)} ms, p99 ${quantile(starts, 0.99).toFixed(0)} ms`);

  const { sandbox } = await new Visitor(platform.url).open('foundations/playground');
  const profile = profileOf(sandbox, 'admin');
  const admin: Key = { accessKeyId: profile.accessKeyId, secret: profile.secretAccessKey };
  const direct: Key = { accessKeyId: makeAccessKeyId('AKIA', sandbox.accountId, nodeRandom), secret: 'any' };
  const through = (model: ServiceModel, operation: string, input: Input) =>
    send(platform.gatewayUrl, admin, model, operation, input);
  const Bucket = `bench-${sandbox.accountId}`;
  const QueueUrl = `http://localhost/${sandbox.accountId}/bench`;
  await through(s3Model, 'CreateBucket', { Bucket });
  await through(s3Model, 'PutObject', { Bucket, Key: 'a', Body: new Uint8Array(1024) });
  await through(ssmModel, 'PutParameter', { Name: '/bench', Value: '3', Type: 'String' });
  await through(sqsModel, 'CreateQueue', { QueueName: 'bench' });
  const token = '00000000-0000-4000-8000-000000000000';
  await through(secretsmanagerModel, 'CreateSecret', { Name: 'bench', SecretString: '3', ClientRequestToken: token });
  await through(kmsModel, 'CreateKey', {});
  const calls: readonly (readonly [ServiceModel, string, Input])[] = [
    [s3Model, 'GetObject', { Bucket, Key: 'a' }],
    [s3Model, 'ListObjectsV2', { Bucket }],
    [ssmModel, 'GetParameter', { Name: '/bench' }],
    [sqsModel, 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }],
    [secretsmanagerModel, 'DescribeSecret', { SecretId: 'bench' }],
  ];
  const ways: { gateway: number[]; straight: number[] } = { gateway: [], straight: [] };
  for (let n = -50; n < CALLS; n += 1) {
    const [model, operation, input] = calls[(n + 50) % calls.length] ?? calls[0] ?? [];
    if (model === undefined || operation === undefined || input === undefined) throw new Error('There are no calls');
    const straight = await send(emulator.url, direct, model, operation, input);
    const gateway = await through(model, operation, input);
    // The first ones load what is loaded at a first call.
    if (n < 0) continue;
    ways.straight.push(straight);
    ways.gateway.push(gateway);
  }
  const [with50, without50] = [quantile(ways.gateway, 0.5), quantile(ways.straight, 0.5)];
  console.log(`one reading call in flight, ${CALLS} over ${calls.length} operations: p50 ${with50.toFixed(2)} ms`);
  console.log(`  floor (the same call straight to LocalStack): p50 ${without50.toFixed(2)} ms`);
  console.log(
    `  the gateway adds ${(with50 - without50).toFixed(2)} ms; ratio: ${(with50 / without50).toFixed(2)} times the floor`,
  );
} finally {
  await platform.stop();
  await emulator.stop();
}
