/** The words after `curl`, read as curl reads them (curl's manual page). */

/** What a command line asks for. */
export interface CurlOptions {
  readonly urls: readonly string[];
  /** Options that are set or not, by their long names. */
  readonly flags: ReadonlySet<string>;
  /** The last value of each option that has one. */
  readonly values: ReadonlyMap<string, string>;
  /** Every value of those that may be repeated, in the order in which they came. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** `--data` and its kin, in their order. */
  readonly data: readonly { readonly option: string; readonly value: string }[];
}

/** A command line that curl does not understand, or cannot do. */
export class CurlFault extends Error {
  /** Of the exit codes in curl's manual page. */
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

const usage = (message: string): CurlFault =>
  new CurlFault(`${message}curl: try 'curl --help' or 'curl --manual' for more information\n`, 2);

type Kind = 'flag' | 'value' | 'list' | 'data';

/** By the long name: its letter, where it has one, and what it takes. */
const known: Readonly<Record<string, readonly [letter: string, kind: Kind]>> = {
  'aws-sigv4': ['', 'value'],
  compressed: ['', 'flag'],
  'connect-timeout': ['', 'value'],
  cookie: ['b', 'list'],
  data: ['d', 'data'],
  'data-ascii': ['', 'data'],
  'data-binary': ['', 'data'],
  'data-raw': ['', 'data'],
  'data-urlencode': ['', 'data'],
  'dump-header': ['D', 'value'],
  fail: ['f', 'flag'],
  'fail-with-body': ['', 'flag'],
  get: ['G', 'flag'],
  globoff: ['g', 'flag'],
  head: ['I', 'flag'],
  header: ['H', 'list'],
  'http1.1': ['', 'flag'],
  include: ['i', 'flag'],
  insecure: ['k', 'flag'],
  ipv4: ['4', 'flag'],
  ipv6: ['6', 'flag'],
  json: ['', 'data'],
  location: ['L', 'flag'],
  'max-redirs': ['', 'value'],
  'max-time': ['m', 'value'],
  'no-buffer': ['N', 'flag'],
  'no-progress-meter': ['', 'flag'],
  noproxy: ['', 'value'],
  output: ['o', 'list'],
  'path-as-is': ['', 'flag'],
  'progress-bar': ['#', 'flag'],
  referer: ['e', 'value'],
  'remote-name': ['O', 'flag'],
  request: ['X', 'value'],
  retry: ['', 'value'],
  'retry-delay': ['', 'value'],
  'show-error': ['S', 'flag'],
  silent: ['s', 'flag'],
  'upload-file': ['T', 'value'],
  url: ['', 'list'],
  user: ['u', 'value'],
  'user-agent': ['A', 'value'],
  verbose: ['v', 'flag'],
  version: ['V', 'flag'],
  'write-out': ['w', 'value'],
};

const byLetter: ReadonlyMap<string, string> = new Map(
  Object.entries(known).flatMap(([name, [letter]]) => (letter === '' ? [] : [[letter, name] as const])),
);

/** @throws CurlFault (2) for an option that it does not have, or whose value is missing */
export function readOptions(words: readonly string[]): CurlOptions {
  const reading = new Reading();
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (reading.isDone || !word.startsWith('-') || word === '-') reading.take('url', 'list', word);
    else if (word === '--') reading.isDone = true;
    else if (word.startsWith('--')) readLong(word, rest, reading);
    else readLetters(word, rest, reading);
  }
  return reading.options;
}

class Reading {
  isDone = false;
  readonly #flags = new Set<string>();
  readonly #values = new Map<string, string>();
  readonly #lists = new Map<string, string[]>();
  readonly #data: { readonly option: string; readonly value: string }[] = [];

  set(name: string): void {
    this.#flags.add(name);
  }

  unset(name: string): void {
    this.#flags.delete(name);
  }

  take(name: string, kind: Kind, value: string): void {
    if (kind === 'data') this.#data.push({ option: name, value });
    else if (kind === 'list') this.#lists.set(name, [...(this.#lists.get(name) ?? []), value]);
    else this.#values.set(name, value);
  }

  get options(): CurlOptions {
    return {
      urls: this.#lists.get('url') ?? [],
      flags: this.#flags,
      values: this.#values,
      lists: this.#lists,
      data: this.#data,
    };
  }
}

function readLong(word: string, rest: string[], reading: Reading): void {
  const name = word.slice(2);
  const off = name.startsWith('no-') && !Object.hasOwn(known, name) ? name.slice(3) : undefined;
  const [, kind] = (Object.hasOwn(known, off ?? name) ? known[off ?? name] : undefined) ?? [];
  if (kind === undefined || (off !== undefined && kind !== 'flag')) throw usage(`curl: option ${word}: is unknown\n`);
  if (off !== undefined) reading.unset(off);
  else if (kind === 'flag') reading.set(name);
  else reading.take(name, kind, valueAfter(word, rest));
}

function readLetters(word: string, rest: string[], reading: Reading): void {
  for (let at = 1; at < word.length; at += 1) {
    const name = byLetter.get(word.charAt(at));
    const [, kind] = (name === undefined ? undefined : known[name]) ?? [];
    if (name === undefined || kind === undefined) throw usage(`curl: option ${word}: is unknown\n`);
    if (kind === 'flag') {
      reading.set(name);
      continue;
    }
    reading.take(name, kind, word.slice(at + 1) || valueAfter(word, rest));
    return;
  }
}

function valueAfter(word: string, rest: string[]): string {
  const value = rest.shift();
  if (value === undefined) throw usage(`curl: option ${word}: requires parameter\n`);
  return value;
}
