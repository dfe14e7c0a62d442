/** Execution environments: the session of the role that code runs with, and the variables that it finds. */
import type { AnyCaller } from '../../../iam/model.ts';
import type { Call } from '../../call.ts';
import { resolveCredential } from '../../credentials.ts';
import { AwsError } from '../../errors.ts';
import { hexOf } from '../../hex.ts';
import { own } from '../../own.ts';
import { changing, type Process, type RunCredentials, seeing } from '../../process.ts';
import { shownByName } from '../../state-key.ts';
import type { World } from '../../world.ts';
import { assuming } from '../sts/assuming.ts';
import { mayAssume } from '../sts/may-assume.ts';
import { functionArn, regionalKey } from './names.ts';
import { LAMBDA } from './roles.ts';
import type { FunctionState, VersionState } from './state.ts';

/** What running code needs to know of the moment. */
export type Moment = Pick<Call, 'now' | 'random' | 'request' | 'managedPolicies'>;

/** A version of a function, where it is. */
export interface Runnable {
  readonly accountId: string;
  readonly found: FunctionState;
  readonly version: VersionState;
}

export interface Environment {
  readonly caller: AnyCaller;
  readonly credentials: RunCredentials;
  readonly logStream: string;
  readonly start: 'cold' | 'warm';
}

/** A warm environment is gone on with while its session has so long to live (milliseconds). */
const shortestLife = 15 * 60_000;

/**
 * The environment that an invocation runs in. The trust policy of the role is asked each time; the role is assumed where there is no
 * warm environment of this very code.
 * @throws AccessDeniedException where Lambda may not act as the role
 */
export function* enter(runnable: Runnable, moment: Moment): Process<Environment> {
  const { accountId, found, version } = runnable;
  const source = { arn: functionArn({ region: found.region, accountId }, found.name), accountId };
  const world = yield* seeing();
  if (!mayAssume(LAMBDA, version.role, source, world, moment)) throw unassumable();
  const warm = warmEnvironment(world, runnable, moment.now);
  if (warm !== undefined) return warm;
  const assumed = yield* assuming({
    by: LAMBDA,
    roleArn: version.role,
    // A session's name has at least two characters.
    sessionName: found.name.padEnd(2, '_'),
    source,
    now: moment.now,
  });
  if (assumed.kind === 'refused') throw unassumable();
  const day = new Date(moment.now).toISOString().slice(0, 10).replaceAll('-', '/');
  const logStream = `${day}/[${version.version}]${hexOf(moment.random.bytes(16))}`;
  yield* changing(accountId, (draft) => {
    const current = own(draft.lambda.functions, regionalKey(found.region, found.name));
    if (current === undefined) return;
    current.warm = { revisionId: version.revisionId, accessKeyId: assumed.credentials.accessKeyId, logStream };
  });
  return { caller: assumed.caller, credentials: assumed.credentials, logStream, start: 'cold' };
}

function warmEnvironment(world: World, { accountId, found, version }: Runnable, now: number): Environment | undefined {
  const { warm } = found;
  if (warm === undefined || warm.revisionId !== version.revisionId) return undefined;
  const session = own(own(world.accounts, accountId)?.sts.sessions ?? {}, warm.accessKeyId);
  if (session === undefined || session.expiresAt - now < shortestLife) return undefined;
  const credential = resolveCredential(world, warm.accessKeyId, now);
  if (credential.kind !== 'found') return undefined;
  const { caller } = credential;
  const credentials = {
    accessKeyId: session.accessKeyId,
    secretAccessKey: session.secret,
    sessionToken: session.token,
  };
  return { caller, credentials, logStream: warm.logStream, start: 'warm' };
}

function unassumable(): AwsError {
  return new AwsError('AccessDeniedException', 'The role defined for the function cannot be assumed by Lambda.', {
    status: 403,
  });
}

/** Lambda Developer Guide, "Defined runtime environment variables", and the function's own. */
export function variablesOf({ found, version }: Runnable, environment: Environment): Readonly<Record<string, string>> {
  const { credentials, logStream } = environment;
  return {
    ...shownByName(version.environment ?? {}),
    _HANDLER: version.handler,
    AWS_REGION: found.region,
    AWS_DEFAULT_REGION: found.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: found.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.memorySize),
    AWS_LAMBDA_FUNCTION_VERSION: version.version,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: version.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    LAMBDA_TASK_ROOT: '/var/task',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    LANG: 'en_US.UTF-8',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    TZ: ':UTC',
  };
}
