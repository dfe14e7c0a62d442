/** Every challenge on LocalStack: its solution solves it there too, its sandbox stays there, and a reset leaves shadow and LocalStack alike. */
import { Bash, bytesOutput, defineCommand, type IFileSystem, InMemoryFs, unsafeBytesFromLatin1 } from 'just-bash';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Attempt } from '../../contract/index.ts';
import { substitute, withAccount } from '../../grading/index.ts';
import { readCatalogue } from '../../server/catalogue/catalogue.ts';
import { projectPath } from '../../server/config/root.ts';
import { Gateway } from '../../server/gateway/gateway.ts';
import { nodeHashes, nodeRandom } from '../../server/hashes/node-hashes.ts';
import { Connection } from '../../server/sandboxes/backends/localstack/connection.ts';
import { Browser, openTestApp, type TestApp } from '../../server/testing/app.ts';
import { type AwsEnvironment, type FileSystem, type HttpRequest, runAws } from '../../shell/index.ts';
import { loadService } from '../../shell/service-models.ts';
import { configFile, credentialsFile } from '../../web/workbench/account/aws-files.ts';
import { type Emulator, localstackPython, startEmulator } from '../localstack/emulator.ts';
import { compare } from './comparing.ts';
import { knownOf } from './known-differences.ts';

const catalogue = await readCatalogue(projectPath('challenges'), () => {});
const solvable = catalogue
  .list()
  .map(({ id }) => [id, catalogue.content(id)?.challenge.solution?.text] as const)
  .filter((one): one is readonly [string, string] => one[1] !== undefined);

describe.skipIf(localstackPython === undefined)('on LocalStack', () => {
  let emulator: Emulator;
  let opened: TestApp;
  beforeAll(async () => {
    emulator = await startEmulator();
    opened = await openTestApp({ environment: { SANDBOX_BACKEND: 'localstack', LOCALSTACK_URLS: emulator.url } });
  });
  afterAll(async () => {
    await opened?.close();
    await emulator?.stop();
  });

  test.each(solvable)('%s', async (id, solution) => {
    const browser = new Browser(opened.app);
    const attempt = await browser.open(id);
    expect(attempt.sandbox.backend).toBe('localstack');
    const row = await opened.platform.database.attempt.findUniqueOrThrow({ where: { id: attempt.id } });
    const names = withAccount(row.variables as Record<string, string>, attempt.sandbox);
    const bash = await terminal(browser, attempt);
    const { stderr } = await bash.exec(substitute(solution, names));
    const after = (await browser.request('GET', `/api/attempts/${attempt.id}`)).json<Attempt>();
    expect({ stderr, solved: after.solved, backend: after.sandbox.backend }).toEqual({
      stderr: '',
      solved: true,
      backend: 'localstack',
    });
    expect(await unlike(row.sandboxId)).toEqual([]);
    const reset = (await browser.request('POST', `/api/attempts/${attempt.id}/reset`)).json<Attempt>();
    expect(reset.sandbox.backend).toBe('localstack');
    expect(await unlike(row.sandboxId)).toEqual([]);
    expect((await browser.request('POST', `/api/attempts/${attempt.id}/rewind`)).json()).toMatchObject({
      code: 'rewind_unavailable',
    });
  });

  async function unlike(sandboxId: string) {
    const sandbox = await opened.platform.sandboxes.get(sandboxId);
    if (sandbox === undefined) throw new Error('The sandbox is gone');
    const connection = new Connection(emulator.url);
    const session = (await connection.session()) ?? '';
    const { differences } = await compare({ sandbox, cloud: opened.platform.cloud }, { connection, session });
    connection.close();
    return differences.filter((one) => knownOf(one) === undefined);
  }

  /** A terminal as the page has it, with the commands that solutions use. */
  async function terminal(browser: Browser, attempt: Attempt): Promise<Bash> {
    const files = new InMemoryFs();
    let answers: Record<string, string> = {};
    const gateway = new Gateway(opened.platform);
    const aws = defineCommand('aws', async (args, context) => {
      const environment: AwsEnvironment = {
        files: filesOf(files),
        workingDirectory: context.cwd,
        variables: Object.fromEntries(context.env),
        stdin: new Uint8Array(),
        send: (request) => sent(gateway, request),
        loadService,
        hashes: nodeHashes,
        now: Date.now,
        randomBytes: nodeRandom.bytes,
      };
      const { stdout, stderr, exitCode } = await runAws(args, environment);
      return { ...bytesOutput(unsafeBytesFromLatin1(Buffer.from(stdout).toString('latin1'))), stderr, exitCode };
    });
    const answer = defineCommand('answer', async ([check = '', ...words]) => {
      answers[check] = words.join(' ');
      return { stdout: '', stderr: '', exitCode: 0 };
    });
    const submit = defineCommand('submit', async () => {
      const { verdict } = await browser.submit(attempt, answers);
      answers = {};
      await write(files, (await browser.request('GET', `/api/attempts/${attempt.id}`)).json<Attempt>());
      return { stdout: '', stderr: '', exitCode: verdict === 'passed' ? 0 : 1 };
    });
    await write(files, attempt);
    return new Bash({ fs: files, cwd: HOME, env: { HOME }, customCommands: [aws, answer, submit] });
  }
});

const HOME = '/home/learner';

async function write(files: InMemoryFs, { sandbox, home }: Attempt): Promise<void> {
  const texts = { ...home, '.aws/credentials': credentialsFile(sandbox), '.aws/config': configFile(sandbox) };
  for (const [path, text] of Object.entries(texts)) {
    const whole = `${HOME}/${path}`;
    await files.mkdir(whole.slice(0, whole.lastIndexOf('/')), { recursive: true });
    await files.writeFile(whole, text);
  }
}

async function sent(gateway: Gateway, { url, method, headers, body = new Uint8Array() }: HttpRequest) {
  const { pathname, search, host } = new URL(url);
  const told = [['host', host] as const, ...Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'host')];
  const request = { method, target: `${pathname}${search}`, headers: told, body };
  const answer = await gateway.answer(request, { sourceIp: '127.0.0.1' });
  const lower = Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...answer, headers: Object.fromEntries(lower) as Record<string, string> };
}

function filesOf(fs: IFileSystem): FileSystem {
  return {
    readFile: (path) => fs.readFileBuffer(path),
    writeFile: (path, bytes) => fs.writeFile(path, bytes),
    exists: (path) => fs.exists(path),
    isDirectory: async (path) => (await fs.stat(path)).isDirectory,
    list: (path) => fs.readdir(path),
    makeDirectory: (path) => fs.mkdir(path, { recursive: true }),
    remove: (path) => fs.rm(path),
  };
}
