/** The request that a command line of curl stands for. */
import { toBase64 } from '@smithy/core/serde';
import { joinBytes } from '../../cloud/join-bytes.ts';
import { percentEncode } from '../../cloud/percent.ts';
import { SigningKeys, signRequest } from '../../cloud/sigv4/index.ts';
import type { AwsEnvironment, HttpRequest } from '../environment.ts';
import { absolutePath } from '../paths.ts';
import { CurlFault, type CurlOptions } from './options.ts';
import { type CurlUrl, shownUrl } from './url.ts';

/** What is sent, before it is known where to: a redirection changes the method, and the signature. */
export interface CurlRequest {
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** Goes into the query: `--get`. */
  readonly query: string;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (body: Uint8Array): string => new TextDecoder('utf-8').decode(body);

/** Where the words are read, and what curl says meanwhile. */
interface Reading {
  readonly environment: AwsEnvironment;
  readonly warn: (warning: string) => void;
}

/** A file, or standard input for `-`; undefined where it cannot be read. */
async function contentOf(environment: AwsEnvironment, path: string): Promise<Uint8Array | undefined> {
  if (path === '-') return environment.stdin;
  try {
    return await environment.files.readFile(absolutePath(environment, path));
  } catch {
    return undefined;
  }
}

/** A file that cannot be read is an empty one, and a warning. */
async function dataFile({ environment, warn }: Reading, path: string): Promise<Uint8Array> {
  const content = await contentOf(environment, path);
  if (content === undefined) warn(`Warning: Couldn't read data from file "${path}", this makes an empty POST.\n`);
  return content ?? new Uint8Array();
}

async function dataOf(reading: Reading, option: string, value: string): Promise<Uint8Array> {
  if (option === 'data-raw') return bytes(value);
  if (option === 'data-urlencode') return bytes(await encodedData(reading, value));
  if (!value.startsWith('@')) return bytes(value);
  const content = await dataFile(reading, value.slice(1));
  const isKept = option === 'data-binary' || option === 'json';
  return isKept ? content : bytes(text(content).replace(/[\r\n\0]/g, ''));
}

/** `content`, `=content`, `name=content`, `@file`, `name@file`; a space is a plus. */
async function encodedData(reading: Reading, value: string): Promise<string> {
  const [, name = '', sign = '', rest = value] = /^([^=@]*)([=@])(.*)$/s.exec(value) ?? [];
  const content = sign === '@' ? text(await dataFile(reading, rest)) : rest;
  return `${name === '' ? '' : `${name}=`}${percentEncode(content).replaceAll('%20', '+')}`;
}

/** The body of `--data` and its kin: their parts joined by `&`, those of `--json` by nothing. */
async function bodyOf(reading: Reading, { data }: CurlOptions): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const { option, value } of data) {
    if (parts.length > 0 && option !== 'json') parts.push(bytes('&'));
    parts.push(await dataOf(reading, option, value));
  }
  return joinBytes(parts);
}

async function uploaded(environment: AwsEnvironment, path: string): Promise<Uint8Array> {
  const content = await contentOf(environment, path);
  if (content !== undefined) return content;
  throw new CurlFault('curl: (26) Failed to open/read local data from file/application\n', 26);
}

/** `Name: value`; `Name;` for an empty one; `Name:` takes one away that curl would send. Files of them by `@`. */
async function givenHeaders({ environment, warn }: Reading, { lists }: CurlOptions): Promise<readonly string[]> {
  const given: string[] = [];
  for (const value of lists.get('header') ?? []) {
    const content = value.startsWith('@') ? await contentOf(environment, value.slice(1)) : bytes(value);
    if (content === undefined) warn(`Warning: Failed to open ${value.slice(1)}!\n`);
    else given.push(...(value.startsWith('@') ? text(content).split(/\r?\n/) : [value]));
  }
  return given.filter((line) => line.trim() !== '');
}

function ownHeaders({ flags, values, lists, data }: CurlOptions): (readonly [string, string])[] {
  const isJson = data.some(({ option }) => option === 'json');
  const hasBody = data.length > 0 && !flags.has('get') && !flags.has('head');
  const cookies = (lists.get('cookie') ?? []).filter((cookie) => cookie.includes('='));
  const referer = values.get('referer');
  return [
    ['user-agent', values.get('user-agent') ?? 'curl/7.88.1'],
    ['accept', isJson ? 'application/json' : '*/*'],
    ...(referer === undefined ? [] : [['referer', referer] as const]),
    ...(cookies.length === 0 ? [] : [['cookie', cookies.join('; ')] as const]),
    ...(hasBody ? [['content-type', isJson ? 'application/json' : 'application/x-www-form-urlencoded'] as const] : []),
  ];
}

/** @throws CurlFault 26 for a file that cannot be uploaded, 2 for methods that exclude each other */
export async function curlRequest(
  environment: AwsEnvironment,
  options: CurlOptions,
  warn: Reading['warn'],
): Promise<CurlRequest> {
  const reading = { environment, warn };
  const { flags, values, data } = options;
  const upload = values.get('upload-file');
  const isHead = flags.has('head');
  if (isHead && data.length > 0 && !flags.has('get')) {
    warn(
      'Warning: You can only select one HTTP request method! You asked for both POST \nWarning: (-d, --data) and HEAD (-I, --head).\n',
    );
    throw new CurlFault('', 2);
  }
  const body = upload === undefined ? await bodyOf(reading, options) : await uploaded(environment, upload);
  const inQuery = flags.has('get') && data.length > 0;
  const implied = isHead ? 'HEAD' : upload !== undefined ? 'PUT' : data.length > 0 && !inQuery ? 'POST' : 'GET';
  const headers = new Map(ownHeaders(options).map(([name, value]) => [name, [name, value] as const]));
  for (const line of await givenHeaders(reading, options)) {
    const [, name = '', sign = '', value = ''] = /^([^:;]+)([:;])\s*(.*?)\s*$/s.exec(line) ?? [];
    if (name === '') continue;
    if (sign === ':' && value === '') headers.delete(name.toLowerCase());
    else headers.set(name.toLowerCase(), [name, value]);
  }
  return {
    method: values.get('request') ?? implied,
    headers: [...headers.values()],
    body: inQuery ? new Uint8Array() : body,
    query: inQuery ? text(body) : '',
  };
}

/** The request to one URL: with `--user`, in the header or as the key that signs it. @throws CurlFault (2) for a bad `--aws-sigv4` */
export function addressed(
  environment: AwsEnvironment,
  request: CurlRequest,
  url: CurlUrl,
  options: CurlOptions,
): HttpRequest {
  const target =
    request.query === '' ? url.target : `${url.target}${url.target.includes('?') ? '&' : '?'}${request.query}`;
  const whole = shownUrl({ ...url, target });
  const user = options.values.get('user') ?? url.user;
  const provider = options.values.get('aws-sigv4');
  const hasOwn = request.headers.some(([name]) => name.toLowerCase() === 'authorization');
  let headers = request.headers;
  if (user !== undefined && provider !== undefined) {
    headers = signed(environment, { ...request, target }, url, { user, provider });
  } else if (user !== undefined && !hasOwn) {
    const named = user.includes(':') ? user : `${user}:`;
    headers = [...headers, ['authorization', `Basic ${toBase64(bytes(named))}`]];
  }
  return { method: request.method, url: whole, headers: Object.fromEntries(headers), body: request.body };
}

/** `aws:amz:region:service`; where the last two are missing they are read from the host: `service.region.amazonaws.com`. */
function signed(
  environment: AwsEnvironment,
  { method, headers, body, target }: CurlRequest & { readonly target: string },
  { host }: CurlUrl,
  { user, provider }: { readonly user: string; readonly provider: string },
): CurlRequest['headers'] {
  const [, , region = host.split('.')[1] ?? '', service = host.split('.')[0] ?? ''] = provider.split(':');
  if (region === '' || service === '') {
    throw new CurlFault('curl: (3) aws-sigv4: region missing in parameters and hostname\n', 3);
  }
  const colon = user.indexOf(':');
  const lower = headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  const wire = signRequest(
    { method, target, headers: [['host', host], ...lower], body },
    {
      accessKeyId: user.slice(0, colon),
      secret: user.slice(colon + 1),
      region,
      service,
      protocol: service === 's3' ? 'restXml' : 'restJson1',
      now: environment.now(),
      keys: new SigningKeys(environment.hashes),
    },
  );
  return wire.headers.filter(([name]) => name !== 'host');
}
