/** Code that means harm: it is contained within two seconds of processor time, and the next function runs as ever. */
import { zipSync } from 'fflate';
import { afterAll, describe, expect, it, test } from 'vitest';
import { zip } from '../../cloud/services/lambda/testing/functions.ts';
import { FunctionRunner } from './function-runner.ts';

const packages = new Map<string, Uint8Array>();
const runner = new FunctionRunner({
  services: {},
  readBlob: async (digest) => packages.get(digest) ?? new Uint8Array(0),
  gateway: { answer: () => Promise.reject(new Error('Nothing is called here')) },
});
afterAll(() => runner.close());

async function run(body: string, code = zip({ 'index.js': `exports.handler = async (event) => { ${body} };` })) {
  packages.set('code', code);
  const result = await runner.run(
    {
      kind: 'function',
      accountId: '111122223333',
      region: 'us-east-1',
      functionArn: 'arn:aws:lambda:us-east-1:111122223333:function:f',
      runtime: 'nodejs22.x',
      handler: 'index.handler',
      code: { digest: 'code', size: code.length },
      layers: [],
      environment: { AWS_LAMBDA_FUNCTION_VERSION: '$LATEST', AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
      event: '{}',
      requestId: 'r',
      credentials: { accessKeyId: 'a', secretAccessKey: 's', sessionToken: 't' },
      timeoutMilliseconds: 3000,
      memoryMegabytes: 128,
    },
    'sandbox',
  );
  return result;
}

/** What code that is well gets. */
async function expectOrder() {
  expect(
    await run('return { polluted: {}.polluted, map: [1].map((x) => x + 1), env: Object.keys(process.env).length };'),
  ).toMatchObject({
    kind: 'finished',
    output: '{"map":[2],"env":2}',
  });
}

describe('is contained', () => {
  test.each<[string, string, string | RegExp]>([
    ['an endless loop', 'for (;;) {}', 'timed-out'],
    [
      'an endless loop of promises',
      'const spin = () => { Promise.resolve().then(spin); }; spin(); await new Promise(() => {});',
      'timed-out',
    ],
    ['an endless loop that catches everything', 'for (;;) { try { for (;;) {} } catch {} }', 'timed-out'],
    ['a pattern that never ends', 'return /(a+)+$/.test("a".repeat(40) + "b");', 'timed-out'],
    ['a string of 1 GB', 'return "x".repeat(2 ** 30).length;', /invalid string length/],
    ['many strings', 'const all = []; for (;;) all.push("x".repeat(1e6) + all.length);', /Runtime\.OutOfMemory/],
    ['a huge array', 'return new Array(2 ** 28).fill(0).length;', /Runtime\.OutOfMemory|timed-out/],
    ['endless recursion', 'const down = () => down() + 1; return down();', /stack overflow/],
    ['a child process', 'require("child_process").fork("x");', /Cannot find module 'child_process'/],
    ['a worker', 'require("node:worker_threads");', /Cannot find module 'node:worker_threads'/],
    ['a file', 'require("fs").readFileSync("/etc/passwd");', /Cannot find module 'fs'/],
    ['a path out of the package', 'require("../../../../etc/passwd");', /Cannot find module/],
    [
      'a host object',
      'return this.constructor.constructor("return process.binding")() === undefined;',
      /true|cannot read/,
    ],
    ['a large answer', 'return "x".repeat(7 * 2 ** 20);', /Function\.ResponseSizeTooLarge/],
  ])('%s', async (_what, body, wanted) => {
    const result = await run(body);
    const told = result.kind === 'failed' ? result.error : result.kind === 'finished' ? result.output : result.kind;
    if (typeof wanted === 'string') expect(result.kind).toBe(wanted);
    else expect(told).toMatch(wanted);
    await expectOrder();
  });

  it('polluted prototypes, which the next function does not find', async () => {
    const result = await run('Object.prototype.polluted = 1; Array.prototype.map = () => 1; JSON.parse = 1; return 1;');
    expect(result).toMatchObject({ kind: 'finished', output: '1' });
    await expectOrder();
  });

  it('a zip bomb, also one that lies about its size', async () => {
    const bomb = zipSync({ 'index.js': new Uint8Array(128 * 2 ** 20) });
    expect(await run('', bomb)).toMatchObject({ kind: 'failed', error: expect.stringMatching(/unpacks to too much/) });
    const liar = Uint8Array.from(bomb);
    const view = new DataView(liar.buffer);
    for (let at = 0; at + 46 < liar.length; at++) {
      // The uncompressed size in the central directory (APPNOTE.TXT, 4.3.12).
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1000, true);
    }
    const result = await run('', liar);
    expect(result.kind).toBe('failed');
    await expectOrder();
  });

  it('a log without end', async () => {
    const result = await run('for (;;) console.log("x".repeat(1000));');
    expect(result.kind).toBe('timed-out');
    expect(result.log.length).toBeLessThan(300 * 1024);
  });
});
