/** The `aws` command's environment on Node: real files, real HTTP. */

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { dirname } from 'node:path';
import { nodeHashes, nodeRandom } from '../../../server/hashes/node-hashes.ts';
import type { AwsEnvironment, FileSystem, HttpRequest, HttpResponse } from '../../../shell/index.ts';

const files: FileSystem = {
  readFile: async (path) => new Uint8Array(await readFile(path)),
  writeFile: async (path, bytes) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  },
  exists: async (path) => existsSync(path),
  isDirectory: async (path) => existsSync(path) && (await stat(path)).isDirectory(),
  list: (path) => readdir(path),
  makeDirectory: async (path) => {
    await mkdir(path, { recursive: true });
  },
  remove: (path) => rm(path, { recursive: true }),
  modified: async (path) => (await stat(path)).mtimeMs,
  setModified: (path, milliseconds) => utimes(path, milliseconds / 1000, milliseconds / 1000),
};

/** One HTTP exchange; plain http only, as the sandboxes speak it. Nothing is decoded or followed. */
export function send(request: HttpRequest): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const url = new URL(request.url);
    const raw = request.url.slice(request.url.indexOf('/', request.url.indexOf('//') + 2));
    const outgoing = httpRequest(
      {
        host: url.hostname,
        port: url.port,
        path: raw,
        method: request.method,
        headers: { ...request.headers, 'content-length': request.body?.length ?? 0 },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
          resolve({
            status: incoming.statusCode ?? 0,
            headers: Object.fromEntries(headers) as Record<string, string>,
            body: new Uint8Array(Buffer.concat(chunks)),
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(request.body);
  });
}

/** An environment in a directory, with nothing of this process's own variables. */
export function nodeEnvironment(options: {
  readonly workingDirectory: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly stdin?: Uint8Array;
  readonly loadService: AwsEnvironment['loadService'];
}): AwsEnvironment {
  return {
    files,
    workingDirectory: options.workingDirectory,
    variables: options.variables,
    stdin: options.stdin ?? new Uint8Array(),
    send,
    loadService: options.loadService,
    hashes: nodeHashes,
    now: Date.now,
    randomBytes: nodeRandom.bytes,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}
