/** A learner in memory: an attempt at a challenge, and a terminal with `aws`, `answer` and `submit` in which scripts are run. */
import {
  Bash,
  bytesOutput,
  defineCommand,
  type IFileSystem,
  InMemoryFs,
  latin1FromBytes,
  unsafeBytesFromLatin1,
} from 'just-bash';
import { consoleAct } from '../../cloud/console/acts.ts';
import { consoleWords } from '../../cloud/console/words.ts';
import type { Cloud } from '../../cloud/perform.ts';
import type { World } from '../../cloud/world.ts';
import {
  type Challenge,
  type CheckResult,
  drawVariables,
  gradeStage,
  issueProfiles,
  neighbourNames,
  type Profile,
  personalTexts,
  provision,
  type Stage,
  signedInProfile,
  substitute,
  type Variables,
  withAccount,
} from '../../grading/index.ts';
import { type AwsEnvironment, type FileSystem, runAws } from '../../shell/index.ts';
import { loadService } from '../../shell/service-models.ts';
import { Account } from './account.ts';

const home = '/home/learner';

export class Learner {
  readonly challenge: Challenge;
  readonly variables: Variables;
  readonly account: Account;
  /** What each stage’s checks say before anything is done in it, in the order of the stages. */
  readonly atStart: (readonly CheckResult[])[] = [];
  /** What each submission came to, in order. */
  readonly submissions: (readonly CheckResult[])[] = [];
  solved = false;
  readonly #cloud: Cloud;
  readonly #start: World;
  readonly #files = new InMemoryFs();
  readonly #answers: Record<string, string> = {};
  #stage = 0;
  #profiles: readonly Profile[] = [];

  private constructor(cloud: Cloud, challenge: Challenge, variables: Variables, account: Account) {
    this.#cloud = cloud;
    this.challenge = challenge;
    this.variables = variables;
    this.account = account;
    this.#start = account.world;
  }

  /** Opens a challenge in a new account. */
  static async open(cloud: Cloud, challenge: Challenge, accountId: string): Promise<Learner> {
    const drawn = drawVariables(challenge, cloud.random);
    const region = 'us-east-1';
    const neighbours = Object.fromEntries(
      neighbourNames
        .filter((name) => Object.hasOwn(challenge.neighbours, name))
        .map((name, n) => [name, String(Number(accountId) + n + 1)]),
    );
    const learnerOf = { accountId, region, variables: drawn, neighbours };
    const start = await provision(challenge, learnerOf, { cloud, realNow: Date.now() });
    const account = new Account(cloud, start.world, start.newBlobs);
    const learner = new Learner(cloud, challenge, withAccount(start.variables, { accountId, region }), account);
    for (const [path, text] of Object.entries(personalTexts(challenge, learner.variables).home)) {
      await learner.#write(`${home}/${path}`, text);
    }
    await learner.#beginStage();
    return learner;
  }

  get stage(): Stage {
    const stage = this.challenge.stages[this.#stage];
    if (stage === undefined) throw new Error(`There is no stage ${this.#stage}`);
    return stage;
  }

  /** Grades the current stage, and begins the next where it is passed. */
  async submit(): Promise<readonly CheckResult[]> {
    const results = await this.grade();
    this.submissions.push(results);
    if (!results.every(({ verdict }) => verdict === 'passed')) return results;
    if (this.#stage === this.challenge.stages.length - 1) {
      this.solved = true;
    } else {
      this.#stage += 1;
      if (this.stage.restart) this.account.world = this.#start;
      await this.#beginStage();
    }
    return results;
  }

  /** What the current stage’s checks say now. Nothing follows from it. */
  async grade(): Promise<readonly CheckResult[]> {
    return gradeStage({
      stage: this.stage,
      world: this.account.world,
      start: async () => this.#start,
      variables: this.variables,
      answers: this.#answers,
      cloud: this.#cloud,
      realNow: Date.now(),
      readBlob: (digest) => this.account.readBlob(digest),
    });
  }

  /** Runs a script as typed in the terminal. Answers what it printed. */
  async run(script: string): Promise<{ stdout: string; stderr: string; exitCode: number }> {
    const bash = new Bash({
      fs: this.#files,
      cwd: home,
      env: { HOME: home },
      customCommands: [this.#aws(), this.#answer(), this.#submit(), this.#console()],
    });
    return bash.exec(substitute(script, this.variables));
  }

  async #beginStage(): Promise<void> {
    const act = issueProfiles(this.account.world, this.stage.you, { cloud: this.#cloud, realNow: Date.now() });
    this.account.world = act.world;
    this.#profiles = act.result;
    await this.#writeProfiles();
    this.atStart.push(await this.grade());
  }

  async #writeProfiles(): Promise<void> {
    const [first] = this.#profiles;
    const named = first === undefined ? this.#profiles : [{ ...first, name: 'default' }, ...this.#profiles];
    await this.#write(`${home}/.aws/credentials`, named.map(credentialsSection).join('\n'));
    await this.#write(`${home}/.aws/config`, named.map(({ name }) => configSection(name)).join('\n'));
  }

  #console() {
    return defineCommand('console', async (args) => {
      const read = consoleWords(args);
      if (read.kind === 'usage') return { stdout: '', stderr: read.text, exitCode: 1 };
      const realNow = Date.now();
      const { hashes, random } = this.#cloud;
      const now = realNow + this.account.world.clockOffset;
      const done = consoleAct(this.account.world, read.act, { now, realNow, hashes, random });
      if (done.outcome.kind === 'error') return { stdout: '', stderr: `${done.outcome.error.message}\n`, exitCode: 1 };
      this.account.world = done.world;
      if (read.act.name === 'SignIn' && done.outcome.session !== undefined) {
        this.#profiles = [...this.#profiles, signedInProfile(read.act.user, done.outcome.session, realNow)];
        await this.#writeProfiles();
      }
      return { stdout: '', stderr: '', exitCode: 0 };
    });
  }

  #aws() {
    return defineCommand('aws', async (args, context) => {
      const environment: AwsEnvironment = {
        files: filesOf(this.#files),
        workingDirectory: context.cwd,
        variables: Object.fromEntries(context.env),
        stdin: Uint8Array.from(latin1FromBytes(context.stdin), (char) => char.charCodeAt(0)),
        send: (request) => this.account.send(request),
        loadService,
        hashes: this.#cloud.hashes,
        now: Date.now,
        randomBytes: (count) => this.#cloud.random.bytes(count),
      };
      const { stdout, stderr, exitCode } = await runAws(args, environment);
      return { ...bytesOutput(unsafeBytesFromLatin1(Buffer.from(stdout).toString('latin1'))), stderr, exitCode };
    });
  }

  /** Notes an answer, as the command `answer` does. */
  answer(id: string, text: string): void {
    this.#answers[id] = text;
  }

  #answer() {
    return defineCommand('answer', async ([id = '', ...words]) => {
      this.answer(id, words.join(' '));
      return { stdout: '', stderr: '', exitCode: 0 };
    });
  }

  #submit() {
    return defineCommand('submit', async () => {
      const results = await this.submit();
      const lines = results.map(
        ({ id, verdict, reason }) => `${verdict} ${id}${reason === null ? '' : `: ${reason}`}\n`,
      );
      return { stdout: lines.join(''), stderr: '', exitCode: results.every((r) => r.verdict === 'passed') ? 0 : 1 };
    });
  }

  async #write(path: string, text: string): Promise<void> {
    await this.#files.mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true });
    await this.#files.writeFile(path, text);
  }
}

function credentialsSection({ name, accessKeyId, secretAccessKey, sessionToken }: Profile): string {
  const token = sessionToken === undefined ? '' : `aws_session_token = ${sessionToken}\n`;
  return `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n${token}`;
}

function configSection(name: string): string {
  const section = name === 'default' ? name : `profile ${name}`;
  return `[${section}]\nregion = us-east-1\nendpoint_url = http://sandbox.invalid\n`;
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
