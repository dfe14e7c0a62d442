/**
 * Operations that go on in steps: they change accounts, make calls of their own through the same door as everyone's, and have code
 * run. A process is a generator that yields steps and gets their answers; `yield*` with the functions here gives each its type. Who
 * drives it (cloud/performing.ts) carries the world forward from step to step.
 */
import type { AnyCaller } from '../iam/model.ts';
import type { AccountDraft, Blob } from './call.ts';
import type { AwsError } from './errors.ts';
import type { PastCall, RecallQuery } from './ledger/past-call.ts';
import type { World } from './world.ts';

/** What a process asks for. */
export type Step =
  | { readonly kind: 'changing'; readonly accountId: string; readonly change: (account: AccountDraft) => unknown }
  | { readonly kind: 'calling'; readonly call: InnerCall }
  | { readonly kind: 'running'; readonly order: RunOrder }
  | { readonly kind: 'keeping'; readonly bytes: Uint8Array }
  | { readonly kind: 'recalling'; readonly query: RecallQuery }
  | { readonly kind: 'reading'; readonly blob: Blob }
  | { readonly kind: 'seeing' };

/** An operation, or a tick of the clock, in steps. */
export type Process<Output> = Generator<Step, Output, unknown>;

/** Who makes an inner call, and by what right. */
export type ActingAs =
  /**
   * On behalf of who called the service (a forward access session): `aws:ViaAWSService`, `aws:CalledVia`. What goes on after that call, by
   * the clock, says who it was.
   */
  | { readonly kind: 'caller'; readonly caller?: AnyCaller }
  /** As a role that the service was passed, after `assuming` it. */
  | { readonly kind: 'session'; readonly caller: AnyCaller }
  /** As the service itself: resource policies name it, `aws:SourceArn` says what for. */
  | { readonly kind: 'service'; readonly source: { readonly arn: string; readonly accountId: string } };

/** A call that a service makes. */
export interface InnerCall {
  /** Who makes it: `cloudformation.amazonaws.com`. Events say that it was invoked by this. */
  readonly by: string;
  readonly as: ActingAs;
  readonly service: string;
  readonly operation: string;
  /** As the schema of the operation decodes it. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The outer call's where absent. */
  readonly region?: string;
}

/** What an inner call came to. */
export type InnerOutcome =
  | { readonly kind: 'ok'; readonly output: unknown }
  | { readonly kind: 'error'; readonly error: AwsError };

/** Temporary credentials that code is given. */
export interface RunCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Code to be run in a child process, which calls the sandbox by itself. */
export type RunOrder =
  /** One invocation of a function. */
  | {
      readonly kind: 'function';
      readonly accountId: string;
      readonly region: string;
      readonly functionArn: string;
      readonly runtime: string;
      readonly handler: string;
      /** The deployment package, a zip file. */
      readonly code: Blob;
      /** Zip files too, in the order in which they are laid over each other under `/opt`. */
      readonly layers: readonly Blob[];
      readonly environment: Readonly<Record<string, string>>;
      /** The event, as JSON text. */
      readonly event: string;
      readonly requestId: string;
      readonly credentials: RunCredentials;
      readonly timeoutMilliseconds: number;
      readonly memoryMegabytes: number;
    }
  /** A script in the shell of a pretend host. */
  | {
      readonly kind: 'shell';
      readonly accountId: string;
      readonly region: string;
      /** `i-…`: the metadata that the script finds is this instance's. */
      readonly instanceId: string;
      /** `ip-172-31-0-4.ec2.internal`. */
      readonly hostName: string;
      /** Who runs it: `root`, `ssm-user`. */
      readonly user: string;
      /** The directory that it starts in, absolute. */
      readonly directory: string;
      /** What it finds in its environment, beside what every login has. */
      readonly variables: Readonly<Record<string, string>>;
      /** The files that earlier scripts left on the host. */
      readonly disk?: Blob;
      /** Where an earlier script of the same login stopped, as its result told it: directory, variables, functions. */
      readonly session?: string;
      readonly script: string;
      readonly timeoutMilliseconds: number;
    };

/** What came of code that ran. */
export type RunResult =
  /** A function's answer as JSON text, and what it logged; of a script its standard output, its standard error, and how it ended. */
  | {
      readonly kind: 'finished';
      readonly output: string;
      readonly log: string;
      readonly exitCode: number;
      readonly host?: HostLeft;
    }
  /** A function's unhandled error, as JSON text. */
  | { readonly kind: 'failed'; readonly error: string; readonly log: string }
  | { readonly kind: 'timed-out'; readonly log: string };

/** What a script leaves behind. */
export interface HostLeft {
  /** The files of the host, packed; absent where it changed none. */
  readonly disk?: Uint8Array;
  readonly session: string;
}

/** Changes an account of the sandbox; answers what `change` answers. An AwsError that it throws is thrown here, and nothing is changed. */
export function* changing<Value>(
  accountId: string,
  change: (account: AccountDraft) => Value,
): Generator<Step, Value, unknown> {
  return (yield { kind: 'changing', accountId, change }) as Value;
}

/** Makes a call through the door. A call that is refused or fails is an answer like another. */
export function* calling(call: InnerCall): Generator<Step, InnerOutcome, unknown> {
  return (yield { kind: 'calling', call }) as InnerOutcome;
}

/** Makes a call that must succeed. @throws its AwsError */
export function* callingOrThrow(call: InnerCall): Generator<Step, unknown, unknown> {
  const outcome = yield* calling(call);
  if (outcome.kind === 'error') throw outcome.error;
  return outcome.output;
}

/**
 * Has code run, and waits for it. What was changed so far is stored before, and other calls come in between: look again (`seeing`)
 * at what matters afterwards. @throws AwsError where no code can be run, as in a grader's fork
 */
export function* running(order: RunOrder): Generator<Step, RunResult, unknown> {
  return (yield { kind: 'running', order }) as RunResult;
}

/** Keeps a body beside the state; it is stored with what the process changes. */
export function* keeping(bytes: Uint8Array): Generator<Step, Blob, unknown> {
  return (yield { kind: 'keeping', bytes }) as Blob;
}

/** To look up calls that were made: they are no state, and are read where they are kept. */
export interface RecallOrder {
  readonly kind: 'recall';
  readonly query: RecallQuery;
}

/** The calls that were looked up, newest first. */
export interface Recalled {
  readonly kind: 'recalled';
  readonly calls: readonly PastCall[];
}

/**
 * Looks up calls that were made in the sandbox, those planted as history aside; newest first. As with `running`, other calls come in
 * meanwhile, and what was changed before is stored. Where no calls are kept (a grader's fork) there are none.
 */
export function* recalling(query: RecallQuery): Generator<Step, readonly PastCall[], unknown> {
  return (yield { kind: 'recalling', query }) as readonly PastCall[];
}

/** To read a body that is kept beside the state. */
export interface ReadOrder {
  readonly kind: 'read';
  readonly blob: Blob;
}

/** The bytes of the body, of which the blob may be a slice. */
export interface BytesRead {
  readonly kind: 'bytes';
  readonly bytes: Uint8Array;
}

/**
 * Reads a body that is kept beside the state. As with `running`, other calls come in meanwhile, and what was changed before is stored.
 * @throws AwsError where no bodies are at hand, as in a grader's fork
 */
export function* reading(blob: Blob): Generator<Step, Uint8Array, unknown> {
  return (yield { kind: 'reading', blob }) as Uint8Array;
}

/** The bytes that a blob stands for, of the whole body that is kept. */
export function bytesOf({ offset = 0, size }: Blob, body: Uint8Array): BytesRead {
  return { kind: 'bytes', bytes: body.subarray(offset, offset + size) };
}

/** The sandbox as it is now; `call.world` stays what it was when the call began. */
export function* seeing(): Generator<Step, World, unknown> {
  return (yield { kind: 'seeing' }) as World;
}
