/** What the `aws` command needs of the place that it runs in: the page's terminal, a pretend host, a test. */
import type { Hashes } from '../cloud/call.ts';
import type { ServiceModel } from '../cloud/wire/model.ts';
import type { SessionStream } from './session-stream.ts';

export interface HttpRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Why a request got no answer. */
export class Unreachable extends Error {
  readonly why: 'no-such-host' | 'refused' | 'timeout';

  constructor(why: Unreachable['why']) {
    super(why);
    this.name = 'Unreachable';
    this.why = why;
  }
}

export interface FileSystem {
  readFile(path: string): Promise<Uint8Array>;
  writeFile(path: string, bytes: Uint8Array): Promise<void>;
  exists(path: string): Promise<boolean>;
  isDirectory(path: string): Promise<boolean>;
  /** Names in a directory. */
  list(path: string): Promise<readonly string[]>;
  /** With its parents. */
  makeDirectory(path: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Epoch milliseconds of the last change; `s3 sync` compares sizes alone where this is absent. */
  readonly modified?: (path: string) => Promise<number>;
  /** Sets it: a downloaded file has its object's time. */
  readonly setModified?: (path: string, milliseconds: number) => Promise<void>;
}

export interface AwsEnvironment {
  readonly files: FileSystem;
  /** Absolute. */
  readonly workingDirectory: string;
  /** AWS_PROFILE, AWS_ENDPOINT_URL, AWS_REGION, HOME … */
  readonly variables: Readonly<Record<string, string>>;
  readonly stdin: Uint8Array;
  /** Rejects where nothing answers: with an `Unreachable` where it is known why. */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** On a host, where its metadata service is: `http://169.254.169.254`. */
  readonly instanceMetadata?: string;
  /** The wire model of a service by its CLI name; undefined where the CLI has no such service. */
  loadService(name: string): Promise<ServiceModel | undefined>;
  readonly hashes: Hashes;
  /** Epoch milliseconds. */
  now(): number;
  randomBytes(count: number): Uint8Array;
  /** Lets time pass between two polls or two tries; where absent, they follow one another at once. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** Has what is typed from now on go to a session on a host; absent where nobody types. */
  readonly attach?: (stream: SessionStream) => void;
}

/** What a command came to. */
export interface CommandResult {
  readonly stdout: Uint8Array;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Runs `aws` with the words after it. Never throws: a fault is an exit code and AWS CLI v2's own text. */
export type RunAws = (words: readonly string[], environment: AwsEnvironment) => Promise<CommandResult>;
