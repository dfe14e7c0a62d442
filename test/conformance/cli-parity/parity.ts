/** Runs the same commands by AWS CLI v2 and by the page's `aws`, each in a sandbox of its own, and compares what they print. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { runAws } from '../../../shell/index.ts';
import { loadService } from '../../../shell/service-models.ts';
import { run } from '../../command.ts';
import { nodeEnvironment } from './node-environment.ts';

export interface Case {
  readonly run: string;
  readonly stdin?: string;
  /** Keeps standard output under this name, for later commands. */
  readonly save?: string;
  /** Its lines come in no order that can be relied on: the CLI transfers several files at a time. */
  readonly unordered?: true;
  /** A file whose content is compared too. */
  readonly reads?: string;
}

export interface CaseFile {
  readonly files: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
}

/** Where one side works. */
export interface Side {
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

const FOLDER = new URL('.', import.meta.url);

/** Reads the commands. */
export async function readCases(): Promise<CaseFile> {
  const raw = parse(await readFile(new URL('cases.yaml', FOLDER), 'utf8')) as {
    files: Record<string, string>;
    cases: (string | Case)[];
  };
  return { files: raw.files, cases: raw.cases.map((entry) => (typeof entry === 'string' ? { run: entry } : entry)) };
}

/** Reads the differences that are known, by command. */
export async function readKnownDifferences(): Promise<ReadonlyMap<string, string>> {
  const raw = parse(await readFile(new URL('known-differences.yaml', FOLDER), 'utf8')) as {
    run: string;
    reason: string;
  }[];
  return new Map(raw.map(({ run: command, reason }) => [command, reason]));
}

/** Words as a POSIX shell splits them, quotes taken away; nothing is expanded. */
export function splitWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''),
  );
}

function filled(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) => variables[name] ?? whole);
}

/** A directory with the files of the cases, and a home in it with profiles. */
class Workplace {
  readonly directory: string;
  readonly side: Side;
  readonly variables: Record<string, string>;

  private constructor(directory: string, side: Side) {
    this.directory = directory;
    this.side = side;
    this.variables = {
      ACCOUNT: side.accountId,
      BUCKET: `parity-${side.accountId}`,
      OTHER: `other-${side.accountId}`,
    };
  }

  static async make(side: Side, files: Readonly<Record<string, string>>): Promise<Workplace> {
    const place = new Workplace(await mkdtemp(join(tmpdir(), 'cli-parity-')), side);
    const { accessKeyId, secretAccessKey, sessionToken, region } = side;
    const keys = [
      '[default]',
      `aws_access_key_id = ${accessKeyId}`,
      `aws_secret_access_key = ${secretAccessKey}`,
      ...(sessionToken === undefined ? [] : [`aws_session_token = ${sessionToken}`]),
    ];
    const config = [
      '[default]',
      `region = ${region}`,
      // One transfer at a time, so that the lines come in order.
      's3 =',
      '    max_concurrent_requests = 1',
    ];
    await place.write('.aws/credentials', `${keys.join('\n')}\n`);
    await place.write('.aws/config', `${config.join('\n')}\n`);
    for (const [name, text] of Object.entries(files)) await place.write(name, filled(text, place.variables));
    return place;
  }

  async write(name: string, text: string): Promise<void> {
    const path = join(this.directory, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }

  get environment(): Record<string, string> {
    return { HOME: this.directory, AWS_PAGER: '', AWS_EC2_METADATA_DISABLED: 'true', TZ: 'UTC', LC_ALL: 'C.UTF-8' };
  }

  words(test: Case): readonly string[] {
    return splitWords(test.run).map((word) => filled(word, this.variables));
  }

  async finish(test: Case, outcome: Outcome): Promise<Outcome> {
    if (test.save !== undefined) this.variables[test.save] = outcome.stdout.trim();
    const path = test.reads === undefined ? undefined : join(this.directory, test.reads);
    const content = path === undefined ? '' : await readFile(path, 'utf8').catch(() => '(no such file)');
    const stdout = test.unordered ? outcome.stdout.split('\n').sort().join('\n') : outcome.stdout;
    return { ...outcome, stdout: this.mask(stdout + content), stderr: this.mask(outcome.stderr) };
  }

  /** Puts one word in place of everything that differs from sandbox to sandbox and from minute to minute. */
  mask(text: string): string {
    const same = (kind: string) => (found: string) =>
      kind.padEnd(found.length, '.').slice(0, Math.max(found.length, 1));
    const own = new Set(['ACCOUNT', 'BUCKET', 'OTHER']);
    const saved = Object.entries(this.variables).filter(([name, value]) => !own.has(name) && value !== '');
    return saved
      .reduce((masked, [name, value]) => masked.replaceAll(value, name), text)
      .replaceAll(this.side.secretAccessKey, 'SECRET')
      .replaceAll(this.side.accountId, '############')
      .replaceAll(this.side.endpoint, 'ENDPOINT')
      .replaceAll(this.directory, 'HOME')
      .replace(/\b(?:AIDA|AROA|AGPA|ANPA|AIPA|AKIA|ASIA)[A-Z0-9]{12,17}\b/g, same('ID'))
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:\+00:00|Z)/g, 'TIME')
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'TIME')
      .replace(/("(?:SecretAccessKey|SessionToken|VersionId|NextToken|ID)": )"[^"]*"/g, '$1"…"')
      .replace(/(X-Amz-(?:Date|Signature|Credential|Security-Token)=)[^&\s]*/g, '$1…')
      .replace(/\b[a-z0-9]{20}\b/g, same('id'))
      .replace(/AQICAH[A-Za-z0-9+/=]+/g, 'CIPHERTEXT')
      .replace(/\*{16}\S{4}/g, '****');
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}

async function byAwsCli(program: string, place: Workplace, test: Case): Promise<Outcome> {
  // This version does not know AWS_ENDPOINT_URL.
  const words = ['--endpoint-url', place.side.endpoint, ...place.words(test)];
  const { status, stdout, stderr } = await run(program, words, {
    env: place.environment,
    cwd: place.directory,
    input: test.stdin ?? '',
  });
  return { stdout, stderr, exitCode: status };
}

async function byOurs(place: Workplace, test: Case): Promise<Outcome> {
  const result = await runAws(
    place.words(test),
    nodeEnvironment({
      workingDirectory: place.directory,
      variables: { ...place.environment, AWS_ENDPOINT_URL: place.side.endpoint },
      stdin: new TextEncoder().encode(test.stdin ?? ''),
      loadService,
    }),
  );
  return { stdout: new TextDecoder().decode(result.stdout), stderr: result.stderr, exitCode: result.exitCode };
}

export interface Comparison {
  readonly command: string;
  readonly real: Outcome;
  readonly ours: Outcome;
  readonly isSame: boolean;
}

/** Runs every case on both sides: the two lists side by side, each in its order. */
export async function compare(program: string, a: Side, b: Side, file: CaseFile): Promise<readonly Comparison[]> {
  const places = [await Workplace.make(a, file.files), await Workplace.make(b, file.files)] as const;
  const outcomes = async (place: Workplace, perform: (test: Case) => Promise<Outcome>) => {
    const found: Outcome[] = [];
    for (const test of file.cases) found.push(await place.finish(test, await perform(test)));
    return found;
  };
  try {
    const [real, ours] = await Promise.all([
      outcomes(places[0], (test) => byAwsCli(program, places[0], test)),
      outcomes(places[1], (test) => byOurs(places[1], test)),
    ]);
    return file.cases.map((test, i) => {
      const none = { stdout: '', stderr: '', exitCode: -1 };
      const [left, right] = [real[i] ?? none, ours[i] ?? none];
      return {
        command: test.run,
        real: left,
        ours: right,
        isSame: left.stdout === right.stdout && left.exitCode === right.exitCode,
      };
    });
  } finally {
    await Promise.all(places.map((place) => place.remove()));
  }
}
