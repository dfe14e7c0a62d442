/**
 * `curl`, as far as lessons use it: HTTP to whatever the place that it runs in lets it reach. Texts and exit codes are curl's own
 * (https://curl.se/docs/manpage.html). It draws no progress meter.
 */
import { joinBytes } from '../../cloud/join-bytes.ts';
import { type AwsEnvironment, type HttpResponse, type RunAws, Unreachable } from '../environment.ts';
import { absolutePath } from '../paths.ts';
import { CurlFault, type CurlOptions, readOptions } from './options.ts';
import { addressed, type CurlRequest, curlRequest } from './request.ts';
import { type CurlUrl, readUrl, redirectedUrl, shownUrl } from './url.ts';
import { shownHead, type Transfer, writtenOut } from './write-out.ts';

const mostRedirects = 50;
const version = 'curl 7.88.1 (Leastwise) libcurl/7.88.1\nProtocols: http https\n';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Printing {
  readonly stdout: Uint8Array[];
  stderr: string;
  exitCode: number;
}

/** Runs `curl` with the words after it. Never throws: a fault is an exit code and curl's own text. */
export const runCurl: RunAws = async (words, environment) => {
  const printing: Printing = { stdout: [], stderr: '', exitCode: 0 };
  let isQuiet = false;
  try {
    const options = readOptions(words);
    isQuiet = options.flags.has('silent') && !options.flags.has('show-error');
    if (options.flags.has('version')) printing.stdout.push(bytes(version));
    else await transferAll(environment, options, printing);
  } catch (fault) {
    if (!(fault instanceof CurlFault)) throw fault;
    // What is wrong with the command line itself is always told.
    if (!isQuiet || fault.exitCode === 2) printing.stderr += fault.message;
    printing.exitCode = fault.exitCode;
  }
  return { stdout: joinBytes(printing.stdout), stderr: printing.stderr, exitCode: printing.exitCode };
};

async function transferAll(environment: AwsEnvironment, options: CurlOptions, printing: Printing): Promise<void> {
  if (options.urls.length === 0) {
    throw new CurlFault(
      "curl: no URL specified!\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
      2,
    );
  }
  const request = await curlRequest(environment, options, (warning) => {
    if (!options.flags.has('silent')) printing.stderr += warning;
  });
  const path = options.flags.has('path-as-is') ? 'as-is' : 'normal';
  let last: CurlFault | undefined;
  for (const [at, url] of options.urls.entries()) {
    const output = outputFor(options, at, url);
    const transfer = await transferred(environment, options, request, url, path, printing);
    await deliver(environment, options, transfer, output, printing);
    const { exitCode, error } = transfer;
    if (last !== undefined && !options.flags.has('silent')) printing.stderr += last.message;
    last = exitCode === 0 ? undefined : new CurlFault(`curl: (${exitCode}) ${error}\n`, exitCode);
  }
  if (last !== undefined) throw last;
}

/** The file that the body of one URL goes to; undefined for standard output. */
function outputFor({ flags, lists }: CurlOptions, at: number, url: string): string | undefined {
  const named = lists.get('output')?.[at];
  if (named !== undefined) return named === '-' ? undefined : named;
  if (!flags.has('remote-name')) return undefined;
  const [, name = ''] = /^(?:[a-z]+:\/\/)?[^/?#]*\/(?:[^?#]*\/)?([^/?#]*)/i.exec(url) ?? [];
  if (name === '') throw new CurlFault('curl: (23) Remote file name has no length\n', 23);
  return name;
}

/** Sends, and follows redirections where it should. Answers a transfer also where nothing answered; a URL that is none throws. */
async function transferred(
  environment: AwsEnvironment,
  options: CurlOptions,
  given: CurlRequest,
  first: string,
  path: 'normal' | 'as-is',
  printing: Printing,
): Promise<Transfer> {
  const most = Number(options.values.get('max-redirs') ?? mostRedirects);
  let request = given;
  let url = readUrl(first, path);
  for (let redirects = 0; ; redirects += 1) {
    const { method } = request;
    const at = { url: shownUrl(url), method, redirects, redirectUrl: '', uploaded: request.body.length, file: '' };
    const sent = await send(environment, options, request, url, printing);
    if ('exitCode' in sent) return { ...at, ...sent };
    const location = sent.headers['location'];
    const target =
      location === undefined || sent.status < 300 || sent.status > 399 ? undefined : redirectedUrl(url, location);
    const answered = { ...at, response: sent, redirectUrl: target === undefined ? '' : shownUrl(target) };
    if (target === undefined || !options.flags.has('location')) return judged(answered, options);
    if (redirects >= most) return { ...answered, exitCode: 47, error: `Maximum (${most}) redirects followed` };
    if (options.flags.has('include') || options.flags.has('head')) printing.stdout.push(bytes(shownHead(sent)));
    request = redirected(request, sent.status, options, { from: url, to: target });
    url = target;
  }
}

/** Every request but HEAD becomes a GET by 303, a POST also by 301 and 302; another host is told no credentials. */
function redirected(
  request: CurlRequest,
  status: number,
  options: CurlOptions,
  { from, to }: { readonly from: CurlUrl; readonly to: CurlUrl },
): CurlRequest {
  const isGet = status === 303 || ((status === 301 || status === 302) && request.method === 'POST');
  const kept = request.headers.filter(([name]) => from.host === to.host || !/^(authorization|cookie)$/i.test(name));
  if (!isGet || options.values.has('request') || request.method === 'HEAD') return { ...request, headers: kept };
  const headers = kept.filter(([name]) => name.toLowerCase() !== 'content-type');
  return { ...request, method: 'GET', body: new Uint8Array(), headers };
}

async function send(
  environment: AwsEnvironment,
  options: CurlOptions,
  request: CurlRequest,
  url: CurlUrl,
  printing: Printing,
): Promise<HttpResponse | Pick<Transfer, 'exitCode' | 'error'>> {
  const wire = addressed(environment, request, url, options);
  const isTold = options.flags.has('verbose');
  if (isTold) {
    const lines = Object.entries(wire.headers).map(([name, value]) => `> ${name}: ${value}\n`);
    printing.stderr += `> ${wire.method} ${url.target} HTTP/1.1\n> Host: ${url.host}\n${lines.join('')}>\n`;
  }
  try {
    const response = await environment.send(wire);
    if (isTold) printing.stderr += shownHead(response).replace(/^/gm, '< ').replaceAll('\r', '').replace(/< $/, '');
    return response;
  } catch (error) {
    return failure(error, url, options);
  }
}

function failure(error: unknown, { scheme, host }: CurlUrl, { values }: CurlOptions) {
  const [, name = host, port = scheme === 'https' ? '443' : '80'] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(host) ?? [];
  const shown = name.replace(/^\[|\]$/g, '');
  switch (error instanceof Unreachable ? error.why : 'refused') {
    case 'no-such-host':
      return { exitCode: 6, error: `Could not resolve host: ${shown}` };
    case 'timeout': {
      const waited = Math.round(Number(values.get('max-time') ?? values.get('connect-timeout') ?? 300) * 1000);
      return { exitCode: 28, error: `Operation timed out after ${waited} milliseconds with 0 bytes received` };
    }
    default:
      return {
        exitCode: 7,
        error: `Failed to connect to ${shown} port ${port} after 0 ms: Couldn't connect to server`,
      };
  }
}

/** Whether an answer counts as a failure. */
function judged(answered: Omit<Transfer, 'exitCode' | 'error'>, { flags }: CurlOptions): Transfer {
  const status = answered.response?.status ?? 0;
  const isFailed = status >= 400 && (flags.has('fail') || flags.has('fail-with-body'));
  return isFailed
    ? { ...answered, exitCode: 22, error: `The requested URL returned error: ${status}` }
    : { ...answered, exitCode: 0, error: '' };
}

async function deliver(
  environment: AwsEnvironment,
  { flags, values }: CurlOptions,
  transfer: Transfer,
  output: string | undefined,
  printing: Printing,
): Promise<void> {
  const { response } = transfer;
  if (response !== undefined) {
    const head = bytes(shownHead(response));
    const isHead = flags.has('head') || transfer.method === 'HEAD';
    const withHead = flags.has('include') || flags.has('head');
    const isLeftOut = isHead || (transfer.exitCode === 22 && !flags.has('fail-with-body'));
    const content = joinBytes([...(withHead ? [head] : []), ...(isLeftOut ? [] : [response.body])]);
    const dump = values.get('dump-header');
    if (dump === '-') printing.stdout.push(head);
    else if (dump !== undefined) await write(environment, dump, head);
    if (output === undefined) printing.stdout.push(content);
    else await write(environment, output, content);
  }
  const format = values.get('write-out');
  if (format === undefined) return;
  const { text, warnings } = writtenOut(await formatOf(environment, format), { ...transfer, file: output ?? '' });
  printing.stdout.push(bytes(text));
  printing.stderr += warnings;
}

async function formatOf(environment: AwsEnvironment, format: string): Promise<string> {
  if (!format.startsWith('@')) return format;
  const path = format.slice(1);
  const content = path === '-' ? environment.stdin : await environment.files.readFile(absolutePath(environment, path));
  return new TextDecoder('utf-8').decode(content);
}

async function write(environment: AwsEnvironment, name: string, content: Uint8Array): Promise<void> {
  if (name === '/dev/null') return;
  const path = absolutePath(environment, name);
  const parent = path.slice(0, path.lastIndexOf('/')) || '/';
  if (!(await environment.files.isDirectory(parent))) {
    throw new CurlFault('curl: (23) Failure writing output to destination\n', 23);
  }
  await environment.files.writeFile(path, content);
}
