/** The functions, layers and event source mappings of an account, in all regions. */
import type { Blob } from '../../call.ts';

export interface LambdaState {
  /** By region and name (`regionalKey`). */
  readonly functions: Readonly<Record<string, FunctionState>>;
  /** By region and name. */
  readonly layers: Readonly<Record<string, LayerState>>;
  /** By region and UUID. */
  readonly mappings: Readonly<Record<string, MappingState>>;
  /** Asynchronous invocations that wait for their turn, by request id. */
  readonly queued: Readonly<Record<string, QueuedEvent>>;
}

/** What a new account has; one object for all of them. */
export const emptyLambdaState: LambdaState = { functions: {}, layers: {}, mappings: {}, queued: {} };

export interface FunctionState {
  readonly name: string;
  readonly region: string;
  readonly latest: VersionState;
  /** What was published, by number. */
  readonly versions: Readonly<Record<string, VersionState>>;
  /** The number that was given out last: numbers are not given twice. */
  readonly lastVersion: number;
  /** By name, under `stateKey`. */
  readonly aliases: Readonly<Record<string, AliasState>>;
  /** The resource policy of the function (`$LATEST`), of a version or an alias, under `stateKey`. */
  readonly policies: Readonly<Record<string, string>>;
  /** The function URL of the function (`$LATEST`) or an alias, under `stateKey`. */
  readonly urls: Readonly<Record<string, UrlState>>;
  /** By qualifier, under `stateKey`. */
  readonly invokeConfigs: Readonly<Record<string, InvokeConfigState>>;
  /** Under `stateKey`. */
  readonly tags: Readonly<Record<string, string>>;
  /** What addresses of its code are signed with: 32 bytes in hex. */
  readonly downloadKey: string;
  readonly reservedConcurrency?: number;
  readonly recursiveLoop?: 'Allow' | 'Terminate';
  /** The execution environment that is warm. */
  readonly warm?: WarmEnvironment;
}

/** What the next invocation of the same code goes on with: its session, and its log stream. */
export interface WarmEnvironment {
  readonly revisionId: string;
  readonly accessKeyId: string;
  readonly logStream: string;
}

/** Code and configuration: of `$LATEST`, or as they were published. */
export interface VersionState {
  /** `$LATEST`, `1`. */
  readonly version: string;
  readonly code: Blob;
  /** Base64. */
  readonly codeSha256: string;
  readonly runtime: string;
  readonly handler: string;
  readonly role: string;
  readonly description: string;
  /** Seconds. */
  readonly timeout: number;
  /** MiB. */
  readonly memorySize: number;
  /** Under `stateKey`; absent where none was ever given. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly layers: readonly UsedLayer[];
  readonly architecture: string;
  readonly tracingMode: string;
  /** MiB. */
  readonly ephemeralStorage: number;
  readonly logFormat: string;
  readonly logGroup: string;
  readonly applicationLogLevel?: string;
  readonly systemLogLevel?: string;
  readonly deadLetterArn?: string;
  readonly kmsKeyArn?: string;
  readonly vpc?: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] };
  readonly modifiedAt: number;
  readonly revisionId: string;
}

export interface UsedLayer {
  readonly arn: string;
  readonly code: Blob;
}

export interface AliasState {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** The share of another version, between 0 and 1. */
  readonly weights?: Readonly<Record<string, number>>;
  readonly revisionId: string;
}

export interface UrlState {
  readonly id: string;
  readonly authType: 'NONE' | 'AWS_IAM';
  readonly invokeMode: string;
  readonly cors?: {
    readonly AllowCredentials?: boolean;
    readonly AllowHeaders?: readonly string[];
    readonly AllowMethods?: readonly string[];
    readonly AllowOrigins?: readonly string[];
    readonly ExposeHeaders?: readonly string[];
    readonly MaxAge?: number;
  };
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface InvokeConfigState {
  readonly maximumRetryAttempts?: number;
  readonly maximumEventAgeInSeconds?: number;
  readonly onSuccess?: string;
  readonly onFailure?: string;
  readonly modifiedAt: number;
}

export interface LayerState {
  readonly name: string;
  readonly region: string;
  readonly lastVersion: number;
  /** As a function's. */
  readonly downloadKey: string;
  readonly versions: Readonly<Record<string, LayerVersionState>>;
}

export interface LayerVersionState {
  readonly version: number;
  readonly description: string;
  readonly createdAt: number;
  readonly code: Blob;
  readonly codeSha256: string;
  readonly runtimes: readonly string[];
  readonly architectures: readonly string[];
  readonly licenseInfo?: string;
  /** Resource policy, as a document. */
  readonly policy?: string;
  readonly revisionId: string;
}

export interface MappingState {
  readonly uuid: string;
  readonly region: string;
  readonly functionArn: string;
  readonly eventSourceArn: string;
  readonly batchSize: number;
  readonly maximumBatchingWindowInSeconds: number;
  readonly isEnabled: boolean;
  readonly startingPosition?: string;
  readonly filterPatterns: readonly string[];
  readonly functionResponseTypes: readonly string[];
  readonly modifiedAt: number;
  /** Under `stateKey`. */
  readonly tags: Readonly<Record<string, string>>;
}

/** An asynchronous invocation on its way. */
export interface QueuedEvent {
  readonly requestId: string;
  readonly region: string;
  readonly functionName: string;
  /** As the call named it. */
  readonly qualifier?: string;
  /** JSON text. */
  readonly event: string;
  readonly dueAt: number;
  readonly queuedAt: number;
  /** How often it failed. */
  readonly failures: number;
}
