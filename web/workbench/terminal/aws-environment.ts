import type { IFileSystem } from 'just-bash/browser';
import { bashFiles } from '../../../shell/bash-files.ts';
import type { AwsEnvironment, HttpRequest, HttpResponse } from '../../../shell/environment.ts';
import { loadService } from '../../../shell/service-models.ts';
import { pageHashes } from './hashes.ts';

/** Sends a request from the browser. */
export async function send(request: HttpRequest, signal: AbortSignal | undefined): Promise<HttpResponse> {
  // The browser sets Host itself, and it is the one that was signed.
  const headers = Object.entries(request.headers).filter(([name]) => !/^(host|content-length)$/i.test(name));
  const response = await fetch(request.url, {
    method: request.method,
    headers,
    cache: 'no-store',
    redirect: 'manual',
    // A browser sends no body along with these.
    ...(request.body && request.body.length > 0 && !/^(?:get|head)$/i.test(request.method)
      ? { body: new Uint8Array(request.body) }
      : {}),
    ...(signal ? { signal } : {}),
  });
  return {
    // Of a redirection it tells only that it is one.
    status: response.type === 'opaqueredirect' ? 302 : response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

/** Where the `aws` command runs when it runs in the page: the shell's files and variables, the browser's fetch. */
export interface AwsPlace {
  readonly fs: IFileSystem;
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly stdin?: Uint8Array;
  readonly signal?: AbortSignal;
}

export function awsEnvironment(place: AwsPlace): AwsEnvironment {
  return {
    files: bashFiles(place.fs, place.directory),
    workingDirectory: place.directory,
    variables: place.variables,
    stdin: place.stdin ?? new Uint8Array(),
    send: (request) => send(request, place.signal),
    loadService,
    hashes: pageHashes,
    now: () => Date.now(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}
