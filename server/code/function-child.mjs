// A child process that runs functions, one after the other, for child-pool.ts. It has no environment, may write no file and start no
// process (Node's permission model), and its only way out is the channel to its parent. Plain JavaScript: Node loads it as it stands.
import { BadPackage, isModule, readPackage } from './function-package.mjs';
import { Interpreter } from './interpreter.mjs';

let lastQuestion = 0;
const questions = new Map();

function ask(question) {
  lastQuestion += 1;
  const id = lastQuestion;
  process.send({ kind: 'ask', id, question });
  return new Promise((resolve) => questions.set(id, resolve));
}

/** The log as Lambda writes it for a Node.js function. */
class Log {
  #text = '';
  #most;
  #requestId;

  constructor(requestId, most) {
    this.#requestId = requestId;
    this.#most = most;
  }

  line(line) {
    if (this.#text.length < this.#most) this.#text += `${line.slice(0, this.#most - this.#text.length)}\n`;
  }

  write(level, message) {
    this.line(level === '' ? message : `${new Date().toISOString()}\t${this.#requestId}\t${level}\t${message}`);
  }

  /** What the runtime itself says at the end is always there. */
  end(...lines) {
    return `${this.#text}${lines.join('\n')}\n`;
  }
}

/** An error that ends an invocation, as its answer shows it. */
class Failure extends Error {
  constructor(details) {
    super(details.errorMessage);
    this.details = details;
  }
}

class TimedOut extends Error {}

async function run(job) {
  const log = new Log(job.requestId, job.logCharacters);
  log.line(`START RequestId: ${job.requestId} Version: ${job.facts.environment.AWS_LAMBDA_FUNCTION_VERSION}`);
  const began = performance.now();
  let outcome;
  let isSpent = false;
  try {
    outcome = { kind: 'finished', output: await invoke(job, log) };
  } catch (error) {
    if (!(error instanceof Failure || error instanceof TimedOut || isFault(error))) throw error;
    // A fault of the interpreter leaves the process in doubt: it runs nothing more.
    isSpent = !(error instanceof Failure);
    outcome = outcomeOf(error, job, log);
  }
  const duration = performance.now() - began;
  const text = log.end(
    `END RequestId: ${job.requestId}`,
    `REPORT RequestId: ${job.requestId}\tDuration: ${duration.toFixed(2)} ms\tBilled Duration: ${Math.ceil(duration)} ms\tMemory Size: ${job.facts.environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE} MB\tMax Memory Used: ${Math.round(process.memoryUsage.rss() / 1024 / 1024)} MB`,
    ...(outcome.kind === 'timed-out'
      ? [
          `${new Date().toISOString()} ${job.requestId} Task timed out after ${(job.timeoutMilliseconds / 1000).toFixed(2)} seconds`,
        ]
      : []),
  );
  return { result: { ...outcome, log: text, ...(outcome.kind === 'finished' && { exitCode: 0 }) }, isSpent };
}

/** The interpreter broke: it ran out of the machine's stack or of memory, or into a fault of its own. */
function isFault(error) {
  return (
    error instanceof RangeError || error instanceof WebAssembly.RuntimeError || /^Aborted/.test(error?.message ?? '')
  );
}

function outcomeOf(error, job, log) {
  if (error instanceof TimedOut) return { kind: 'timed-out' };
  const details =
    error instanceof Failure
      ? error.details
      : {
          errorType: 'Runtime.ExitError',
          errorMessage: `RequestId: ${job.requestId} Error: Runtime exited with error: signal: segmentation fault`,
        };
  log.write('ERROR', `Invoke Error \t${JSON.stringify(details)}`);
  return { kind: 'failed', error: JSON.stringify(details) };
}

async function invoke(job, log) {
  const files = packageOf(job);
  const interpreter = await Interpreter.create(job, files, {
    log: (level, message) => log.write(level, message),
    ask,
  });
  const clock = { waited: 0 };
  const handler = await loadHandler(interpreter, job, clock);
  const called = interpreter.callGuest('call', handler, interpreter.string(job.event));
  if (called.error) throw failureOf(interpreter, called.error, job);
  const output = await settled(interpreter, called.value, job, clock);
  const answer = output === undefined ? 'null' : interpreter.context.getString(output);
  if (answer.length > job.outputBytes) {
    throw new Failure({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: `Response payload size exceeded maximum allowed payload size (${job.outputBytes} bytes).`,
    });
  }
  return answer;
}

function packageOf({ code, layers }) {
  try {
    return readPackage(code, layers);
  } catch (error) {
    if (!(error instanceof BadPackage)) throw error;
    throw new Failure({ errorType: 'Runtime.ImportModuleError', errorMessage: `Error: ${error.message}` });
  }
}

/** `src/index.handler` is the export `handler` of src/index.js, .mjs or .cjs. */
async function loadHandler(interpreter, job, clock) {
  const { context, files } = interpreter;
  const slash = job.handler.lastIndexOf('/');
  const [base = '', ...exported] = job.handler.slice(slash + 1).split('.');
  const stem = `/var/task/${job.handler.slice(0, slash + 1)}${base}`;
  const path = [`${stem}.js`, `${stem}.mjs`, `${stem}.cjs`].find((candidate) => files.has(candidate));
  if (path === undefined) {
    throw new Failure({
      errorType: 'Runtime.ImportModuleError',
      errorMessage: `Error: Cannot find module '${stem.slice('/var/task/'.length)}'\nRequire stack:\n- /var/runtime/index.mjs`,
      trace: [],
    });
  }
  const loaded = isModule(files, path)
    ? context.evalCode(files.get(path), path, { type: 'module' })
    : interpreter.callGuest('require', interpreter.string(path), interpreter.string('/var/runtime/index.mjs'));
  if (loaded.error) throw loadingFailure(interpreter, loaded.error, job);
  let found = loaded.value;
  if (isModule(files, path)) {
    const isPromise = context.getPromiseState(found);
    if (!isPromise.notAPromise) found = (await settled(interpreter, found, job, clock)) ?? found;
  }
  for (const name of exported) {
    if (context.typeof(found) !== 'object' && context.typeof(found) !== 'function') break;
    found = context.getProp(found, name);
  }
  if (context.typeof(found) === 'function') return found;
  throw new Failure({
    errorType: 'Runtime.HandlerNotFound',
    errorMessage: `${job.handler} is undefined or not exported`,
    trace: [],
  });
}

/** Runs until a promise is settled; undefined where nothing is left that could settle it. */
async function settled(interpreter, promise, job, clock) {
  const { context } = interpreter;
  for (;;) {
    interpreter.turn();
    checkStopped(interpreter, job);
    const state = context.getPromiseState(promise);
    if (state.type === 'fulfilled') return state.value;
    if (state.type === 'rejected') throw failureOf(interpreter, state.error, job);
    if (interpreter.asking === 0 && interpreter.sleeping === 0) return undefined;
    // What a function waits for of its own accord is its time; what it waits for the sandbox, or for a busy machine, is not.
    const left = job.timeoutMilliseconds - clock.waited - interpreter.cpu();
    if (left <= 0) throw new TimedOut();
    const isIdle = interpreter.asking === 0;
    const began = performance.now();
    await interpreter.rest(left);
    if (isIdle) clock.waited += performance.now() - began;
  }
}

function checkStopped({ stopped, exitCode }, { requestId }) {
  if (stopped === 'cpu') throw new TimedOut();
  if (stopped !== 'exit') return;
  throw new Failure({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited ${exitCode === 0 ? 'without providing a reason' : `with error: exit status ${exitCode}`}`,
  });
}

function failureOf(interpreter, error, job) {
  const { context } = interpreter;
  try {
    checkStopped(interpreter, job);
  } catch (stopped) {
    return stopped;
  }
  const described = interpreter.callGuest('errorOf', error);
  const details = described.error ? {} : context.dump(described.value);
  const { errorType = 'Error', errorMessage = '', trace = [] } = details;
  if (errorType === 'InternalError' && /out of memory/.test(errorMessage)) {
    return new Failure({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: `RequestId: ${job.requestId} Error: Runtime exited with error: signal: killed`,
    });
  }
  return new Failure({
    errorType: String(errorType),
    errorMessage: String(errorMessage).slice(0, 65_536),
    trace: trace.slice(0, 50),
  });
}

/** Lambda has names of its own for errors of a function that cannot be loaded. */
function loadingFailure(interpreter, error, job) {
  const failure = failureOf(interpreter, error, job);
  if (!(failure instanceof Failure)) return failure;
  const { errorType, errorMessage, trace } = failure.details;
  const named = { SyntaxError: 'Runtime.UserCodeSyntaxError' }[errorType];
  if (named !== undefined)
    return new Failure({ errorType: named, errorMessage: `SyntaxError: ${errorMessage}`, trace });
  if (!/^Cannot find module /.test(errorMessage)) return failure;
  return new Failure({ errorType: 'Runtime.ImportModuleError', errorMessage: `Error: ${errorMessage}`, trace });
}

process.on('message', (message) => {
  if (message.kind === 'answer') {
    questions.get(message.id)?.(message.answer);
    questions.delete(message.id);
    return;
  }
  run(message.job).then(
    (done) => process.send({ kind: 'done', ...done }),
    (error) => process.send({ kind: 'fault', message: String(error?.stack ?? error) }),
  );
});
process.on('disconnect', () => process.exit());
