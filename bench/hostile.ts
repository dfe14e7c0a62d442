/**
 * Learners who mean harm, one kind after the other, while others work next door: what each attack is answered, the processor time that it
 * takes of learners' code, and the neighbours' p99 against theirs before it, in the same run.
 */
import { readFileSync } from 'node:fs';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, InvokeCommand, LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { zipSync } from 'fflate';
import type { SandboxAccess } from '../contract/index.ts';
import { profileOf, startPlatform, Visitor } from '../test/platform.ts';
import { load } from './load/load.ts';
import { mixFor } from './load/mix.ts';
import { type AwsCall, s3Call, send, ssmCall } from './load/signed-requests.ts';

const LEARNERS = 40;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 8);
/** Attacks under way at the same time. */
const AT_ONCE = 4;
/** Milliseconds of processor time that one piece of learners' code may take. */
const CPU_AIM = 2_000;
const TICK = 10;

const platform = await startPlatform();

/** Milliseconds of processor time of the server's children that have ended (proc_pid_stat(5), cutime and cstime). */
function childrenTime(): number {
  const stat = readFileSync(`/proc/${platform.process.pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * TICK;
}

const zip = (files: Readonly<Record<string, Uint8Array | string>>) =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [
        name,
        typeof content === 'string' ? new TextEncoder().encode(content) : content,
      ]),
    ),
  );
const handler = (body: string) => zip({ 'index.js': `exports.handler = async (event) => { ${body} };` });

const visitor = new Visitor(platform.url);
const hostile = (await visitor.open('foundations/playground')).sandbox;
const { accessKeyId, secretAccessKey } = profileOf(hostile, 'admin');
const options = {
  endpoint: hostile.endpoint,
  region: hostile.region,
  credentials: { accessKeyId, secretAccessKey },
  maxAttempts: 1,
};
const lambda = new LambdaClient(options);
const iam = new IAMClient(options);
const role = `arn:aws:iam::${hostile.accountId}:role/worker`;

async function prepare(): Promise<void> {
  const statement = (more: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...more } });
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'worker',
      AssumeRolePolicyDocument: statement({
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    }),
  );
  const PolicyDocument = statement({ Action: '*', Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'all', PolicyDocument }));
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'f',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: role,
      Timeout: 30,
      Code: { ZipFile: handler('return 1;') },
    }),
  );
}

/** What came of one attack, in a few words. */
type Answer = string;

async function invoke(FunctionName = 'f', Payload = '{}'): Promise<Answer> {
  const { FunctionError, Payload: answer } = await lambda.send(new InvokeCommand({ FunctionName, Payload }));
  const text = Buffer.from(answer ?? []).toString();
  if (FunctionError === undefined) return text.slice(0, 80);
  const { errorType, errorMessage = '' } = JSON.parse(text) as { errorType?: string; errorMessage?: string };
  return `${errorType ?? FunctionError}: ${errorMessage.replace(/^.*Z /, '').slice(0, 60)}`;
}

/** A PutParameter whose body is this text, past any SDK. */
const signedJson = (body: string) => raw({ ...ssmCall('PutParameter', {}), body });

async function raw(call: AwsCall): Promise<Answer> {
  const response = await send(hostile, call);
  const text = await response.text();
  return `${response.status} ${/<Code>(\w+)|"__type":"(\w+)/.exec(text)?.slice(1).find(Boolean) ?? text.slice(0, 60)}`;
}

interface Attack {
  readonly what: string;
  readonly prepare?: () => Promise<unknown>;
  readonly act: () => Promise<Answer>;
}

const upload = (code: Uint8Array) => lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: code }));
const runs = (what: string, body: string): Attack => ({
  what,
  prepare: () => upload(handler(body)),
  act: () => invoke(),
});
const refused = (error: unknown) => `${(error as Error).name}: ${(error as Error).message.slice(0, 60)}`;

const bomb = zip({ 'index.js': new Uint8Array(300 * 2 ** 20) });
const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;

/** Sent as the hostile learner: a bucket and keys that climb. */
const s3 = new S3Client({ ...options, forcePathStyle: true });

const attacks: readonly Attack[] = [
  runs('an endless loop', 'for (;;) {}'),
  runs('processes without end', 'for (;;) require("child_process").fork("x");'),
  runs('a text of 1 GB', 'return "x".repeat(2 ** 30).length;'),
  runs('texts until the memory is full', 'const all = []; for (;;) all.push("x".repeat(1e6) + all.length);'),
  runs('a pattern that never ends', 'return /(a+)+$/.test("a".repeat(40) + "b");'),
  runs('polluted prototypes', 'Object.prototype.polluted = 1; Array.prototype.push = null; return {}.polluted;'),
  runs(
    'the metadata of a host',
    'try { return await (await fetch("http://169.254.169.254/latest/meta-data/")).text(); } catch (e) { return e.message; }',
  ),
  { what: 'a zip bomb as code', act: () => upload(bomb).then(() => 'taken', refused) },
  {
    what: 'a body that pollutes prototypes',
    act: () =>
      signedJson(
        '{"Name":"/p","Value":"v","Type":"String","__proto__":{"Overwrite":true},"constructor":{"prototype":{"x":1}}}',
      ),
  },
  { what: 'a body 50,000 levels deep', act: () => signedJson(deep) },
  {
    what: 'a key that climbs out',
    prepare: () => s3.send(new CreateBucketCommand({ Bucket: 'climb' })),
    act: () =>
      s3
        .send(new PutObjectCommand({ Bucket: 'climb', Key: '../../../etc/passwd', Body: 'x' }))
        .then(() => 'an object of that name', refused),
  },
  { what: "the backend's own paths", act: () => raw(s3Call('POST', '/_localstack/state/reset')) },
  {
    what: 'policies as large as they may be',
    act: () =>
      iam
        .send(new PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'wide', PolicyDocument: widePolicy() }))
        .then(() => 'kept', refused),
  },
  {
    what: 'the largest body',
    act: () =>
      s3
        .send(new PutObjectCommand({ Bucket: 'climb', Key: 'large', Body: new Uint8Array(15 * 2 ** 20) }))
        .then(() => 'kept', refused),
  },
  // The last one: what it set off goes on for a while.
  runs(
    'a function that calls itself twice',
    `const { LambdaClient, InvokeCommand } = require('@aws-sdk/client-lambda');
    const client = new LambdaClient({});
    const again = () => client.send(new InvokeCommand({ FunctionName: 'f', InvocationType: 'Event', Payload: '{}' }));
    await Promise.all([again(), again()]); return 'again';`,
  ),
];

/** Nearly all that a role's inline policies may hold, of patterns that are slow to compare. */
function widePolicy(): string {
  const Action = Array.from({ length: 200 }, (_, n) => `s3:${'*a'.repeat(10)}${n}*`);
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
}

/** Attacks again and again, several at a time, until the time is up; answers what came of the last, and how many there were. */
async function attackFor(
  attack: Attack,
  seconds: number,
): Promise<{ readonly answer: Answer; readonly count: number }> {
  const end = performance.now() + seconds * 1000;
  let answer = '';
  let count = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (performance.now() < end) {
        answer = await attack.act().catch(refused);
        count += 1;
        // A sandbox that is told to slow down does.
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }),
  );
  return { answer, count };
}

try {
  await prepare();
  const neighbours: SandboxAccess[] = [];
  for (let n = 0; n < LEARNERS; n += 1)
    neighbours.push((await new Visitor(platform.url).open('foundations/playground')).sandbox);
  const requests = await mixFor(neighbours, 20);
  const port = Number(new URL(platform.gatewayUrl).port);
  const plan = { port, connections: LEARNERS, seconds: SECONDS, pause: 500, requests };
  await load(plan);

  console.log(`${LEARNERS} neighbours at work; ${AT_ONCE} attacks at a time; before: a quiet run just ahead of each`);
  let worst = 0;
  for (const attack of attacks) {
    await attack.prepare?.();
    const before = await load(plan);
    const cpuBefore = childrenTime();
    const working = load(plan);
    const { answer, count } = await attackFor(attack, SECONDS);
    const during = await working;
    const cpu = (childrenTime() - cpuBefore) / count;
    const ratio = during.p99 / before.p99;
    worst = Math.max(worst, ratio);
    console.log(`${attack.what}: ${count} times, ${answer}`);
    console.log(
      `  neighbours' p99 ${before.p99.toFixed(1)} → ${during.p99.toFixed(1)} ms, ratio ${ratio.toFixed(2)} (aim 2); p50 ${before.p50.toFixed(1)} → ${during.p50.toFixed(1)} ms; code: at most ${cpu.toFixed(0)} ms of processor each (aim ${CPU_AIM})`,
    );
  }
  console.log(`worst ratio: ${worst.toFixed(2)}`);
} finally {
  await platform.stop();
}
