import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { lambdaTrust, zip } from '../../cloud/services/lambda/testing/functions.ts';
import { allow, policy } from '../../cloud/testing/sandbox.ts';
import { type CodePlatform, type CodeSandbox, startCodePlatform } from './testing/code-platform.ts';

let platform: CodePlatform;
let sandbox: CodeSandbox;
beforeAll(async () => {
  platform = await startCodePlatform();
});
afterAll(() => platform?.close());
beforeEach(async () => {
  sandbox = await platform.newSandbox();
  await sandbox.call('iam:CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: lambdaTrust });
});

const roleArn = () => `arn:aws:iam::${sandbox.accountId}:role/worker`;

/** Makes a function of the files and invokes it once. */
async function run(files: Readonly<Record<string, string>>, event: unknown = {}, more: object = {}) {
  await sandbox.call('lambda:CreateFunction', {
    FunctionName: 'shop',
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: roleArn(),
    Code: { ZipFile: zip(files) },
    ...more,
  });
  return invoke(event);
}

async function invoke(event: unknown = {}) {
  const Payload = new TextEncoder().encode(JSON.stringify(event));
  const output = await sandbox.call('lambda:Invoke', { FunctionName: 'shop', Payload, LogType: 'Tail' });
  return {
    ...output,
    answer: JSON.parse(new TextDecoder().decode(output.Payload)),
    log: Buffer.from(output.LogResult, 'base64').toString(),
  };
}

const handler = (body: string) => ({ 'index.js': `exports.handler = async (event, context) => { ${body} };` });

describe('a function', () => {
  it('answers, and logs', async () => {
    const ran = await run(handler('console.log("hello %s", event.name, { a: 1 }); return { name: event.name };'), {
      name: 'Bea',
    });
    expect(ran).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST', answer: { name: 'Bea' } });
    expect(ran.FunctionError).toBeUndefined();
    expect(ran.log).toMatch(
      /^START RequestId: \S+ Version: \$LATEST\n\S+\t\S+\tINFO\thello Bea \{ a: 1 \}\nEND RequestId: /,
    );
    expect(ran.log).toMatch(/REPORT RequestId: .*Memory Size: 128 MB/);
  });

  it('finds keys of its role that work, and the same ones while it is warm', async () => {
    const { answer: env } = await run(
      handler('return process.env;'),
      {},
      { Environment: { Variables: { SHOP: 'x' } } },
    );
    expect(env).toMatchObject({ SHOP: 'x', AWS_LAMBDA_FUNCTION_NAME: 'shop', AWS_REGION: 'us-east-1' });
    expect(env.AWS_ACCESS_KEY_ID).toMatch(/^ASIA/);
    expect((await invoke()).answer.AWS_ACCESS_KEY_ID).toBe(env.AWS_ACCESS_KEY_ID);
    const account = sandbox.sandbox.world.accounts[sandbox.accountId];
    expect(account?.sts.sessions[env.AWS_ACCESS_KEY_ID]).toMatchObject({
      token: env.AWS_SESSION_TOKEN,
      secret: env.AWS_SECRET_ACCESS_KEY,
      principalName: 'worker',
    });
  });

  it('calls the sandbox as its role, by the gateway, and may do no more than it', async () => {
    await sandbox.call('iam:PutRolePolicy', {
      RoleName: 'worker',
      PolicyName: 'p',
      PolicyDocument: policy(allow(['iam:CreateUser', 's3:*'])),
    });
    const { answer } = await run({
      'index.mjs': `
        import { IAMClient, CreateUserCommand, DeleteUserCommand } from '@aws-sdk/client-iam';
        import { S3 } from '@aws-sdk/client-s3';
        export const handler = async () => {
          const iam = new IAMClient({});
          const made = await iam.send(new CreateUserCommand({ UserName: 'by-code' }));
          const s3 = new S3();
          await s3.createBucket({ Bucket: 'of-code' });
          await s3.putObject({ Bucket: 'of-code', Key: 'k', Body: 'content' });
          const { Body } = await s3.getObject({ Bucket: 'of-code', Key: 'k' });
          const refused = await iam.send(new DeleteUserCommand({ UserName: 'by-code' })).catch((error) => error);
          return { made: made.User.UserName, body: await Body.transformToString(), refused: refused.name, text: refused.message };
        };`,
    });
    expect(answer).toMatchObject({ made: 'by-code', body: 'content', refused: 'AccessDenied' });
    expect(answer.text).toContain(`assumed-role/worker/shop is not authorized to perform: iam:DeleteUser`);
    const events = await sandbox.sandbox.events({ limit: 20 });
    expect(events.find(({ operation }) => operation === 'CreateUser')).toMatchObject({
      principal: `arn:aws:sts::${sandbox.accountId}:assumed-role/worker/shop`,
      sourceIp: '192.0.2.10',
    });
  });

  it('reaches the sandbox alone by fetch', async () => {
    const { answer } = await run(
      handler(`
        const out = await fetch('https://example.org/').catch((error) => error.cause.message);
        const metadata = await fetch('http://169.254.169.254/latest/').catch((error) => error.message);
        const own = await fetch('https://s3.us-east-1.amazonaws.com/nothing-here/k');
        return { out, metadata, own: own.status };`),
    );
    expect(answer).toEqual({ out: 'getaddrinfo ENOTFOUND example.org', metadata: 'fetch failed', own: 404 });
  });

  it('takes modules out of its package, and of layers after it', async () => {
    const layer = await sandbox.call('lambda:PublishLayerVersion', {
      LayerName: 'tools',
      Content: { ZipFile: zip({ 'nodejs/node_modules/tool/index.js': 'module.exports = () => "layer";' }) },
    });
    const { answer } = await run(
      {
        'index.js': `const tool = require('tool'); const own = require('./lib/own'); const { x } = require('./data.json');
          exports.handler = (event, context, callback) => callback(null, [tool(), own.name, x]);`,
        'lib/own.js': 'exports.name = __filename;',
        'data.json': '{"x": 1}',
      },
      {},
      { Layers: [layer.LayerVersionArn] },
    );
    expect(answer).toEqual(['layer', '/var/task/lib/own.js', 1]);
  });

  test.each<[string, Record<string, string>, string, RegExp]>([
    ['an error', handler('throw new TypeError("bad");'), 'TypeError', /^bad$/],
    ['no handler', { 'index.js': 'exports.other = 1;' }, 'Runtime.HandlerNotFound', /^index\.handler is undefined/],
    ['no file', { 'other.js': '' }, 'Runtime.ImportModuleError', /^Error: Cannot find module 'index'/],
    ['bad syntax', { 'index.js': 'exports.handler = (' }, 'Runtime.UserCodeSyntaxError', /^SyntaxError: /],
    ['a missing module', { 'index.js': 'require("left-pad");' }, 'Runtime.ImportModuleError', /'left-pad'/],
    ['process.exit', handler('process.exit(3);'), 'Runtime.ExitError', /exit status 3$/],
  ])('that ends in %s says so', async (_what, files, errorType, message) => {
    const ran = await run(files);
    expect(ran.FunctionError).toBe('Unhandled');
    expect(ran.answer.errorType).toBe(errorType);
    expect(ran.answer.errorMessage).toMatch(message);
    expect(ran.log).toContain('\tERROR\tInvoke Error \t');
  });

  it('that waits too long is timed out', async () => {
    const ran = await run(handler('await new Promise((resolve) => setTimeout(resolve, 60000));'), {}, { Timeout: 1 });
    expect(ran.FunctionError).toBe('Unhandled');
    expect(ran.answer).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/),
    });
    expect(ran.log).toMatch(/Task timed out after 1\.00 seconds\n$/);
  });

  it('runs later where nobody waits for it, and again where it fails', async () => {
    await sandbox.call('iam:PutRolePolicy', {
      RoleName: 'worker',
      PolicyName: 'p',
      PolicyDocument: policy(allow('*')),
    });
    const code = handler(`
      const { IAM } = require('@aws-sdk/client-iam');
      await new IAM().createUser({ UserName: event.name });`);
    await run(code, { name: 'one' });
    const Payload = new TextEncoder().encode('{"name":"two"}');
    const queued = await sandbox.call('lambda:Invoke', { FunctionName: 'shop', InvocationType: 'Event', Payload });
    expect(queued).toEqual({ StatusCode: 202 });
    const names = () => Object.keys(sandbox.sandbox.world.accounts[sandbox.accountId]?.iam.users ?? {});
    await expect.poll(names, { timeout: 10_000 }).toEqual(['one', 'two']);
    // The same once more fails, and waits for its second try.
    await sandbox.call('lambda:Invoke', { FunctionName: 'shop', InvocationType: 'Event', Payload });
    const waiting = () => Object.values(sandbox.sandbox.world.accounts[sandbox.accountId]?.lambda.queued ?? {});
    await expect.poll(() => waiting().map(({ failures }) => failures), { timeout: 10_000 }).toEqual([1]);
  });

  it('logs into its group as its role, where that may', async () => {
    await run(handler('console.log("first");'));
    const groups = () => sandbox.call('logs:DescribeLogGroups');
    expect((await groups()).logGroups).toEqual([]);
    const actions = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
    await sandbox.call('iam:PutRolePolicy', {
      RoleName: 'worker',
      PolicyName: 'p',
      PolicyDocument: policy(allow(actions)),
    });
    // New code has a new environment, which makes its stream.
    await sandbox.call('lambda:UpdateFunctionConfiguration', { FunctionName: 'shop', Timeout: 5 });
    const { log } = await invoke();
    expect((await groups()).logGroups).toMatchObject([{ logGroupName: '/aws/lambda/shop' }]);
    const { events } = await sandbox.call('logs:FilterLogEvents', { logGroupName: '/aws/lambda/shop' });
    expect(events.map(({ message }: { message: string }) => message).join('')).toBe(log);
    expect(events[0].logStreamName).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
  });

  it('of another runtime is kept, and not run', async () => {
    const error = await run({ 'index.py': '' }, {}, { Runtime: 'python3.13', Handler: 'index.handler' }).catch(
      (e) => e,
    );
    expect(error).toMatchObject({
      code: 'InvalidRuntimeException',
      message: 'The runtime or runtime version specified is not supported.',
    });
  });
});
