/** One invocation: the code runs as the function's role, and what it logs goes to CloudWatch Logs as that role too. */
import { AwsError } from '../../errors.ts';
import { calling, type Process, type RunResult, running } from '../../process.ts';
import { type Environment, enter, type Moment, type Runnable, variablesOf } from './environments.ts';
import { functionArn, LATEST } from './names.ts';
import { LAMBDA } from './roles.ts';

/** What an invocation came to. */
export interface Execution {
  readonly kind: 'answered' | 'failed';
  /** JSON text: the answer, or the error. */
  readonly payload: string;
  readonly log: string;
}

export interface Invocation extends Runnable {
  /** JSON text. */
  readonly event: string;
  readonly requestId: string;
}

/** Lambda runs JavaScript here, and nothing else. @throws InvalidRuntimeException */
export function checkRunnable({ version }: Runnable): void {
  if (/^nodejs\d+\.x$/.test(version.runtime)) return;
  throw new AwsError('InvalidRuntimeException', 'The runtime or runtime version specified is not supported.', {
    details: { Type: 'Server' },
  });
}

/** Runs code and waits for it. @throws AccessDeniedException, InvalidRuntimeException, ServiceException */
export function* execute(invocation: Invocation, moment: Moment): Process<Execution> {
  checkRunnable(invocation);
  const { accountId, found, version, requestId, event } = invocation;
  const environment = yield* enter(invocation, moment);
  const result = yield* running({
    kind: 'function',
    accountId,
    region: found.region,
    functionArn: functionArn(
      { region: found.region, accountId },
      found.name,
      version.version === LATEST ? undefined : version.version,
    ),
    runtime: version.runtime,
    handler: version.handler,
    code: version.code,
    layers: version.layers.map((layer) => layer.code),
    environment: variablesOf(invocation, environment),
    event,
    requestId,
    credentials: environment.credentials,
    timeoutMilliseconds: version.timeout * 1000,
    memoryMegabytes: version.memorySize,
  });
  yield* writeLog(invocation, environment, result.log, moment.now);
  return executionOf(result, invocation);
}

function executionOf(result: RunResult, { version, requestId }: Invocation): Execution {
  switch (result.kind) {
    case 'finished':
      return { kind: 'answered', payload: result.output, log: result.log };
    case 'failed':
      return { kind: 'failed', payload: result.error, log: result.log };
    case 'timed-out': {
      const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${version.timeout.toFixed(2)} seconds`;
      return {
        kind: 'failed',
        payload: JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage }),
        log: result.log,
      };
    }
  }
}

/** A role that may not write logs leaves none. */
function* writeLog(
  { found, version }: Invocation,
  { caller, logStream, start }: Environment,
  log: string,
  now: number,
): Process<void> {
  const as = { kind: 'session', caller } as const;
  const group = { logGroupName: version.logGroup };
  const stream = { ...group, logStreamName: logStream };
  const common = { by: LAMBDA, as, service: 'logs', region: found.region } as const;
  if (start === 'cold') {
    yield* calling({ ...common, operation: 'CreateLogGroup', input: group });
    yield* calling({ ...common, operation: 'CreateLogStream', input: stream });
  }
  const logEvents = log
    .split('\n')
    .filter((line) => line !== '')
    .map((message) => ({ timestamp: now, message: `${message}\n` }));
  if (logEvents.length > 0) yield* calling({ ...common, operation: 'PutLogEvents', input: { ...stream, logEvents } });
}
