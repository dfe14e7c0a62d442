// One interpreter of JavaScript (QuickJS as WebAssembly) for one invocation, with limits on processor time and memory. Nothing in it
// but what function-guest.js builds out of the few functions here: no file, no socket, no process.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import { importedNames, isModule, resolveModule } from './function-package.mjs';
import { sdkService } from './sdk-packages.mjs';

const GUEST = readFileSync(new URL('./function-guest.js', import.meta.url), 'utf8');
const MiB = 1024 * 1024;
/** Deeper recursion would end in the stack of the machine that the interpreter runs on. */
const STACK_BYTES = 160 * 1024;
const PAGE = 65_536;
/** What the module asks for to begin with. */
const INITIAL_PAGES = 256;
const LONGEST_QUESTION = 8 * MiB;

export const milliseconds = ({ user, system }) => (user + system) / 1000;

export class Interpreter {
  /** Why the code was stopped: `cpu`, `exit`; undefined while it was not. */
  stopped;
  exitCode = 0;
  /** Questions on their way, and timers. */
  asking = 0;
  sleeping = 0;

  #ready = [];
  #wake = () => undefined;

  static async create(job, files, hooks) {
    // QuickJS's own limit counts no bytes where it runs as WebAssembly; the memory that it runs in has an end.
    const maximum = Math.max(INITIAL_PAGES, Math.ceil((job.memoryMegabytes * MiB) / PAGE));
    const wasmMemory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum });
    const module = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory }));
    return new Interpreter(module, job, files, hooks);
  }

  constructor(module, job, files, hooks) {
    this.job = job;
    this.files = files;
    this.hooks = hooks;
    const began = process.cpuUsage();
    this.cpu = () => milliseconds(process.cpuUsage(began));
    const runtime = module.newRuntime();
    runtime.setMemoryLimit(job.memoryMegabytes * MiB);
    runtime.setMaxStackSize(STACK_BYTES);
    runtime.setInterruptHandler(() => {
      if (this.stopped === undefined && this.cpu() > job.cpuMilliseconds) this.stopped = 'cpu';
      return this.stopped !== undefined;
    });
    runtime.setModuleLoader(
      (path) => this.#moduleText(path),
      (from, name) => this.#moduleName(from, name),
    );
    this.runtime = runtime;
    this.context = runtime.newContext();
    this.guest = this.#buildGuest();
  }

  #moduleName(from, name) {
    const path = resolveModule(this.files, name, from);
    return path ?? `builtin:${name}`;
  }

  #moduleText(path) {
    if (!path.startsWith('builtin:') && isModule(this.files, path)) return this.files.get(path);
    // What has no static exports is required, and exports the names that anything imports of it.
    const wanted = path.startsWith('builtin:') ? path.slice('builtin:'.length) : path;
    const names = importedNames(this.files, wanted);
    const shown = JSON.stringify(wanted);
    return [
      `const all = globalThis.__require(${shown}, '/var/task/index.js');`,
      'export default all;',
      ...names.map((name) => `export const ${name} = all[${JSON.stringify(name)}];`),
    ].join('\n');
  }

  #buildGuest() {
    const { context } = this;
    const host = context.newObject();
    for (const [name, implementation] of Object.entries(this.#hostFunctions())) {
      context.setProp(host, name, context.newFunction(name, implementation));
    }
    const build = context.unwrapResult(context.evalCode(GUEST, '/var/runtime/index.mjs'));
    const guest = context.unwrapResult(context.callFunction(build, context.undefined, host));
    context.setProp(context.global, '__require', context.getProp(guest, 'require'));
    return guest;
  }

  #hostFunctions() {
    const { context, job, files } = this;
    const text = (handle) => context.getString(handle);
    return {
      start: () => context.newString(JSON.stringify(job.facts)),
      log: (level, message) => void this.hooks.log(text(level), text(message)),
      read: (path) => context.newString(files.get(text(path)) ?? ''),
      resolve: (name, from) => {
        const path = resolveModule(files, text(name), text(from));
        return path === undefined ? context.undefined : context.newString(path);
      },
      compile: (source, path) =>
        context.evalCode(
          `(function (exports, require, module, __filename, __dirname) {${text(source)}\n})`,
          text(path),
        ),
      sdkService: (name) => {
        const service = sdkService(text(name));
        return service === undefined ? context.undefined : context.newString(service);
      },
      random: (size) =>
        context.newArrayBuffer(arrayBuffer(randomBytes(Math.min(65_536, context.getNumber(size) >>> 0)))),
      encode: (value, encoding) =>
        context.newArrayBuffer(arrayBuffer(Buffer.from(text(value), encodingOf(text(encoding))))),
      decode: (buffer, encoding) => {
        const bytes = context.getArrayBuffer(buffer);
        return context.newString(Buffer.from(bytes.value).toString(encodingOf(text(encoding))));
      },
      exit: (code) => {
        this.stopped ??= 'exit';
        this.exitCode = context.getNumber(code);
        return context.undefined;
      },
      sleep: (delay) => {
        const promise = context.newPromise();
        this.sleeping += 1;
        setTimeout(
          () => {
            this.sleeping -= 1;
            this.#settle(promise, context.undefined);
          },
          Math.min(2 ** 31 - 1, context.getNumber(delay)),
        );
        return promise.handle;
      },
      ask: (question) => {
        const promise = context.newPromise();
        const asked = text(question);
        this.asking += 1;
        const answered = (answer) => {
          this.asking -= 1;
          this.#settle(promise, context.newString(answer));
        };
        if (asked.length > LONGEST_QUESTION) answered('{"kind":"refused","reason":"The request is too large"}');
        else this.hooks.ask(asked).then(answered);
        return promise.handle;
      },
    };
  }

  #settle(promise, handle) {
    this.#ready.push(() => promise.resolve(handle));
    this.#wake();
  }

  /** Runs what is ready. */
  turn() {
    for (const settle of this.#ready.splice(0)) settle();
    const { error } = this.runtime.executePendingJobs();
    error?.dispose();
  }

  /** Waits until something is ready, at most so many milliseconds. */
  async rest(most) {
    if (this.#ready.length > 0) return;
    let timer;
    await new Promise((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, most);
    });
    clearTimeout(timer);
  }

  /** A function of the guest's. @returns a result with `value` or `error` */
  callGuest(name, ...values) {
    const { context } = this;
    return context.callFunction(context.getProp(this.guest, name), context.undefined, ...values);
  }

  string(value) {
    return this.context.newString(value);
  }
}

function encodingOf(name) {
  return Buffer.isEncoding(name) ? name : 'utf8';
}

function arrayBuffer(bytes) {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
}
