// What a function finds around it: evaluated inside the interpreter before the function's own code, as its first script. It has no
// more rights than that code: all it can do is ask `host`, a few functions of the child process (function-child.mjs).
(host) => {
  const { environment, requestId, functionArn, deadline } = JSON.parse(host.start());
  const { parse, stringify } = JSON;
  const utf8 = { encode: host.encode, decode: host.decode };

  // Bytes.
  class Buffer extends Uint8Array {
    static from(value, encoding) {
      if (typeof value === 'string') return Buffer.wrap(host.encode(value, encoding ?? 'utf8'));
      return Buffer.wrap(new Uint8Array(value instanceof ArrayBuffer ? value : [...value]).buffer);
    }
    static wrap(buffer) {
      return new Buffer(buffer);
    }
    static alloc(size) {
      return new Buffer(size);
    }
    static isBuffer(value) {
      return value instanceof Buffer;
    }
    static byteLength(text) {
      return Buffer.from(text).length;
    }
    static concat(parts) {
      const whole = new Buffer(parts.reduce((size, part) => size + part.length, 0));
      let at = 0;
      for (const part of parts) {
        whole.set(part, at);
        at += part.length;
      }
      return whole;
    }
    toString(encoding) {
      return host.decode(this.slice().buffer, encoding ?? 'utf8');
    }
    toJSON() {
      return { type: 'Buffer', data: [...this] };
    }
    transformToString(encoding) {
      return Promise.resolve(this.toString(encoding));
    }
    transformToByteArray() {
      return Promise.resolve(this);
    }
  }
  globalThis.Buffer = Buffer;
  globalThis.TextEncoder = class TextEncoder {
    encode(text = '') {
      return new Uint8Array(utf8.encode(String(text), 'utf8'));
    }
  };
  globalThis.TextDecoder = class TextDecoder {
    decode(bytes = new Uint8Array()) {
      return Buffer.from(bytes).toString();
    }
  };
  globalThis.atob = (text) => Buffer.from(String(text), 'base64').toString('latin1');
  globalThis.btoa = (text) => Buffer.from(String(text), 'latin1').toString('base64');

  // The console: what Lambda's runtime writes into the log.
  const shown = (value, depth = 0) => {
    if (typeof value === 'string') return depth === 0 ? value : `'${value}'`;
    if (value instanceof Error) return value.stack ? `${value.name}: ${value.message}\n${value.stack}` : String(value);
    if (typeof value !== 'object' || value === null) return String(value);
    if (depth > 2) return Array.isArray(value) ? '[Array]' : '[Object]';
    if (Array.isArray(value)) {
      return value.length === 0 ? '[]' : `[ ${value.map((item) => shown(item, depth + 1)).join(', ')} ]`;
    }
    const members = Object.entries(value).map(([key, member]) => `${key}: ${shown(member, depth + 1)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  };
  const format = (values) => {
    const [first, ...rest] = values;
    if (typeof first !== 'string') return values.map((value) => shown(value)).join(' ');
    const filled = first.replace(/%[sdifjoO]/g, (mark) => {
      if (rest.length === 0) return mark;
      const value = rest.shift();
      return mark === '%j' ? stringify(value) : mark === '%d' || mark === '%i' ? String(Number(value)) : shown(value);
    });
    return [filled, ...rest.map((value) => shown(value))].join(' ');
  };
  const writing =
    (level) =>
    (...values) =>
      host.log(level, format(values));
  globalThis.console = {
    log: writing('INFO'),
    info: writing('INFO'),
    warn: writing('WARN'),
    error: writing('ERROR'),
    debug: writing('DEBUG'),
    trace: writing('TRACE'),
  };

  // Time.
  const timers = new Map();
  let lastTimer = 0;
  globalThis.setTimeout = (callback, delay = 0, ...values) => {
    lastTimer += 1;
    const id = lastTimer;
    timers.set(id, true);
    host.sleep(Math.max(0, Number(delay) || 0)).then(() => {
      if (timers.delete(id)) callback(...values);
    });
    return id;
  };
  globalThis.clearTimeout = (id) => void timers.delete(id);
  globalThis.setImmediate = (callback, ...values) => globalThis.setTimeout(callback, 0, ...values);
  globalThis.queueMicrotask = (callback) => void Promise.resolve().then(callback);

  const process = {
    env: { ...environment },
    argv: ['/var/lang/bin/node', '/var/runtime/index.mjs'],
    version: `v${/\d+/.exec(environment.AWS_EXECUTION_ENV)?.[0] ?? '22'}.0.0`,
    versions: {},
    platform: 'linux',
    arch: 'x64',
    pid: 2,
    cwd: () => '/var/task',
    nextTick: (callback, ...values) => queueMicrotask(() => callback(...values)),
    hrtime: Object.assign(() => [Math.floor(Date.now() / 1000), (Date.now() % 1000) * 1e6], {
      bigint: () => BigInt(Date.now()) * 1000000n,
    }),
    memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0 }),
    on: () => process,
    exit: (code = 0) => host.exit(Number(code) || 0),
    stdout: { write: (text) => host.log('', String(text)) },
    stderr: { write: (text) => host.log('', String(text)) },
  };
  globalThis.process = process;
  globalThis.global = globalThis;

  // Requests: the gateway is all that can be reached, and the child asks for it.
  const packed = (value) => {
    if (value instanceof Date) return { $date: value.getTime() };
    if (value instanceof ArrayBuffer) return { $bytes: Buffer.from(value).toString('base64') };
    if (ArrayBuffer.isView(value)) return { $bytes: Buffer.from(value).toString('base64') };
    if (Array.isArray(value)) return value.map(packed);
    if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? Number(value) : value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, packed(member)]));
  };
  const unpacked = (value) => {
    if (Array.isArray(value)) return value.map(unpacked);
    if (typeof value !== 'object' || value === null) return value;
    if (typeof value.$date === 'number') return new Date(value.$date);
    if (typeof value.$bytes === 'string') return Buffer.from(value.$bytes, 'base64');
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unpacked(member)]));
  };
  const ask = async (question) => unpacked(parse(await host.ask(stringify(packed(question)))));

  globalThis.fetch = async (address, { method = 'GET', headers = {}, body } = {}) => {
    const pairs = Array.isArray(headers) ? headers : Object.entries(headers);
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const url = typeof address === 'string' ? address : String(address?.href ?? address);
    const answer = await ask({ kind: 'fetch', url, method, headers: pairs, body: bytes ?? Buffer.from('') });
    if (answer.kind === 'refused') throw new TypeError('fetch failed', { cause: new Error(answer.reason) });
    const content = answer.body;
    return {
      ok: answer.status >= 200 && answer.status < 300,
      status: answer.status,
      url,
      headers: { get: (name) => answer.headers[String(name).toLowerCase()] ?? null, ...answer.headers },
      text: async () => content.toString(),
      json: async () => parse(content.toString()),
      arrayBuffer: async () => content.slice().buffer,
    };
  };

  // The AWS SDK for JavaScript, version 3: clients and commands by their names.
  const sdkError = ({ code, message, status, requestId: id }) => {
    const error = new Error(message);
    error.name = code;
    error.Code = code;
    error.$fault = status >= 500 ? 'server' : 'client';
    error.$metadata = { httpStatusCode: status, requestId: id };
    return error;
  };
  const send = async (config, service, operation, input) => {
    let { credentials } = config;
    if (typeof credentials === 'function') credentials = await credentials();
    const { env } = process;
    credentials ??= {
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      sessionToken: env.AWS_SESSION_TOKEN,
    };
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const region = (typeof config.region === 'function' ? await config.region() : config.region) ?? env.AWS_REGION;
    const key = { accessKeyId, secretAccessKey, sessionToken };
    const answer = await ask({ kind: 'aws', service, operation, input: input ?? {}, credentials: key, region });
    if (answer.kind !== 'ok') throw sdkError(answer);
    return { $metadata: { httpStatusCode: answer.status, requestId: answer.requestId }, ...answer.output };
  };
  const sdkPackage = (service) => {
    const made = new Map();
    const make = (name) => {
      if (name.endsWith('Command')) {
        const operation = name.slice(0, -'Command'.length);
        return class {
          constructor(input) {
            this.input = input;
            this.$operation = operation;
          }
        };
      }
      const Client = class {
        constructor(config = {}) {
          this.config = config;
        }
        send(command) {
          return send(this.config, service, command.$operation, command.input);
        }
        destroy() {}
      };
      if (name.endsWith('Client')) return Client;
      // `new S3({})` has a method for each command.
      return function Aggregated(config = {}) {
        return new Proxy(new Client(config), {
          get: (target, member) =>
            member in target || typeof member !== 'string'
              ? target[member]
              : (input) => send(config, service, member.charAt(0).toUpperCase() + member.slice(1), input),
        });
      };
    };
    return new Proxy(
      {},
      {
        get(_target, name) {
          if (typeof name !== 'string' || name === '__esModule' || name === 'then') return undefined;
          if (!made.has(name)) {
            const value = make(name);
            Object.defineProperty(value, 'name', { value: name });
            made.set(name, value);
          }
          return made.get(name);
        },
        has: (_target, name) => typeof name === 'string' && /^[A-Z]/.test(name),
      },
    );
  };

  // Modules of CommonJS.
  const uuid = () => {
    const hex = Buffer.from(host.random(16)).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  globalThis.crypto = { randomUUID: uuid };
  const own = {
    buffer: () => ({ Buffer }),
    crypto: () => ({ randomUUID: uuid, randomBytes: (size) => Buffer.from(host.random(size)) }),
    path: () => {
      const join = (...parts) => parts.filter(Boolean).join('/').replace(/\/+/g, '/');
      return { join, basename: (path) => path.split('/').at(-1), extname: (path) => /\.[^./]*$/.exec(path)?.[0] ?? '' };
    },
    process: () => process,
    util: () => ({ format: (...values) => format(values), inspect: (value) => shown(value, 1) }),
    timers: () => ({ setTimeout, clearTimeout }),
    'timers/promises': () => ({ setTimeout: (delay, value) => host.sleep(Number(delay)).then(() => value) }),
  };
  const cache = new Map();
  const builtIn = (name) => {
    const plain = name.replace(/^node:/, '');
    if (Object.hasOwn(own, plain)) return own[plain]();
    const service = host.sdkService(name);
    return service === undefined ? undefined : sdkPackage(service);
  };
  const missing = (name, from) =>
    Object.assign(new Error(`Cannot find module '${name}'\nRequire stack:\n- ${from}`), { code: 'MODULE_NOT_FOUND' });
  const require = (name, from) => {
    const path = host.resolve(String(name), from);
    const key = path ?? name;
    if (cache.has(key)) return cache.get(key).exports;
    const module = { exports: {}, id: key, filename: key };
    if (path === undefined) {
      const found = builtIn(String(name));
      if (found === undefined) throw missing(name, from);
      module.exports = found;
      cache.set(key, module);
      return found;
    }
    cache.set(key, module);
    const text = host.read(path);
    try {
      if (path.endsWith('.json')) module.exports = parse(text);
      else {
        const run = host.compile(text, path);
        const inner = (wanted) => require(wanted, path);
        run.call(module.exports, module.exports, inner, module, path, path.slice(0, path.lastIndexOf('/')));
      }
    } catch (error) {
      cache.delete(key);
      throw error;
    }
    return module.exports;
  };

  const errorOf = (error) => {
    if (error instanceof Error) {
      const trace = [
        `${error.name}: ${error.message}`,
        ...String(error.stack ?? '')
          .split('\n')
          .filter(Boolean),
      ];
      return { errorType: error.name, errorMessage: error.message, trace };
    }
    return { errorType: typeof error, errorMessage: shown(error), trace: [] };
  };

  const context = {
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: functionArn,
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };

  const call = async (handler, event) => {
    let settle;
    const called = new Promise((resolve, reject) => {
      settle = (error, value) => (error === null || error === undefined ? resolve(value) : reject(error));
    });
    context.done = settle;
    context.succeed = (value) => settle(null, value);
    context.fail = (error) => settle(error ?? new Error());
    const result = handler(parse(event), context, settle);
    const isPromise = typeof result?.then === 'function';
    const value = isPromise ? await result : handler.length >= 3 ? await called : result;
    return stringify(value) ?? 'null';
  };

  return { require, call, errorOf };
};
