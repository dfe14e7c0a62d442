import { type Command, defineCommand, type IFileSystem } from 'just-bash/browser';
import type { FileSystem, HttpRequest, HttpResponse } from '../../../shell/environment.ts';
import { runAws } from '../../../shell/index.ts';
import { loadService } from './aws-services.ts';
import { pageHashes } from './hashes.ts';

/** Bytes as the shell's pipes carry them: a character a byte. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  const step = 0x8000;
  for (let at = 0; at < bytes.length; at += step) text += String.fromCharCode(...bytes.subarray(at, at + step));
  return text;
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

function filesOf(fs: IFileSystem, directory: string): FileSystem {
  const at = (path: string): string => fs.resolvePath(directory, path);
  return {
    readFile: (path) => fs.readFileBuffer(at(path)),
    async writeFile(path, bytes) {
      await fs.writeFile(at(path), bytes);
    },
    exists: (path) => fs.exists(at(path)),
    isDirectory: async (path) => (await fs.exists(at(path))) && (await fs.stat(at(path))).isDirectory,
    list: (path) => fs.readdir(at(path)),
    async makeDirectory(path) {
      await fs.mkdir(at(path), { recursive: true });
    },
    async remove(path) {
      await fs.rm(at(path), { recursive: true });
    },
  };
}

async function send(request: HttpRequest, signal: AbortSignal | undefined): Promise<HttpResponse> {
  // The browser sets Host itself, and it is the one that was signed.
  const headers = Object.entries(request.headers).filter(([name]) => !/^(host|content-length)$/i.test(name));
  const response = await fetch(request.url, {
    method: request.method,
    headers,
    cache: 'no-store',
    redirect: 'manual',
    ...(request.body && request.body.length > 0 ? { body: new Uint8Array(request.body) } : {}),
    ...(signal ? { signal } : {}),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

/** The `aws` command in the page's shell. It talks to the sandbox's endpoint as any AWS CLI would. */
export const awsCommand: Command = defineCommand('aws', async (words, context) => {
  const { signal } = context;
  const result = await runAws(words, {
    files: filesOf(context.fs, context.cwd),
    workingDirectory: context.cwd,
    variables: context.exportedEnv ?? {},
    stdin: bytesOf(context.stdin as unknown as string),
    send: (request) => send(request, signal),
    loadService,
    hashes: pageHashes,
    now: () => Date.now(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
  return {
    stdout: latin1(result.stdout),
    stdoutKind: 'bytes',
    stdoutEncoding: 'binary',
    stderr: result.stderr,
    exitCode: result.exitCode,
  };
});
